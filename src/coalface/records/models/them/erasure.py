"""A wish to be forgotten, and what became of it."""

from django.db import models


class Erasure(models.Model):
    """Asked for by a customer or on their behalf; afterwards only ids, times and counts remain."""

    customer = models.ForeignKey(
        "records.Customer", models.PROTECT, null=True, blank=True, related_name="erasures"
    )
    receipt = models.ForeignKey(
        "records.Receipt", models.PROTECT, null=True, blank=True, related_name="erasures"
    )
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(help_text="the last day for answering")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")
    refused_at = models.DateTimeField(null=True, blank=True)
    refusal = models.SlugField(blank=True, help_text="a code: why it could not be done, such as legal_claim")
    reached = models.JSONField(default=dict, help_text="how many rows of each table were emptied")

    class Meta:
        ordering = ("due_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(customer=None) ^ models.Q(receipt=None), name="an_erasure_is_about_one"
            ),
        )

    def __str__(self) -> str:
        return f"erasure asked on {self.asked_at:%Y-%m-%d}"
