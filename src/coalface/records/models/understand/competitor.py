"""Whom customers compare us with, and what they say of them of their own accord."""

from django.db import models


class Competitor(models.Model):
    """Known by its name and by what customers call it; somebody of us owns knowing it."""

    name = models.CharField(max_length=80, unique=True)
    called = models.JSONField(default=list, help_text="other names customers use")
    owner = models.ForeignKey(
        "records.Person", models.SET_NULL, null=True, blank=True, related_name="competitors"
    )
    added_by = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class CompetitorMention(models.Model):
    """Something said that names a competitor; one noted as such that names none has no competitor yet."""

    competitor = models.ForeignKey(
        "records.Competitor", models.CASCADE, null=True, blank=True, related_name="mentions"
    )
    remark = models.ForeignKey(
        "records.Remark", models.CASCADE, null=True, blank=True, related_name="competitor_mentions"
    )
    feedback = models.ForeignKey(
        "records.Feedback", models.CASCADE, null=True, blank=True, related_name="competitor_mentions"
    )
    clause = models.ForeignKey(
        "records.Clause", models.SET_NULL, null=True, blank=True, related_name="competitor_mentions"
    )
    settled_by = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    happened_at = models.DateTimeField()
    unit = models.ForeignKey("records.Unit", models.PROTECT, related_name="competitor_mentions")

    class Meta:
        ordering = ("-happened_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(remark=None, feedback__isnull=False)
                | models.Q(remark__isnull=False, feedback=None),
                name="a_competitor_mention_has_one_source",
            ),
            models.UniqueConstraint(
                fields=("competitor", "remark"),
                condition=models.Q(remark__isnull=False),
                name="a_remark_names_a_competitor_once",
            ),
            models.UniqueConstraint(
                fields=("competitor", "feedback"),
                condition=models.Q(feedback__isnull=False),
                name="feedback_names_a_competitor_once",
            ),
            models.UniqueConstraint(
                fields=("remark",), condition=models.Q(competitor=None), name="a_remark_names_none_once"
            ),
            models.UniqueConstraint(
                fields=("feedback",), condition=models.Q(competitor=None), name="feedback_names_none_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.remark_id or self.feedback_id} of {self.competitor_id}"
