"""What one of us promised a customer, and by when."""

from django.db import models


class PromiseToCustomer(models.Model):
    """Kept or broken is said by a person; a date that passed is only overdue."""

    encounter = models.ForeignKey("records.Encounter", models.PROTECT, related_name="promises")
    customer = models.ForeignKey("records.Customer", models.PROTECT, related_name="promises")
    words = models.ForeignKey("records.Verbatim", models.PROTECT, related_name="+")
    by = models.ForeignKey("records.Person", models.PROTECT, related_name="promises")
    made_at = models.DateTimeField()
    due_on = models.DateField()
    kept = models.BooleanField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("due_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kept=None, settled_at=None)
                | models.Q(kept__isnull=False, settled_at__isnull=False),
                name="a_settled_promise_has_its_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.by_id} to {self.customer_id} by {self.due_on}"
