"""What somebody with the say decides about a fix, by a date."""

from datetime import date

from django.db import models


class Decided(models.TextChoices):
    DO_IT = "do_it"
    NOT_YET = "not_yet"
    NO = "no"


class Decisions(models.QuerySet):
    def waiting(self) -> "Decisions":
        """Asked for and not taken."""
        return self.filter(decided_at=None)

    def overdue(self, today: date) -> "Decisions":
        """Waiting after the day it was to be taken."""
        return self.waiting().filter(decide_by__lt=today)


class Decision(models.Model):
    """Asked of one person; taken by them or, in a meeting, in front of all."""

    fix = models.ForeignKey("records.Fix", models.PROTECT, related_name="decisions")
    decider = models.ForeignKey("records.Person", models.PROTECT, related_name="decisions")
    decide_by = models.DateField()
    asked_by = models.ForeignKey("records.Person", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=8, choices=Decided, blank=True)
    reason = models.ForeignKey("records.Verbatim", models.PROTECT, null=True, blank=True, related_name="+")
    decided_by = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = Decisions.as_manager()

    class Meta:
        ordering = ("fix", "asked_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("fix",), condition=models.Q(decided_at=None), name="one_waiting_decision_on_a_fix"
            ),
            models.CheckConstraint(
                condition=models.Q(answer="", decided_at=None, decided_by=None)
                | (~models.Q(answer="") & models.Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="a_decision_is_taken_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(answer__in=("", "do_it")) | models.Q(reason__isnull=False),
                name="a_no_has_its_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.fix_id}: {self.answer or 'waiting'}"
