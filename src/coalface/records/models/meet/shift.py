"""A hands-on shift: doing the job, prepared so that it harms nobody."""

from django.db import models


class Shift(models.Model):
    """Buddy, safe tasks and induction come first; at peak only if the host agreed."""

    encounter = models.OneToOneField("records.Encounter", models.CASCADE, related_name="shift")
    buddy = models.ForeignKey("records.Person", models.PROTECT, related_name="+")
    tasks = models.TextField(help_text="safe ones, one a line")
    at_peak = models.BooleanField(default=False)
    host = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")
    host_agreed_at = models.DateTimeField(null=True, blank=True)
    inducted_at = models.DateTimeField(null=True, blank=True)
    did = models.ForeignKey(
        "records.Verbatim",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="what the guest worker did",
    )

    class Meta:
        ordering = ("encounter",)

    def __str__(self) -> str:
        return f"shift {self.encounter_id}"
