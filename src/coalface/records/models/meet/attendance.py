"""Who of us took part in an encounter, and how deep."""

from django.db import models

from ..plan.format import Depth


class Attendance(models.Model):
    """One of us at an encounter."""

    encounter = models.ForeignKey("records.Encounter", models.CASCADE, related_name="attendances")
    person = models.ForeignKey("records.Person", models.PROTECT, related_name="attendances")
    depth = models.CharField(max_length=16, choices=Depth)
    minutes = models.PositiveSmallIntegerField()
    table = models.PositiveSmallIntegerField(null=True, blank=True, help_text="at an event")

    class Meta:
        ordering = ("encounter", "id")
        constraints = (models.UniqueConstraint(fields=("encounter", "person"), name="a_person_attends_once"),)

    def __str__(self) -> str:
        return f"{self.person_id} at {self.encounter_id}"
