"""Each time we reached out to a customer, whatever the channel: what the one cap counts."""

from django.db import models

from .consent import Channel, Purpose


class Approach(models.Model):
    """One reaching out; answers and acknowledgements are none."""

    customer = models.ForeignKey("records.Customer", models.CASCADE, related_name="approaches")
    channel = models.CharField(max_length=16, choices=Channel)
    purpose = models.CharField(max_length=16, choices=Purpose)
    by = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="approaches")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=("customer", "at")),)
        verbose_name_plural = "approaches"

    def __str__(self) -> str:
        return f"{self.customer_id} on {self.at:%Y-%m-%d}"
