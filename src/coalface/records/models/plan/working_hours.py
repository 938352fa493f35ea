"""When a place is open and when a person works, and when they cannot."""

from django.db import models


class WorkingHours(models.Model):
    """Of a unit, or of a person who works at other hours than theirs (part-timers); no row: not that day."""

    unit = models.ForeignKey(
        "records.Unit", models.CASCADE, null=True, blank=True, related_name="working_hours"
    )
    person = models.ForeignKey(
        "records.Person", models.CASCADE, null=True, blank=True, related_name="working_hours"
    )
    weekday = models.PositiveSmallIntegerField(help_text="0 is Monday")
    from_time = models.TimeField()
    until_time = models.TimeField()

    class Meta:
        ordering = ("unit", "person", "weekday", "from_time")
        verbose_name_plural = "working hours"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(unit=None, person__isnull=False)
                | models.Q(unit__isnull=False, person=None),
                name="hours_of_a_place_or_a_person",
            ),
            models.CheckConstraint(
                condition=models.Q(until_time__gt=models.F("from_time")), name="hours_end_after_they_start"
            ),
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="a_week_has_seven_days"),
        )

    def __str__(self) -> str:
        return f"{self.weekday} {self.from_time}–{self.until_time}"


class Unavailability(models.Model):
    """A time at which somebody cannot; only when, never why."""

    person = models.ForeignKey("records.Person", models.CASCADE, related_name="unavailabilities")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    calendar = models.ForeignKey(
        "records.Calendar",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="busy",
        help_text="where it was read; none: the person said so",
    )

    class Meta:
        ordering = ("starts_at", "id")
        indexes = (models.Index(fields=("person", "starts_at")),)
        verbose_name_plural = "unavailabilities"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="an_absence_ends_after_it_starts"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.starts_at:%Y-%m-%d %H:%M}"
