"""What reached us unasked or by survey: complaints, compliments, one-tap answers, scores."""

import uuid_utils.compat as uuid
from django.db import models

from ..meet.remark import Kind


class Received(models.QuerySet):
    def standing(self) -> "Received":
        """What whoever said it has not taken back: everything that is counted or listed."""
        return self.filter(withdrawn_at=None)


class Feedback(models.Model):
    """One message or tap of a customer, known or unknown; without words it still counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7)
    source = models.CharField(max_length=40, help_text="which system it came from")
    source_id = models.CharField(max_length=120, blank=True)
    channel = models.CharField(max_length=24)
    kind = models.CharField(max_length=16, choices=Kind)
    topic = models.CharField(
        max_length=120, blank=True, help_text="the source's own label, such as a tapped button"
    )
    verbatim = models.ForeignKey(
        "records.Verbatim", models.PROTECT, null=True, blank=True, related_name="feedback"
    )
    nps = models.PositiveSmallIntegerField(null=True, blank=True)
    csat = models.PositiveSmallIntegerField(null=True, blank=True)
    ces = models.PositiveSmallIntegerField(null=True, blank=True)
    unit = models.ForeignKey("records.Unit", models.PROTECT, related_name="feedback")
    touchpoint = models.ForeignKey(
        "records.Touchpoint", models.PROTECT, null=True, blank=True, related_name="feedback"
    )
    customer = models.ForeignKey(
        "records.Customer", models.PROTECT, null=True, blank=True, related_name="feedback"
    )
    reported_by = models.ForeignKey(
        "records.Person", models.PROTECT, null=True, blank=True, related_name="reported_feedback"
    )
    received_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(
        null=True, blank=True, help_text="by whoever said it; it counts no more"
    )
    run = models.ForeignKey(
        "records.ImportRun", models.PROTECT, null=True, blank=True, related_name="feedback"
    )

    objects = Received.as_manager()

    class Meta:
        ordering = ("-received_at", "-id")
        verbose_name_plural = "feedback"
        indexes = (
            models.Index(fields=("received_at", "id")),
            models.Index(fields=("customer", "received_at")),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("source", "source_id"), condition=~models.Q(source_id=""), name="taken_in_once"
            ),
            models.CheckConstraint(condition=models.Q(nps=None) | models.Q(nps__lte=10), name="nps_0_to_10"),
            models.CheckConstraint(
                condition=models.Q(csat=None) | models.Q(csat__range=(1, 5)), name="csat_1_to_5"
            ),
            models.CheckConstraint(
                condition=models.Q(ces=None) | models.Q(ces__range=(1, 7)), name="ces_1_to_7"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
