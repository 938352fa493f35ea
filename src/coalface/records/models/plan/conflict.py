"""What a plan could not give, who is in whose way, and what would resolve it."""

from django.db import models


class PlanConflict(models.Model):
    """What is impossible: these people want more than these slots hold, or than customers can be asked."""

    plan = models.ForeignKey("records.Plan", models.CASCADE, related_name="conflicts")
    missing = models.PositiveIntegerField(help_text="how many encounters find no slot")
    people = models.ManyToManyField("records.Person", related_name="+")
    slots = models.ManyToManyField("records.Slot", related_name="+")
    customers = models.PositiveIntegerField(
        null=True,
        blank=True,
        help_text="how many they may meet, where those are too few",
    )
    proven = models.BooleanField(default=True, help_text="no: no way was found, and none was ruled out")

    class Meta:
        ordering = ("plan", "id")

    def __str__(self) -> str:
        return f"{self.missing} missing"


class RemedyKind(models.TextChoices):
    """What can be done about it; the codes are those of methods.feasibility."""

    ADD_SEATS = "add_seats"
    OFFER_MORE_SLOTS = "offer_more_slots"
    OPEN_MORE_SLOTS_TO = "open_more_slots_to"
    ASK_MORE_CUSTOMERS = "ask_more_customers"
    LOWER_OWED = "lower_owed"


class PlanRemedy(models.Model):
    """One thing that would resolve a conflict by itself."""

    conflict = models.ForeignKey("records.PlanConflict", models.CASCADE, related_name="remedies")
    kind = models.CharField(max_length=24, choices=RemedyKind.choices)
    number = models.PositiveIntegerField(help_text="seats, slots, encounters or customers, in all")
    taken_at = models.DateTimeField(null=True, blank=True, help_text="when somebody did it from here")

    class Meta:
        ordering = ("conflict", "id")
        constraints = (
            models.UniqueConstraint(fields=("conflict", "kind"), name="a_conflict_has_a_remedy_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=RemedyKind.values), name="a_remedy_is_one_of_those_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class RemedyPart(models.Model):
    """How many of it for one of us, or in one slot."""

    remedy = models.ForeignKey("records.PlanRemedy", models.CASCADE, related_name="parts")
    person = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")
    slot = models.ForeignKey("records.Slot", models.PROTECT, null=True, blank=True, related_name="+")
    number = models.PositiveIntegerField()
    first_on = models.DateField(null=True, blank=True, help_text="an encounter is owed from this day on")
    last_on = models.DateField(null=True, blank=True, help_text="and until this day, included")

    class Meta:
        ordering = ("remedy", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(person=None, slot__isnull=False)
                | models.Q(slot=None, person__isnull=False),
                name="a_part_is_about_one_of_us_or_a_slot",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} of {self.remedy_id}"
