"""What a customer bought, when, and for how much."""

from django.db import models


class Purchase(models.Model):
    """One order line or receipt as the source counts it; money in minor units."""

    customer = models.ForeignKey("records.Customer", models.PROTECT, related_name="purchases")
    source = models.CharField(max_length=40)
    source_id = models.CharField(max_length=120)
    on = models.DateField()
    amount = models.BigIntegerField(help_text="minor units")
    currency = models.CharField(max_length=3)
    quantity = models.PositiveIntegerField(default=1)
    product = models.CharField(max_length=120, blank=True)
    unit = models.ForeignKey("records.Unit", models.PROTECT, null=True, blank=True, related_name="purchases")
    run = models.ForeignKey("records.ImportRun", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("customer", "on", "id")
        constraints = (
            models.UniqueConstraint(fields=("source", "source_id"), name="a_purchase_counts_once"),
        )

    def __str__(self) -> str:
        return f"{self.customer_id} on {self.on}"
