"""The words by which a remark or feedback finds its issue."""

from django.db import models


class Route(models.Model):
    """Phrases that point to an issue, and the labels other systems use for it."""

    issue = models.ForeignKey("records.Issue", models.CASCADE, related_name="routes")
    phrases = models.JSONField(default=list)
    unless = models.JSONField(default=list)
    topics = models.JSONField(default=list)
    changed_by = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("issue", "id")

    def __str__(self) -> str:
        return f"route to {self.issue_id}"
