"""One person's week in a mail: numbers and ids, rendered when it is sent."""

from django.db import models


class Digest(models.Model):
    """At most one a week for each person."""

    person = models.ForeignKey("records.Person", models.CASCADE, related_name="digests")
    week_of = models.DateField(help_text="its Monday")
    made_at = models.DateTimeField()
    figures = models.JSONField(default=dict, help_text="numbers and ids, no words")
    next_encounter = models.ForeignKey(
        "records.Encounter", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("-week_of", "-id")
        constraints = (models.UniqueConstraint(fields=("person", "week_of"), name="one_digest_a_week"),)

    def __str__(self) -> str:
        return f"{self.person_id}, week of {self.week_of}"
