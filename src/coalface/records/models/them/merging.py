"""Two entries of the directory that are one customer – or were thought to be."""

from django.db import models


class Merging(models.Model):
    """`gone` points to `kept` while this holds; what moved is listed by id, so that it can move back."""

    kept = models.ForeignKey("records.Customer", models.PROTECT, related_name="mergings_into")
    gone = models.ForeignKey("records.Customer", models.PROTECT, related_name="mergings_away")
    moved = models.JSONField(default=dict, help_text="ids of the rows that moved, by table; never words")
    by = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    undone_by = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("gone",), condition=models.Q(undone_at=None), name="merged_into_one_only"
            ),
            models.CheckConstraint(
                condition=~models.Q(kept=models.F("gone")), name="nobody_merges_with_themselves"
            ),
        )

    def __str__(self) -> str:
        return f"{self.gone_id} into {self.kept_id}"
