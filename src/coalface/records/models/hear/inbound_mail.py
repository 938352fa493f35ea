"""A mail that came in, and what was made of it."""

from django.db import models


class InboundMail(models.Model):
    """Each Message-ID is read once; a refused one is shown with its reason, its words are not kept."""

    message_id = models.CharField(max_length=255, unique=True)
    received_at = models.DateTimeField()
    person = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")
    encounter = models.ForeignKey(
        "records.Encounter", models.PROTECT, null=True, blank=True, related_name="inbound_mails"
    )
    remarks = models.PositiveSmallIntegerField(default=0, help_text="how many came of it")
    refusal = models.CharField(max_length=24, blank=True, help_text="a code: why nothing came of it")

    class Meta:
        ordering = ("-received_at", "-id")

    def __str__(self) -> str:
        return self.message_id
