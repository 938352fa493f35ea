"""A time and a place where somebody of us can meet customers."""

from django.db import models


class Slots(models.QuerySet):
    def open(self) -> "Slots":
        """Those that were not taken back."""
        return self.filter(cancelled_at=None)


class Slot(models.Model):
    """Offered by a unit; filled by the planner."""

    format = models.ForeignKey("records.Format", models.PROTECT, related_name="slots")
    unit = models.ForeignKey("records.Unit", models.PROTECT, related_name="slots")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    seats = models.PositiveSmallIntegerField(default=1, help_text="how many of us fit in")
    customers = models.PositiveSmallIntegerField(
        default=1, help_text="how many customers are asked by name for each seat; 0: whoever comes is met"
    )
    host = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")
    buddy = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")
    offered_by = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")
    offered_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = Slots.as_manager()

    class Meta:
        ordering = ("starts_at", "id")
        indexes = (models.Index(fields=("starts_at",)),)
        constraints = (
            models.CheckConstraint(condition=models.Q(seats__gte=1), name="a_slot_has_a_seat"),
            models.CheckConstraint(condition=models.Q(minutes__gte=1), name="a_slot_takes_time"),
        )

    def __str__(self) -> str:
        return f"{self.format_id} at {self.starts_at:%Y-%m-%d %H:%M}"
