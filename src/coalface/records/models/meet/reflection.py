"""What somebody will do differently after an encounter."""

from django.db import models


class Reflection(models.Model):
    """Private to who wrote it, unless they share it."""

    encounter = models.ForeignKey("records.Encounter", models.CASCADE, related_name="reflections")
    person = models.ForeignKey("records.Person", models.PROTECT, related_name="reflections")
    words = models.ForeignKey("records.Verbatim", models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("encounter", "id")
        constraints = (models.UniqueConstraint(fields=("encounter", "person"), name="one_reflection_each"),)

    def __str__(self) -> str:
        return f"{self.person_id} after {self.encounter_id}"
