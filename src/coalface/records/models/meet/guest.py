"""The customer who was there."""

from django.db import models


class Guest(models.Model):
    """A customer at an encounter, with their answer about us."""

    encounter = models.ForeignKey("records.Encounter", models.CASCADE, related_name="guests")
    customer = models.ForeignKey("records.Customer", models.PROTECT, related_name="visits")
    listened = models.BooleanField(null=True, blank=True, help_text="did they listen?")
    felt_like_a_sale = models.BooleanField(null=True, blank=True, help_text="did it feel like a sales pitch?")
    thanked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("encounter", "id")
        constraints = (models.UniqueConstraint(fields=("encounter", "customer"), name="a_guest_comes_once"),)

    def __str__(self) -> str:
        return f"{self.customer_id} at {self.encounter_id}"
