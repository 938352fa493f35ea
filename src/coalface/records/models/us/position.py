"""What somebody was, where and when: figures use the position of that day."""

from datetime import date

from django.db import models


class Level(models.TextChoices):
    FRONT_LINE = "front_line"
    SUPERVISOR = "supervisor"
    MIDDLE = "middle"
    TOP = "top"


class Positions(models.QuerySet):
    def held(self, on: date) -> "Positions":
        """Those held on that day."""
        return self.filter(starts_on__lte=on).filter(models.Q(ends_on=None) | models.Q(ends_on__gt=on))


class Position(models.Model):
    """A person in a unit, from a day until (not including) another; a small shop leaves the level empty."""

    person = models.ForeignKey("records.Person", models.PROTECT, related_name="positions")
    unit = models.ForeignKey("records.Unit", models.PROTECT, related_name="positions")
    manager = models.ForeignKey(
        "records.Person", models.PROTECT, null=True, blank=True, related_name="reports"
    )
    level = models.CharField(max_length=16, choices=Level, blank=True)
    job = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = Positions.as_manager()

    class Meta:
        ordering = ("person", "starts_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gt=models.F("starts_on")),
                name="a_position_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=("person",), condition=models.Q(ends_on=None), name="one_current_position"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} in {self.unit_id} from {self.starts_on}"
