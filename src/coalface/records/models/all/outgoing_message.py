"""What leaves the house: written in the transaction that caused it, sent by the worker."""

from django.db import models

STOPPED = "stopped"  # by its receiver, between being written and being sent


class Messages(models.QuerySet):
    def due(self, now) -> "Messages":
        """Waiting to be sent."""
        return self.filter(sent_at=None, gave_up_at=None, due_at__lte=now)

    def failed(self) -> "Messages":
        """Given up after the last try; what its receiver stopped is no failure."""
        return self.filter(sent_at=None, gave_up_at__isnull=False).exclude(error=STOPPED)


class OutgoingMessage(models.Model):
    """A template and ids, rendered when sent: erased words cannot leave. The key makes a resend harmless."""

    key = models.CharField(max_length=120, unique=True)
    template = models.CharField(max_length=60)
    person = models.ForeignKey(
        "records.Person", models.CASCADE, null=True, blank=True, related_name="messages"
    )
    customer = models.ForeignKey(
        "records.Customer", models.CASCADE, null=True, blank=True, related_name="messages"
    )
    receipt = models.ForeignKey(
        "records.Receipt",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="outgoing",
        help_text="of a customer nobody knows by name, who left an address for the answer",
    )
    about = models.JSONField(default=dict, help_text="ids the template needs")
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    gave_up_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True)

    objects = Messages.as_manager()

    class Meta:
        ordering = ("due_at", "id")
        indexes = (
            models.Index(
                fields=("due_at", "id"),
                condition=models.Q(sent_at=None, gave_up_at=None),
                name="messages_waiting",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, customer=None, receipt=None)
                | models.Q(person=None, customer__isnull=False, receipt=None)
                | models.Q(person=None, customer=None, receipt__isnull=False),
                name="a_message_has_one_receiver",
            ),
        )

    def __str__(self) -> str:
        return self.key
