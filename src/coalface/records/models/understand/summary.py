"""What a language model proposed: sentences that each rest on quotes, and go when a quote goes."""

from django.db import models


class SummaryKind(models.TextChoices):
    NAME = "name"
    SUMMARY = "summary"


class Summary(models.Model):
    """Of an issue or of a theme; a proposal, never a customer's word."""

    issue = models.ForeignKey(
        "records.Issue", models.CASCADE, null=True, blank=True, related_name="summaries"
    )
    theme = models.ForeignKey(
        "records.Theme", models.CASCADE, null=True, blank=True, related_name="summaries"
    )
    kind = models.CharField(max_length=8, choices=SummaryKind)
    language = models.CharField(max_length=8)
    model = models.CharField(max_length=80)
    asked_by = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=24, blank=True, help_text="a code; blank: none")

    class Meta:
        ordering = ("-asked_at", "-id")
        verbose_name_plural = "summaries"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(issue=None, theme__isnull=False)
                | models.Q(issue__isnull=False, theme=None),
                name="a_summary_is_of_one_thing",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} by {self.model}"


class SummarySentence(models.Model):
    """One sentence and what it rests on; without quotes that exist it was never written down."""

    summary = models.ForeignKey("records.Summary", models.CASCADE, related_name="sentences")
    order = models.PositiveSmallIntegerField()
    text = models.TextField()
    clauses = models.ManyToManyField("records.Clause", related_name="summary_sentences")

    class Meta:
        ordering = ("summary", "order")
        constraints = (models.UniqueConstraint(fields=("summary", "order"), name="sentences_have_an_order"),)

    def __str__(self) -> str:
        return self.text[:60]
