"""Whom a focus group is to be recruited from."""

from django.db import models


class RecruitmentQuota(models.Model):
    """So many guests of one segment."""

    encounter = models.ForeignKey("records.Encounter", models.CASCADE, related_name="quotas")
    segment = models.CharField(max_length=64)
    wanted = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("encounter", "segment")
        constraints = (
            models.UniqueConstraint(fields=("encounter", "segment"), name="one_quota_per_segment"),
            models.CheckConstraint(condition=models.Q(wanted__gte=1), name="a_quota_wants_somebody"),
        )

    def __str__(self) -> str:
        return f"{self.wanted} of {self.segment}"
