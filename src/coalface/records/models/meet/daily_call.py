"""Today's call: the one customer a leader may thank this morning, and what came of it."""

from django.db import models


class DailyCall(models.Model):
    """Chosen in the night; another choice replaces it, and nobody counts who did not call."""

    person = models.ForeignKey("records.Person", models.CASCADE, related_name="daily_calls")
    day = models.DateField()
    customer = models.ForeignKey("records.Customer", models.CASCADE, related_name="daily_calls")
    reason = models.CharField(max_length=24, help_text="a code: why this customer")
    encounter = models.OneToOneField(
        "records.Encounter", models.SET_NULL, null=True, blank=True, related_name="daily_call"
    )

    class Meta:
        ordering = ("-day", "person")
        constraints = (models.UniqueConstraint(fields=("person", "day"), name="one_call_a_day"),)

    def __str__(self) -> str:
        return f"{self.person_id} on {self.day}"
