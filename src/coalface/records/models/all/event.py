"""The append-only history: what happened, about what, by whom."""

from django.db import models


class Event(models.Model):
    """Written by `note()` beside the change it tells of; the payload holds ids, never words."""

    kind = models.CharField(max_length=40)
    about_type = models.CharField(max_length=40)
    about_id = models.CharField(max_length=40)
    by = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="events")
    at = models.DateTimeField()
    payload = models.JSONField(default=dict)
    relayed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = (
            models.Index(fields=("id",), condition=models.Q(relayed_at=None), name="events_not_relayed"),
            models.Index(fields=("about_type", "about_id", "id")),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.about_id}"
