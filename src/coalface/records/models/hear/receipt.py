"""What a customer without an account holds in their hand: a number and a secret."""

from django.db import models


class Receipt(models.Model):
    """Opens what they said, and nothing else; the secret is kept as its hash."""

    number = models.CharField(max_length=16, unique=True)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the secret, salted with the number")
    feedback = models.OneToOneField("records.Feedback", models.PROTECT, related_name="receipt")
    place = models.ForeignKey(
        "records.SayPlace", models.PROTECT, null=True, blank=True, related_name="receipts"
    )
    language = models.CharField(max_length=8)
    email = models.EmailField(max_length=254, blank=True, help_text="only for an answer")
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-given_at", "-id")

    def __str__(self) -> str:
        return self.number


class Message(models.Model):
    """What was said after the first words: more from the customer, or an answer of ours."""

    feedback = models.ForeignKey("records.Feedback", models.PROTECT, related_name="messages")
    verbatim = models.ForeignKey("records.Verbatim", models.PROTECT, related_name="messages")
    by = models.ForeignKey(
        "records.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="empty where it is the customer",
    )
    at = models.DateTimeField()
    sent_as = models.UUIDField(
        null=True, blank=True, unique=True, help_text="chosen by the form, so that pressing twice sends once"
    )

    class Meta:
        ordering = ("feedback", "at", "id")

    def __str__(self) -> str:
        return f"{self.feedback_id} at {self.at:%Y-%m-%d}"
