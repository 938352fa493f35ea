"""Giving a fix to somebody else; it stays the giver's until the other says yes."""

from datetime import datetime

from django.db import models


class FixOffers(models.QuerySet):
    def waiting(self) -> "FixOffers":
        """Not answered, and not taken back."""
        return self.filter(answered_at=None)

    def overdue(self, now: datetime) -> "FixOffers":
        """Waiting after the day an answer was due."""
        return self.waiting().filter(answer_due_at__lt=now)


class FixOffer(models.Model):
    """Accepted, returned with a reason, or run out of time, which is no `answered_by`."""

    fix = models.ForeignKey("records.Fix", models.PROTECT, related_name="offers")
    giver = models.ForeignKey("records.Person", models.PROTECT, related_name="fixes_given")
    receiver = models.ForeignKey("records.Person", models.PROTECT, related_name="fixes_offered")
    offered_at = models.DateTimeField()
    answer_due_at = models.DateTimeField()
    accepted = models.BooleanField(default=False)
    answered_by = models.ForeignKey(
        "records.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="empty: time ran out",
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.ForeignKey(
        "records.Verbatim",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="why it was returned",
    )

    objects = FixOffers.as_manager()

    class Meta:
        ordering = ("fix", "offered_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("fix",), condition=models.Q(answered_at=None), name="one_waiting_offer_of_a_fix"
            ),
            models.CheckConstraint(
                condition=~models.Q(giver=models.F("receiver")), name="a_fix_is_given_to_somebody_else"
            ),
            models.CheckConstraint(
                condition=models.Q(accepted=False)
                | models.Q(answered_by__isnull=False, answered_at__isnull=False),
                name="a_fix_is_accepted_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.fix_id} to {self.receiver_id}"
