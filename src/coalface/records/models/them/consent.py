"""What a customer agreed to, in which words, and when they took it back."""

from django.db import models


class Channel(models.TextChoices):
    EMAIL = "email"
    PHONE = "phone"
    LETTER = "letter"
    IN_PERSON = "in_person"


class Purpose(models.TextChoices):
    CONVERSATION = "conversation"
    SURVEY = "survey"
    TELLING = "telling"
    RECORDING = "recording"


class Consent(models.Model):
    """A customer's yes to one channel for one purpose."""

    customer = models.ForeignKey("records.Customer", models.CASCADE, related_name="consents")
    channel = models.CharField(max_length=16, choices=Channel)
    purpose = models.CharField(max_length=16, choices=Purpose)
    wording = models.CharField(max_length=32, help_text="which version of the text they were shown")
    how = models.CharField(max_length=64, blank=True, help_text="where the yes was given, such as a form")
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("customer", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("customer", "channel", "purpose"),
                condition=models.Q(withdrawn_at=None),
                name="one_open_consent",
            ),
        )

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.channel} for {self.purpose}"
