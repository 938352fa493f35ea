"""Figures of groups as they stood on a day, computed in a task and read by pages."""

from django.db import models


class Snapshot(models.Model):
    """Numbers and codes only; what k hides was hidden before this row was written."""

    kind = models.SlugField()
    unit = models.ForeignKey("records.Unit", models.CASCADE, related_name="snapshots")
    as_of = models.DateField()
    figures = models.JSONField()
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ("kind", "unit", "-as_of")
        constraints = (models.UniqueConstraint(fields=("kind", "unit", "as_of"), name="one_snapshot_a_day"),)

    def __str__(self) -> str:
        return f"{self.kind} on {self.as_of}"
