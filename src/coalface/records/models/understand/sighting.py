"""How one of us came to know of something said: the raw material of awareness."""

from django.db import models

from ..plan.format import Depth


class Sighting(models.Model):
    """A person and what they saw; issues are reached through mentions, so re-sorting rewrites nothing."""

    person = models.ForeignKey("records.Person", models.CASCADE, related_name="sightings")
    remark = models.ForeignKey(
        "records.Remark", models.CASCADE, null=True, blank=True, related_name="sightings"
    )
    feedback = models.ForeignKey(
        "records.Feedback", models.CASCADE, null=True, blank=True, related_name="sightings"
    )
    depth = models.CharField(max_length=16, choices=Depth)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=("person", "at")),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(remark=None, feedback__isnull=False)
                | models.Q(remark__isnull=False, feedback=None),
                name="a_sighting_has_one_source",
            ),
            models.UniqueConstraint(
                fields=("person", "remark"),
                condition=models.Q(remark__isnull=False),
                name="a_remark_seen_once",
            ),
            models.UniqueConstraint(
                fields=("person", "feedback"),
                condition=models.Q(feedback__isnull=False),
                name="feedback_seen_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} by {self.depth}"
