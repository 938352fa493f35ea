"""Why, and why that: the chain of reasons behind an issue."""

from django.db import models


class Why(models.Model):
    """One answer; the next one asks why that is so."""

    issue = models.ForeignKey("records.Issue", models.PROTECT, related_name="whys")
    place = models.PositiveSmallIntegerField(help_text="1 is nearest to what customers experience")
    text = models.CharField(max_length=300)
    written_by = models.ForeignKey("records.Person", models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("issue", "place")
        constraints = (
            models.UniqueConstraint(fields=("issue", "place"), name="one_why_in_a_place"),
            models.CheckConstraint(condition=~models.Q(text=""), name="a_why_says_something"),
        )

    def __str__(self) -> str:
        return f"{self.issue_id}, {self.place}: {self.text}"
