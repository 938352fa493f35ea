"""A yardstick changed after it was registered, for everybody to see."""

from django.db import models


class Amendment(models.Model):
    """What it was and what it became, why, and by whom; the plan's hash before and after."""

    plan = models.ForeignKey("records.EvaluationPlan", models.CASCADE, related_name="amendments")
    reason = models.CharField(max_length=300)
    before = models.JSONField(help_text="the changed fields only; ids, dates and numbers")
    after = models.JSONField()
    digest_before = models.CharField(max_length=64)
    digest_after = models.CharField(max_length=64)
    by = models.ForeignKey("records.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("plan", "at", "id")
        constraints = (models.CheckConstraint(condition=~models.Q(reason=""), name="an_amendment_says_why"),)

    def __str__(self) -> str:
        return f"{self.plan_id} at {self.at}"
