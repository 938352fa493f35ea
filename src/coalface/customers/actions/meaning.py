"""What was made of somebody's words goes with them: vectors, themes, feelings, summaries."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Count

from coalface.methods.telling import said_in
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
    Of any other those go that nobody else has said. To be called while the words still stand there.
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
    _unsay(verbatims=verbatims, themes=themes)
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


def _unsay(*, verbatims: Sequence[int], themes: set[int]) -> None:
    """Take out terms that stand in no clause that is left, of proposals the words have left before, too."""
    texts = Verbatim.objects.filter(pk__in=verbatims).values_list("text", flat=True)
    said = frozenset().union(*map(said_in, texts))
    for theme in Theme.objects.exclude(terms=[]).order_by("pk"):
        if theme.pk in themes or said.intersection(map(str.casefold, theme.terms)):
            left = _said_by_others(theme.terms, theme=theme, but=verbatims)
            Theme.objects.filter(pk=theme.pk).update(terms=left)


def _said_by_others(terms: Iterable[str], *, theme: Theme, but: Sequence[int]) -> list[str]:
    rows = Clause.objects.filter(theme_clause__theme=theme, verbatim__erased_at=None)
    rows = rows.exclude(verbatim__in=but).order_by("pk").values_list("verbatim__text", "start", "end")
    wanted = set(map(str.casefold, terms))
    for text, start, end in rows.iterator():
        wanted -= said_in(text[start:end])
        if not wanted:
            break
    return [term for term in terms if term.casefold() not in wanted]
