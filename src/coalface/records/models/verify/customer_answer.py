"""Asking who raised it: is it better now?"""

import uuid_utils.compat as uuid
from django.db import models


class CustomerAnswer(models.Model):
    """A question to one customer about one fix, and their later yes or no."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    fix = models.ForeignKey("records.Fix", models.PROTECT, related_name="customer_answers")
    customer = models.ForeignKey("records.Customer", models.CASCADE, related_name="answers")
    asked_at = models.DateTimeField()
    better = models.BooleanField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("fix", "asked_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("fix", "customer"), name="a_customer_is_asked_once"),
            models.CheckConstraint(
                condition=models.Q(better=None, answered_at=None)
                | models.Q(better__isnull=False, answered_at__isnull=False),
                name="an_answer_has_its_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.customer_id} on {self.fix_id}"
