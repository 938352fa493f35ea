"""A customer who went, and why, as far as anybody knows."""

from django.db import models


class ReasonBasis(models.TextChoices):
    SAID = "said"
    INFERRED = "inferred"
    SYSTEM = "system"


class Departure(models.Model):
    """One leaving of one customer; the reasons are codes of the organisation's own list."""

    customer = models.ForeignKey("records.Customer", models.PROTECT, related_name="departures")
    source = models.CharField(max_length=40)
    source_id = models.CharField(max_length=120)
    left_on = models.DateField()
    reason = models.CharField(max_length=64, blank=True, help_text="the primary one")
    contributing = models.JSONField(default=list, help_text="further reasons")
    basis = models.CharField(max_length=16, choices=ReasonBasis, blank=True)
    words = models.ForeignKey("records.Verbatim", models.PROTECT, null=True, blank=True, related_name="+")
    run = models.ForeignKey("records.ImportRun", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("customer", "left_on", "id")
        constraints = (
            models.UniqueConstraint(fields=("source", "source_id"), name="a_departure_counts_once"),
        )

    def __str__(self) -> str:
        return f"{self.customer_id} left on {self.left_on}"
