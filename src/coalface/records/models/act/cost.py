"""What an encounter or a fix cost us."""

from django.db import models


class Cost(models.Model):
    """Hours and money beyond the time of those who attended, as somebody put it down."""

    encounter = models.ForeignKey(
        "records.Encounter", models.PROTECT, null=True, blank=True, related_name="costs"
    )
    fix = models.ForeignKey("records.Fix", models.PROTECT, null=True, blank=True, related_name="costs")
    hours = models.FloatField(default=0)
    amount = models.PositiveBigIntegerField(default=0, help_text="minor units of the currency")
    currency = models.CharField(max_length=3, blank=True)
    put_down_by = models.ForeignKey("records.Person", models.PROTECT, related_name="+")
    put_down_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("put_down_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(encounter=None, fix__isnull=False)
                | models.Q(encounter__isnull=False, fix=None),
                name="a_cost_of_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(hours__gte=0) & (models.Q(hours__gt=0) | models.Q(amount__gt=0)),
                name="a_cost_is_something",
            ),
            models.CheckConstraint(
                condition=models.Q(amount=0) | ~models.Q(currency=""), name="a_cost_names_its_currency"
            ),
        )

    def __str__(self) -> str:
        return f"{self.hours} h, {self.amount} {self.currency}"
