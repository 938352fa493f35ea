"""After an incognito visit: who it was, and what the team was told."""

from django.db import models


class Disclosure(models.Model):
    """The visit is finished only once it was disclosed and talked over."""

    encounter = models.OneToOneField("records.Encounter", models.CASCADE, related_name="disclosure")
    disclosed_by = models.ForeignKey("records.Person", models.PROTECT, related_name="+")
    disclosed_at = models.DateTimeField()
    debrief = models.ForeignKey("records.Verbatim", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("disclosed_at", "id")

    def __str__(self) -> str:
        return f"{self.encounter_id} disclosed {self.disclosed_at:%Y-%m-%d}"
