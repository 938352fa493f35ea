"""The links of the customer's way with us, and how many came through each."""

from django.db import models


class Handoff(models.Model):
    """From one touchpoint to the next, and which unit answers for who falls through in between."""

    giver = models.ForeignKey("records.Touchpoint", models.PROTECT, related_name="handed_on")
    taker = models.ForeignKey("records.Touchpoint", models.PROTECT, related_name="taken_on")
    owner = models.ForeignKey("records.Unit", models.PROTECT, null=True, blank=True, related_name="handoffs")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("giver", "taker", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("giver", "taker"), condition=models.Q(ended_at=None), name="one_link_between_two"
            ),
            models.CheckConstraint(
                condition=~models.Q(giver=models.F("taker")), name="a_link_leads_somewhere_else"
            ),
        )

    def __str__(self) -> str:
        return f"{self.giver_id} to {self.taker_id}"


class Cohort(models.Model):
    """Customers who began their way in the same period, followed along it."""

    name = models.CharField(max_length=80)
    from_on = models.DateField()
    until_on = models.DateField(help_text="not part of the period")
    source = models.CharField(max_length=80, blank=True)
    noted_by = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ("-from_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until_on__gt=models.F("from_on")), name="a_cohort_has_days"
            ),
        )

    def __str__(self) -> str:
        return self.name


class CohortCount(models.Model):
    """How many of a cohort reached a touchpoint, and of those who went no further why that was no loss."""

    cohort = models.ForeignKey("records.Cohort", models.CASCADE, related_name="counts")
    touchpoint = models.ForeignKey("records.Touchpoint", models.PROTECT, related_name="cohort_counts")
    reached = models.PositiveIntegerField()
    excused = models.PositiveIntegerField(default=0, help_text="needed it no longer")
    still_open = models.PositiveIntegerField(default=0, help_text="may still go on")

    class Meta:
        ordering = ("cohort", "touchpoint")
        constraints = (
            models.UniqueConstraint(fields=("cohort", "touchpoint"), name="one_count_per_touchpoint"),
            models.CheckConstraint(
                condition=models.Q(reached__gte=models.F("excused") + models.F("still_open")),
                name="excused_and_open_of_reached",
            ),
        )

    def __str__(self) -> str:
        return f"{self.reached} at {self.touchpoint_id}"
