"""How right sorting by itself was, on what people confirmed."""

from django.db import models


class SortingCheck(models.Model):
    """Of one day and language (blank: all): how often sorting had said what people then decided."""

    as_of = models.DateField()
    language = models.CharField(max_length=8, blank=True)
    decided = models.PositiveIntegerField(help_text="mentions a person settled in the year before")
    suggested = models.PositiveIntegerField(help_text="of these, sorting had named an issue")
    right = models.PositiveIntegerField(help_text="of these, the person chose the same")
    calibration_error = models.FloatField(null=True, blank=True, help_text="expected, 0 to 1; null: too few")
    examples = models.PositiveIntegerField(help_text="what sorting had learnt from then")
    sure_from = models.FloatField(help_text="the confidence from which it counted by itself")

    class Meta:
        ordering = ("-as_of", "language")
        constraints = (
            models.UniqueConstraint(fields=("as_of", "language"), name="sorting_checked_once_a_day"),
            models.CheckConstraint(
                condition=models.Q(right__lte=models.F("suggested"))
                & models.Q(suggested__lte=models.F("decided")),
                name="right_of_suggested_of_decided",
            ),
        )

    def __str__(self) -> str:
        return f"{self.right} of {self.suggested} on {self.as_of} {self.language}"
