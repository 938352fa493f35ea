"""A need or an idea: validated with customers, built, adopted."""

from django.db import models


class Adoption(models.TextChoices):
    ADOPTED = "adopted"
    NOT_ADOPTED = "not_adopted"
    NOT_ENOUGH_EVIDENCE = "not_enough_evidence"


class Opportunity(models.Model):
    """What has to be true before it is built, and after: written down beforehand."""

    fix = models.OneToOneField("records.Fix", models.PROTECT, related_name="opportunity")
    customers_wanted = models.PositiveSmallIntegerField(
        help_text="how many have to want it before it is built"
    )
    smallest_share = models.FloatField(help_text="of those offered it, the share that has to take it up")
    registered_by = models.ForeignKey("records.Person", models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()

    class Meta:
        ordering = ("fix",)
        verbose_name_plural = "opportunities"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(customers_wanted__gte=1), name="somebody_has_to_want_it"
            ),
            models.CheckConstraint(
                condition=models.Q(smallest_share__gt=0, smallest_share__lte=1), name="a_share_takes_it_up"
            ),
        )

    def __str__(self) -> str:
        return f"opportunity of fix {self.fix_id}"


class Validation(models.Model):
    """A customer was shown it, and wants it or not."""

    opportunity = models.ForeignKey("records.Opportunity", models.PROTECT, related_name="validations")
    customer = models.ForeignKey("records.Customer", models.CASCADE, related_name="validations")
    wants = models.BooleanField()
    heard_by = models.ForeignKey("records.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("opportunity", "at", "id")
        constraints = (
            models.UniqueConstraint(fields=("opportunity", "customer"), name="a_customer_validates_once"),
        )

    def __str__(self) -> str:
        return f"{self.customer_id} on {self.opportunity_id}"


class AdoptionVerdict(models.Model):
    """How many of those it was offered to took it up; the newest stands."""

    opportunity = models.ForeignKey("records.Opportunity", models.PROTECT, related_name="verdicts")
    offered = models.PositiveIntegerField()
    adopted = models.PositiveIntegerField()
    share_low = models.FloatField(help_text="Wilson, 95 %")
    share_high = models.FloatField()
    ruling = models.CharField(max_length=24, choices=Adoption)
    judged_by = models.ForeignKey("records.Person", models.PROTECT, related_name="+")
    judged_at = models.DateTimeField()

    class Meta:
        ordering = ("-judged_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(adopted__lte=models.F("offered")), name="adopted_by_those_offered_it"
            ),
        )

    def __str__(self) -> str:
        return f"{self.opportunity_id}: {self.ruling}"
