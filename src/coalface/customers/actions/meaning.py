"""What was made of somebody's words goes with them: vectors, themes, feelings, summaries."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Count

from coalface.policies import number
from coalface.records.models import (
    Clause,
    ClauseVector,
    Summary,
    SummarySentence,
    Theme,
    ThemeClause,
    Verbatim,
)


@transaction.atomic
def forget_meaning(*, verbatims: Sequence[int]) -> int:
    """Take back what machines made of these words; says how many rows that were. Mentions and counts stay.

    A summary goes as a whole: what one sentence owes to a quote, the others may have said after it. A theme
    that is left with a small group has no words any more until the next search: they could be one person's.
    """
    _hold(verbatims=verbatims)
    clauses = Clause.objects.filter(verbatim__in=verbatims)
    themes = set(ThemeClause.objects.filter(clause__in=clauses).order_by().values_list("theme", flat=True))
    vectors, _ = ClauseVector.objects.filter(clause__in=clauses).delete()
    belonged, _ = ThemeClause.objects.filter(clause__in=clauses).delete()
    quoting = SummarySentence.objects.filter(clauses__in=clauses).order_by().values("summary")
    summaries, _ = Summary.objects.filter(pk__in=quoting).delete()
    clauses.filter(polarity__isnull=False).update(polarity=None)
    _silence(themes=themes)
    return vectors + belonged + summaries


def _hold(*, verbatims: Sequence[int]) -> None:
    """Whoever is writing down what these words mean comes before us or finds them gone."""
    held = Verbatim.objects.select_for_update().filter(pk__in=verbatims).order_by("pk")
    list(held.values_list("pk", flat=True))


def _silence(*, themes: set[int]) -> None:
    counted = Theme.objects.filter(pk__in=themes).annotate(left=Count("theme_clauses"))
    small = counted.filter(left__lt=number("smallest_group"))
    found = list(small.order_by("pk").values_list("pk", flat=True))
    Theme.objects.filter(pk__in=found).update(terms=[])
    Summary.objects.filter(theme__in=found).delete()
