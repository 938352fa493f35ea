"""The part of a verbatim that speaks of one thing."""

from django.db import models


class Polarity(models.TextChoices):
    """What a clause sounds like, where that was measured for its language; else nobody has said."""

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"


class Clause(models.Model):
    """A span of a verbatim, in characters."""

    verbatim = models.ForeignKey("records.Verbatim", models.CASCADE, related_name="clauses")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    polarity = models.CharField(max_length=8, choices=Polarity, null=True, blank=True)

    class Meta:
        ordering = ("verbatim", "start", "id")
        constraints = (
            models.UniqueConstraint(fields=("verbatim", "start", "end"), name="one_clause_per_span"),
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="a_clause_has_words"),
        )

    def __str__(self) -> str:
        return f"{self.verbatim_id}[{self.start}:{self.end}]"

    @property
    def text(self) -> str:
        return self.verbatim.text[self.start : self.end]
