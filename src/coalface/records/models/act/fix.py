"""What we change because customers asked."""

from datetime import datetime

from django.db import models
from django.utils import timezone


class Lane(models.TextChoices):
    THIS_WEEK = "this_week"
    NEEDS_A_DECISION = "needs_a_decision"
    OPPORTUNITY = "opportunity"


class Fixes(models.QuerySet):
    def open(self) -> "Fixes":
        """Neither shipped nor declined."""
        return self.filter(shipped_at=None, declined_at=None)

    def overdue(self, now: datetime) -> "Fixes":
        """Open after the day they were due."""
        return self.open().filter(due_on__lt=timezone.localdate(now))


class Fix(models.Model):
    """A change for one issue, everywhere or in one unit, with an owner and a date."""

    issue = models.ForeignKey("records.Issue", models.PROTECT, related_name="fixes")
    unit = models.ForeignKey("records.Unit", models.PROTECT, null=True, blank=True, related_name="fixes")
    title = models.CharField(max_length=160)
    lane = models.CharField(max_length=24, choices=Lane)
    owner = models.ForeignKey("records.Person", models.PROTECT, related_name="fixes")
    due_on = models.DateField()
    opened_by = models.ForeignKey("records.Person", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    shipped_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    decline_reason = models.ForeignKey(
        "records.Verbatim", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = Fixes.as_manager()

    class Meta:
        ordering = ("due_on", "id")
        verbose_name_plural = "fixes"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(shipped_at=None) | models.Q(declined_at=None), name="shipped_or_declined"
            ),
            models.CheckConstraint(
                condition=models.Q(shipped_at=None) | models.Q(accepted_at__isnull=False),
                name="shipped_after_being_accepted",
            ),
            models.CheckConstraint(
                condition=models.Q(declined_at=None) | models.Q(decline_reason__isnull=False),
                name="a_fix_is_declined_with_a_reason",
            ),
        )

    def __str__(self) -> str:
        return self.title
