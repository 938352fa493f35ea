"""How much could have gone wrong: orders, visits or contacts of a unit in a period."""

from django.db import models


class Exposure(models.Model):
    """The denominator of a rate; `until_on` is not part of the period."""

    unit = models.ForeignKey("records.Unit", models.PROTECT, related_name="exposures")
    measure = models.SlugField(help_text="what was counted, such as contacts or orders")
    from_on = models.DateField()
    until_on = models.DateField()
    quantity = models.PositiveBigIntegerField()
    source = models.CharField(max_length=80)
    run = models.ForeignKey("records.ImportRun", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("measure", "unit", "from_on", "id")
        constraints = (
            models.UniqueConstraint(fields=("unit", "measure", "from_on"), name="one_exposure_per_period"),
            models.CheckConstraint(
                condition=models.Q(until_on__gt=models.F("from_on")), name="an_exposure_has_days"
            ),
        )

    def __str__(self) -> str:
        return f"{self.quantity} {self.measure} of {self.unit_id} from {self.from_on}"
