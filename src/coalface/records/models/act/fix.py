"""What we change because customers asked."""

from datetime import datetime

from django.db import models
from django.utils import timezone

from ..understand.issue import IssueKind

LEAST, MOST = 1, 5


class Lane(models.TextChoices):
    THIS_WEEK = "this_week"
    NEEDS_A_DECISION = "needs_a_decision"
    OPPORTUNITY = "opportunity"


class Fixes(models.QuerySet):
    def open(self) -> "Fixes":
        """Neither shipped nor declined, nor part of another."""
        return self.filter(shipped_at=None, declined_at=None, merged_into=None)

    def overdue(self, now: datetime) -> "Fixes":
        """Open after the day they were due."""
        return self.open().filter(due_on__lt=timezone.localdate(now))


class Fix(models.Model):
    """A change for one issue, everywhere or in one unit, with an owner and a date."""

    issue = models.ForeignKey("records.Issue", models.PROTECT, related_name="fixes")
    unit = models.ForeignKey("records.Unit", models.PROTECT, null=True, blank=True, related_name="fixes")
    title = models.CharField(max_length=160)
    lane = models.CharField(max_length=24, choices=Lane)
    kind = models.CharField(max_length=16, choices=IssueKind, blank=True, help_text="blank: as its issue")
    worth = models.PositiveSmallIntegerField(null=True, blank=True, help_text="1 to 5, much to customers")
    effort = models.PositiveSmallIntegerField(null=True, blank=True, help_text="1 to 5, much work for us")
    needs = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="needed_by", help_text="what has to ship before"
    )
    follows = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by", help_text="tried before"
    )
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
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
            models.CheckConstraint(
                condition=models.Q(worth=None) | models.Q(worth__gte=LEAST, worth__lte=MOST),
                name="worth_is_one_to_five",
            ),
            models.CheckConstraint(
                condition=models.Q(effort=None) | models.Q(effort__gte=LEAST, effort__lte=MOST),
                name="effort_is_one_to_five",
            ),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("id")), name="a_fix_is_no_part_of_itself"
            ),
        )

    def __str__(self) -> str:
        return self.title
