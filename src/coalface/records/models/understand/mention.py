"""The join between what was said and an issue: every count of an issue counts these rows."""

from django.db import models


class SortedBy(models.TextChoices):
    ROUTE = "route"
    MODEL = "model"
    PERSON = "person"


class Mentions(models.QuerySet):
    def counted(self) -> "Mentions":
        """Sure enough, or confirmed by a person."""
        return self.filter(counted=True)

    def unsure(self) -> "Mentions":
        """Waiting for a person: no issue found, or not sure which."""
        return self.filter(counted=False, settled_at=None)


class Mention(models.Model):
    """One remark or feedback speaking of one issue; without an issue it lies on the pile of the unsure.

    `happened_at` and `unit` are copied from what was said, so that counting needs no joins.
    """

    issue = models.ForeignKey("records.Issue", models.PROTECT, null=True, blank=True, related_name="mentions")
    remark = models.ForeignKey(
        "records.Remark", models.CASCADE, null=True, blank=True, related_name="mentions"
    )
    feedback = models.ForeignKey(
        "records.Feedback", models.CASCADE, null=True, blank=True, related_name="mentions"
    )
    clause = models.ForeignKey(
        "records.Clause", models.SET_NULL, null=True, blank=True, related_name="mentions"
    )
    sorted_by = models.CharField(max_length=8, choices=SortedBy)
    confidence = models.FloatField()
    suggested = models.ForeignKey(
        "records.Issue",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="what sorting by itself thought, kept when a person decides",
    )
    suggested_by = models.CharField(max_length=8, choices=SortedBy, null=True, blank=True)
    suggested_confidence = models.FloatField(null=True, blank=True)
    runners_up = models.JSONField(null=True, blank=True, help_text="[issue, confidence], the likeliest first")
    counted = models.BooleanField()
    settled_by = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    happened_at = models.DateTimeField()
    unit = models.ForeignKey("records.Unit", models.PROTECT, related_name="mentions")

    objects = Mentions.as_manager()

    class Meta:
        ordering = ("-happened_at", "-id")
        indexes = (
            models.Index(
                fields=("issue", "happened_at"), condition=models.Q(counted=True), name="counted_mentions"
            ),
            models.Index(
                fields=("happened_at",),
                condition=models.Q(counted=False, settled_at=None),
                name="unsure_mentions",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(remark=None, feedback__isnull=False)
                | models.Q(remark__isnull=False, feedback=None),
                name="a_mention_has_one_source",
            ),
            models.CheckConstraint(
                condition=models.Q(counted=False) | models.Q(issue__isnull=False), name="counted_for_an_issue"
            ),
            models.CheckConstraint(
                condition=models.Q(confidence__gte=0, confidence__lte=1), name="confidence_0_to_1"
            ),
            models.UniqueConstraint(
                fields=("remark", "issue"),
                condition=models.Q(remark__isnull=False),
                name="a_remark_mentions_once",
            ),
            models.UniqueConstraint(
                fields=("feedback", "issue"),
                condition=models.Q(feedback__isnull=False),
                name="feedback_mentions_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.remark_id or self.feedback_id} of {self.issue_id}"
