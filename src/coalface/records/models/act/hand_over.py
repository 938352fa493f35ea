"""Passing a point to somebody who can change it; it stays the giver's until the other says yes."""

from datetime import datetime

from django.db import models


class HandOvers(models.QuerySet):
    def waiting(self) -> "HandOvers":
        """Offered and not yet answered."""
        return self.filter(answer=None, disposition__ended_at=None)

    def overdue(self, now: datetime) -> "HandOvers":
        """Waiting after the day an answer was due."""
        return self.waiting().filter(answer_due_at__lt=now)


class HandOver(models.Model):
    """An offer to take over a remark."""

    disposition = models.OneToOneField("records.Disposition", models.CASCADE, related_name="hand_over")
    giver = models.ForeignKey("records.Person", models.PROTECT, related_name="hand_overs_given")
    receiver = models.ForeignKey("records.Person", models.PROTECT, related_name="hand_overs_received")
    offered_at = models.DateTimeField()
    answer_due_at = models.DateTimeField()

    objects = HandOvers.as_manager()

    class Meta:
        ordering = ("offered_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(giver=models.F("receiver")), name="handed_over_to_somebody_else"
            ),
        )

    def __str__(self) -> str:
        return f"{self.giver_id} to {self.receiver_id}"


class HandOverAnswer(models.Model):
    """Accepted or returned, once: the row's uniqueness settles two people answering at the same time."""

    hand_over = models.OneToOneField("records.HandOver", models.CASCADE, related_name="answer")
    accepted = models.BooleanField()
    by = models.ForeignKey(
        "records.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="empty: time ran out",
    )
    at = models.DateTimeField()
    reason = models.ForeignKey(
        "records.Verbatim",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="why it was returned, if they said",
    )

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(accepted=False) | models.Q(by__isnull=False), name="accepted_by_somebody"
            ),
        )

    def __str__(self) -> str:
        return f"{self.hand_over_id}: {'accepted' if self.accepted else 'returned'}"
