"""Who meets which customer, in which slot, and why this match: in a draft, and behind an encounter."""

from django.db import models


class Way(models.TextChoices):
    """How a match came about: so that it can be checked that a share of them is left to chance."""

    BEST = "best"
    RANDOM = "random"
    CONTINUITY = "continuity"
    BY_HAND = "by_hand"


class Assignments(models.QuerySet):
    def standing(self) -> "Assignments":
        """Those that nobody withdrew."""
        return self.filter(withdrawn_at=None)


class Assignment(models.Model):
    """A match; without a customer where nobody is known by name: place and hour were drawn."""

    plan = models.ForeignKey(
        "records.Plan", models.CASCADE, null=True, blank=True, related_name="assignments"
    )
    person = models.ForeignKey("records.Person", models.PROTECT, related_name="assignments")
    slot = models.ForeignKey(
        "records.Slot", models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    customer = models.ForeignKey(
        "records.Customer", models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    encounter = models.OneToOneField(
        "records.Encounter", models.PROTECT, null=True, blank=True, related_name="assignment"
    )
    way = models.CharField(max_length=12, choices=Way, default=Way.RANDOM)
    stratum = models.CharField(max_length=64, blank=True)
    deficit = models.FloatField(help_text="how far the stratum lay behind its share of the base")
    among = models.PositiveIntegerField(help_text="how many customers of the stratum could have been drawn")
    seed = models.BigIntegerField()
    drawn_at = models.DateTimeField()
    gain = models.FloatField(default=0, help_text="what this match adds to the plan's objective")
    issues = models.ManyToManyField(
        "records.Issue",
        related_name="assignments",
        help_text="issues the customer may raise that the person's level has not heard",
    )
    last_met_on = models.DateField(null=True, blank=True, help_text="when one of us last met the customer")
    locked = models.BooleanField(default=False, help_text="planning again leaves this match alone")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = Assignments.as_manager()

    class Meta:
        ordering = ("-drawn_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(slot__isnull=False) | models.Q(encounter__isnull=False),
                name="a_match_has_a_time_and_a_place",
            ),
            models.UniqueConstraint(
                fields=("plan", "slot", "person", "customer"),
                condition=models.Q(withdrawn_at=None),
                name="nobody_is_matched_twice",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} meets {self.customer_id or 'whoever comes'}"
