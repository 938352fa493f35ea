"""What customers said that belongs to no issue: clause by clause, without what could tell who said it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from coalface.methods import masking
from coalface.records.models import Clause, Feedback, Mention, Remark, Theme

Mask = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A clause, the proposal it lies in so far, and its vector where one was stored."""

    clause_id: int
    verbatim_id: int
    start: int
    end: int
    words: str
    theme_id: int | None
    encoder: str
    numbers: bytes | None
    language: str = ""


def unnamed(*, since: datetime, most: int) -> list[Unnamed]:
    """The newest clauses that a search goes through, oldest first.

    Of those that overlap the finer one counts. Words not looked through for personal data yet wait.
    """
    fields = (
        "pk", "verbatim_id", "start", "end", "verbatim__text", "verbatim__masks",
        "theme_clause__theme_id", "vector__encoder", "vector__numbers", "verbatim__language",
    )  # fmt: skip
    rows = waiting_clauses(since=since).order_by("-pk").values_list(*fields)[:most]
    reopened = set(_keepable().values_list("pk", flat=True))
    found = [_unnamed(row, reopened) for row in rows.iterator()]
    return sorted((one for one in _apart(found) if one.words), key=lambda one: one.clause_id)


def waiting_clauses(*, since: datetime) -> QuerySet[Clause]:
    """Clauses of what stands, was said since then and is covered by no mention that counts or was settled."""
    feedback = Feedback.objects.standing().filter(verbatim=OuterRef("verbatim"), received_at__gte=since)
    remarks = Remark.objects.filter(verbatim=OuterRef("verbatim"), noted_at__gte=since)
    rows = Clause.objects.filter(verbatim__erased_at=None, verbatim__masks__isnull=False)
    rows = rows.filter(Exists(feedback) | Exists(remarks))
    for source in ("feedback", "remark"):
        rows = rows.exclude(Exists(_covering(source)))
    return rows


def _covering(source: str) -> QuerySet[Mention]:
    """Mentions of all the words, or of a span that the clause is part of."""
    here = Q(clause=None) | Q(clause__start__lt=OuterRef("end"), clause__end__gt=OuterRef("start"))
    decided = Q(counted=True) | Q(settled_at__isnull=False)
    return Mention.objects.filter(here, decided, **{f"{source}__verbatim": OuterRef("verbatim")})


def _keepable() -> QuerySet[Theme]:
    """Proposals a search may go on with: those that wait, and those that were declined and may grow."""
    return Theme.objects.filter(issue=None, merged_into=None)


def _unnamed(row: tuple, keepable: set[int]) -> Unnamed:
    pk, verbatim, start, end, text, masks, theme, encoder, numbers, language = row
    words = _without_personal(text, start, end, masks or ())
    kept = theme if theme in keepable else None
    vector = bytes(numbers) if numbers else None
    return Unnamed(pk, verbatim, start, end, words, kept, encoder or "", vector, language)


def _without_personal(text: str, start: int, end: int, masks: Iterable[Mask]) -> str:
    left = masking.cut([masking.Span(*mask) for mask in masks], start, min(end, len(text)))
    return " ".join(" ".join(text[one.start : one.end] for one in left if not one.kind).split())


def _apart(found: Iterable[Unnamed]) -> list[Unnamed]:
    """Of clauses that overlap the shorter, so that nothing said is looked at twice."""
    by_words: dict[int, list[Unnamed]] = defaultdict(list)
    for one in sorted(found, key=lambda one: (one.end - one.start, one.clause_id)):
        others = by_words[one.verbatim_id]
        if all(one.end <= other.start or one.start >= other.end for other in others):
            others.append(one)
    return [one for others in by_words.values() for one in others]


def sizes_of_declined() -> dict[int, int]:
    """How many clauses each declined proposal had when a person looked at it."""
    rows = Theme.objects.filter(settled_at__isnull=False, issue=None, merged_into=None)
    return dict(rows.order_by().values_list("pk").annotate(n=Count("theme_clauses")))
