"""Figures that other systems keep: one of the five sources beside what customers say."""

from django.db import models


class Indicator(models.Model):
    """A series such as “first-call resolution”; the unit of measurement is part of it."""

    key = models.SlugField(max_length=64, unique=True)
    name = models.CharField(max_length=120)
    measured_in = models.CharField(max_length=24, blank=True, help_text="such as %, minutes, CHF")
    more_is_better = models.BooleanField(null=True, blank=True, help_text="empty where nobody has said")

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class IndicatorValue(models.Model):
    """The figure of a unit for a period; `until_on` is not part of the period."""

    indicator = models.ForeignKey("records.Indicator", models.PROTECT, related_name="figures")
    unit = models.ForeignKey("records.Unit", models.PROTECT, related_name="indicator_values")
    from_on = models.DateField()
    until_on = models.DateField()
    value = models.FloatField()
    n = models.PositiveIntegerField(null=True, blank=True, help_text="how many cases it rests on")
    run = models.ForeignKey("records.ImportRun", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("indicator", "unit", "from_on", "id")
        constraints = (
            models.UniqueConstraint(fields=("indicator", "unit", "from_on"), name="one_figure_per_period"),
            models.CheckConstraint(
                condition=models.Q(until_on__gt=models.F("from_on")), name="a_figure_has_days"
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator_id} of {self.unit_id} from {self.from_on}"
