"""What a reaction still owes to an event."""

from django.db import models


class Consequences(models.QuerySet):
    def due(self, now) -> "Consequences":
        """Waiting, and their time has come."""
        return self.filter(done_at=None, gave_up_at=None, due_at__lte=now)

    def failed(self) -> "Consequences":
        """Given up after the last try; a person reads them and tries again."""
        return self.filter(done_at=None, gave_up_at__isnull=False)


class Consequence(models.Model):
    """Carried out once, in a transaction of its own, with tries and back-off."""

    event = models.ForeignKey("records.Event", models.CASCADE, related_name="consequences")
    reaction = models.CharField(max_length=80)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    gave_up_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True, help_text="kind of error, no words of anybody")

    objects = Consequences.as_manager()

    class Meta:
        ordering = ("event", "id")
        indexes = (
            models.Index(
                fields=("due_at", "id"),
                condition=models.Q(done_at=None, gave_up_at=None),
                name="consequences_waiting",
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=("event", "reaction"), name="a_reaction_once_per_event"),
        )

    def __str__(self) -> str:
        return f"{self.reaction} of {self.event_id}"
