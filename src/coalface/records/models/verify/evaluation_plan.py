"""How a fix will be judged, written down before it ships."""

from django.db import models

from .verdict import Basis


class EvaluationPlan(models.Model):
    """The baseline leaves out the spike the issue was picked at; changing anything means a new plan."""

    fix = models.OneToOneField("records.Fix", models.PROTECT, related_name="evaluation_plan")
    basis = models.CharField(max_length=16, choices=Basis)
    measure = models.SlugField(blank=True, help_text="which exposure the counts are divided by")
    baseline_from = models.DateField(null=True, blank=True)
    baseline_until = models.DateField(null=True, blank=True)
    spike_from = models.DateField(null=True, blank=True)
    spike_until = models.DateField(null=True, blank=True)
    lag_days = models.PositiveSmallIntegerField(default=0)
    smallest_effect = models.FloatField(default=0.7, help_text="the rate ratio worth having")
    events_before = models.PositiveIntegerField(null=True, blank=True)
    exposure_before = models.FloatField(
        null=True, blank=True, help_text="0: nobody has said how much was done"
    )
    control_issues = models.ManyToManyField(
        "records.Issue", blank=True, related_name="+", help_text="named as often, and not touched by the fix"
    )
    control_units = models.ManyToManyField(
        "records.Unit", blank=True, related_name="+", help_text="the same issue where the fix does not reach"
    )
    control_before = models.PositiveIntegerField(null=True, blank=True)
    control_exposure_before = models.FloatField(null=True, blank=True)
    decidable_on = models.DateField(null=True, blank=True, help_text="empty: never by counts")
    digest = models.CharField(
        max_length=64, blank=True, help_text="SHA-256 of what was registered, amendments included"
    )
    judge = models.ForeignKey(
        "records.Person", models.PROTECT, null=True, blank=True, related_name="to_judge"
    )
    registered_by = models.ForeignKey("records.Person", models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()

    class Meta:
        ordering = ("registered_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(basis=Basis.CUSTOMERS)
                | models.Q(
                    baseline_from__isnull=False, baseline_until__isnull=False, events_before__isnull=False
                ),
                name="counts_need_a_baseline",
            ),
            models.CheckConstraint(
                condition=models.Q(baseline_from=None)
                | models.Q(baseline_until__gt=models.F("baseline_from")),
                name="a_baseline_has_days",
            ),
            models.CheckConstraint(
                condition=models.Q(spike_from=None, spike_until=None)
                | models.Q(spike_until__gt=models.F("spike_from")),
                name="a_spike_has_two_ends",
            ),
            models.CheckConstraint(
                condition=models.Q(smallest_effect__gt=0, smallest_effect__lt=1),
                name="an_effect_lowers_the_rate",
            ),
        )

    def __str__(self) -> str:
        return f"plan for fix {self.fix_id}"
