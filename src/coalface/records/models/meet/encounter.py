"""A leader and customers in the same place, or on the same line."""

import uuid_utils.compat as uuid
from django.db import models


class Outcome(models.TextChoices):
    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"
    DELEGATED = "delegated"


class ChosenBy(models.TextChoices):
    """Who picked the customer: staged encounters are to be seen as such."""

    PLANNER = "planner"
    PERSON = "person"
    ACCOUNT_TEAM = "account_team"
    CUSTOMER = "customer"


class Encounters(models.QuerySet):
    def held(self) -> "Encounters":
        """Those that took place."""
        return self.filter(outcome=Outcome.HELD)

    def to_come(self, now) -> "Encounters":
        """Planned and not yet over."""
        return self.filter(outcome=Outcome.PLANNED, starts_at__gte=now)

    def unsaid(self, now) -> "Encounters":
        """Planned, and its time has passed: nobody has said what became of it."""
        return self.filter(outcome=Outcome.PLANNED, starts_at__lt=now)

    def open(self) -> "Encounters":
        """Held, but something raised is still without an answer or nobody has finished it."""
        return self.held().exclude(
            models.Exists(Finishing.objects.standing().filter(encounter=models.OuterRef("pk")))
        )


class Encounter(models.Model):
    """Held, it stays open until each remark has a disposition and each hand-over was accepted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    format = models.ForeignKey("records.Format", models.PROTECT, related_name="encounters")
    unit = models.ForeignKey("records.Unit", models.PROTECT, related_name="encounters")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=16, choices=Outcome, default=Outcome.PLANNED)
    outcome_at = models.DateTimeField(null=True, blank=True)
    announced = models.BooleanField(default=True)
    chosen_by = models.CharField(max_length=16, choices=ChosenBy)
    entourage = models.PositiveSmallIntegerField(default=0)
    camera = models.BooleanField(default=False)
    press = models.BooleanField(default=False)
    onlookers_said_at = models.DateTimeField(
        null=True, blank=True, help_text="when somebody said who came along; asked once"
    )
    stands_in_for = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stand_in",
        help_text="the encounter that was delegated to this one's person",
    )

    objects = Encounters.as_manager()

    class Meta:
        ordering = ("-starts_at", "-id")
        indexes = (models.Index(fields=("outcome", "starts_at")),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(outcome=Outcome.PLANNED, outcome_at=None)
                | (~models.Q(outcome=Outcome.PLANNED) & models.Q(outcome_at__isnull=False)),
                name="an_outcome_has_its_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.format_id} at {self.starts_at:%Y-%m-%d %H:%M}"


class Finishings(models.QuerySet):
    def standing(self) -> "Finishings":
        """Those after which nothing reopened the encounter."""
        return self.filter(reopened_at=None)


class Finishing(models.Model):
    """Somebody closed an encounter; a late remark reopens it, and both stay on record."""

    encounter = models.ForeignKey("records.Encounter", models.CASCADE, related_name="finishings")
    by = models.ForeignKey("records.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reopened_at = models.DateTimeField(null=True, blank=True)

    objects = Finishings.as_manager()

    class Meta:
        ordering = ("encounter", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("encounter",), condition=models.Q(reopened_at=None), name="finished_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.encounter_id} finished {self.at:%Y-%m-%d}"
