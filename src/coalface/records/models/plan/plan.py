"""A stretch of weeks planned at once, with the proof of how good the plan is."""

from django.db import models


class Plan(models.Model):
    """A draft until somebody publishes it; the next one of the same weeks takes its place."""

    unit = models.ForeignKey("records.Unit", models.PROTECT, related_name="plans")
    starts_on = models.DateField()
    until_on = models.DateField(help_text="the first day that is not planned any more")
    seed = models.BigIntegerField()
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followers", help_text="planned anew"
    )
    made_by = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True, help_text="none: it is still being computed")
    failure = models.CharField(max_length=24, blank=True, help_text="a code; blank: none")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        "records.Person", models.PROTECT, null=True, blank=True, related_name="+"
    )
    discarded_at = models.DateTimeField(null=True, blank=True)
    awareness_as_of = models.DateField(null=True, blank=True)
    objective = models.FloatField(default=0, help_text="expected blind spots closed, weighed by value")
    bound = models.FloatField(null=True, blank=True, help_text="no plan at all could reach more")
    exact = models.BooleanField(default=False, help_text="no better plan exists")
    owed = models.PositiveIntegerField(default=0, help_text="encounters that commitments ask for")
    met = models.PositiveIntegerField(default=0, help_text="of these, how many have their match")
    changed = models.PositiveIntegerField(default=0, help_text="matches that differ from the plan before")
    kept = models.PositiveIntegerField(default=0, help_text="matches that are as in the plan before")
    distance = models.FloatField(null=True, blank=True, help_text="how unlike the base: total variation")
    distance_by_chance = models.FloatField(
        null=True, blank=True, help_text="the 95 % point of an honest draw of as many"
    )

    class Meta:
        ordering = ("-asked_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until_on__gt=models.F("starts_on")), name="a_plan_ends_after_it_starts"
            ),
        )

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.until_on}"
