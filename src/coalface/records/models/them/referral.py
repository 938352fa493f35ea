"""A customer who brought another one."""

from django.db import models


class Referral(models.Model):
    """Who came through whom; the newcomer may not be in the directory yet."""

    by_customer = models.ForeignKey("records.Customer", models.PROTECT, related_name="referrals_made")
    newcomer = models.ForeignKey(
        "records.Customer", models.PROTECT, null=True, blank=True, related_name="referrals_from"
    )
    source = models.CharField(max_length=40)
    source_id = models.CharField(max_length=120)
    on = models.DateField()
    run = models.ForeignKey("records.ImportRun", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("by_customer", "on", "id")
        constraints = (
            models.UniqueConstraint(fields=("source", "source_id"), name="a_referral_counts_once"),
            models.CheckConstraint(
                condition=models.Q(newcomer=None) | ~models.Q(newcomer=models.F("by_customer")),
                name="nobody_refers_themselves",
            ),
        )

    def __str__(self) -> str:
        return f"{self.by_customer_id} on {self.on}"
