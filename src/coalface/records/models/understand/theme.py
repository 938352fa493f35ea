"""What customers speak of that nobody has named yet: groups of clauses, proposed to a person."""

from django.db import models


class ThemeRun(models.Model):
    """One search through all clauses that belong to no issue."""

    as_of = models.DateField(unique=True)
    seed = models.PositiveIntegerField()
    encoder = models.CharField(max_length=40, blank=True, help_text="blank: without sentence vectors")
    clauses = models.PositiveIntegerField()
    noise = models.PositiveIntegerField(help_text="clauses that belong to no group")
    shared = models.PositiveIntegerField(help_text="clauses that were in the run before, too")
    stability = models.FloatField(null=True, blank=True, help_text="ARI with the run before, on these")
    ended_at = models.DateTimeField()

    class Meta:
        ordering = ("-as_of",)

    def __str__(self) -> str:
        return f"{self.clauses} clauses on {self.as_of}"


class Themes(models.QuerySet):
    def waiting(self) -> "Themes":
        """Proposed, and nobody has decided."""
        return self.filter(settled_at=None)


class Theme(models.Model):
    """A proposal: a person makes it an issue, part of one, part of another theme, two themes, or nothing.

    Its number is never given again.
    """

    found_in = models.ForeignKey("records.ThemeRun", models.PROTECT, related_name="found")
    seen_in = models.ForeignKey("records.ThemeRun", models.PROTECT, related_name="seen")
    terms = models.JSONField(default=list, help_text="the words that tell it from the others")
    settled_by = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    issue = models.ForeignKey(
        "records.Issue",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="themes",
        help_text="what it became",
    )
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    split_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")

    objects = Themes.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(settled_at__isnull=False) | models.Q(issue=None, merged_into=None),
                name="a_theme_becomes_something_by_a_person",
            ),
        )

    def __str__(self) -> str:
        return ", ".join(self.terms[:3]) or f"theme {self.pk}"


class ThemeClause(models.Model):
    """A clause belongs to one theme at a time; the three most telling have a rank."""

    clause = models.OneToOneField("records.Clause", models.CASCADE, related_name="theme_clause")
    theme = models.ForeignKey("records.Theme", models.CASCADE, related_name="theme_clauses")
    rank = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("theme", "rank", "clause")

    def __str__(self) -> str:
        return f"{self.clause_id} in {self.theme_id}"
