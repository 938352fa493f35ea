"""Did it work? A sentence that survives its numbers."""

from django.db import models


class Ruling(models.TextChoices):
    VERIFIED = "verified"
    IMPROVED_NOT_PROVEN = "improved_not_proven"
    NO_CHANGE = "no_change"
    WORSE = "worse"
    NOT_ENOUGH_EVIDENCE = "not_enough_evidence"
    RELAPSED = "relapsed"


class Basis(models.TextChoices):
    COUNTS = "counts"
    CUSTOMERS = "customers"


class Verdict(models.Model):
    """One judgement of one fix; the newest stands, the older ones stay readable with their figures."""

    fix = models.ForeignKey("records.Fix", models.PROTECT, related_name="verdicts")
    ruling = models.CharField(max_length=24, choices=Ruling)
    basis = models.CharField(max_length=16, choices=Basis)
    missing = models.CharField(max_length=24, blank=True, help_text="what kept the numbers from deciding")
    after_from = models.DateField(null=True, blank=True)
    after_until = models.DateField(null=True, blank=True)
    events_after = models.PositiveIntegerField(null=True, blank=True)
    exposure_after = models.FloatField(null=True, blank=True)
    ratio = models.FloatField(null=True, blank=True)
    ratio_low = models.FloatField(null=True, blank=True)
    ratio_high = models.FloatField(null=True, blank=True)
    p = models.FloatField(null=True, blank=True)
    expected = models.FloatField(null=True, blank=True, help_text="events to expect had nothing been done")
    expected_low = models.FloatField(null=True, blank=True)
    expected_high = models.FloatField(null=True, blank=True)
    naive_ratio = models.FloatField(
        null=True, blank=True, help_text="spike left in: the figure not to believe"
    )
    dispersion = models.FloatField(null=True, blank=True, help_text="1: as counts vary by luck alone")
    safe_low = models.FloatField(null=True, blank=True, help_text="holds however often somebody looks")
    safe_high = models.FloatField(null=True, blank=True)
    control_after = models.PositiveIntegerField(null=True, blank=True)
    control_exposure_after = models.FloatField(null=True, blank=True)
    family_ratio = models.FloatField(null=True, blank=True, help_text="with the sibling issues together")
    method = models.CharField(max_length=40, blank=True)
    warnings = models.JSONField(default=list, blank=True, help_text="codes")
    decidable_on = models.DateField(null=True, blank=True)
    judged_by = models.ForeignKey(
        "records.Person", models.PROTECT, null=True, blank=True, related_name="verdicts"
    )
    judged_at = models.DateTimeField()

    class Meta:
        ordering = ("-judged_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(ruling=Ruling.VERIFIED, basis=Basis.COUNTS)
                | models.Q(judged_by__isnull=False, ratio_high__lt=1, expected_low__isnull=False),
                name="verified_by_somebody_with_numbers",
            ),
        )

    def __str__(self) -> str:
        return f"{self.fix_id}: {self.ruling}"
