"""What a person is asked next: of all that waits, what teaches sorting most."""

import math
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Avg, Count, F, Q, QuerySet, Value
from django.db.models.functions import Abs

from coalface.records.models import Issue, Mention, Person

from .issues import with_words
from .lines import Line

LATELY: Final = timedelta(hours=12)
MOST_SUGGESTIONS: Final = 5
# So many characters of the words are shown on either side of the clause, and of words without one.
AROUND, WHOLE = 400, 1_200
Alike = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Pile:
    """How much waits, and of that what is asked next, with how much like it waits."""

    waiting: int
    next: Mention | None
    alike: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An issue it may speak of, and how sure learned sorting is; None: a phrase says so."""

    issue: Issue
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Words:
    """Where in the words the clause that is meant begins and ends; cut where they are very long."""

    start: int
    meant_from: int
    meant_to: int
    goes_on_at: int
    end: int
    cut_before: bool
    cut_after: bool


def pile(within: Q, *, now: datetime, skipped: Collection[int] = ()) -> Pile:
    """What is most useful to ask: where sorting doubts most, times how much is alike, but not the same again.

    What waits is alike by the issue it may speak of and by the theme of its clause. A group of which much was
    decided lately gives way to one that nobody has seen; within a group comes what sorting wavers about most.
    """
    waiting = Mention.objects.unsure().filter(within)
    groups = {
        (issue, theme): (n, 0.0 if sure is None else sure)
        for issue, theme, n, sure in waiting.order_by()
        .values_list("issue", "clause__theme_clause__theme")
        .annotate(n=Count("pk"), sure=Avg("suggested_confidence"))
    }
    left = Counter({alike: n for alike, (n, _) in groups.items()})
    left.subtract(_alike(waiting.filter(pk__in=skipped)) if skipped else ())
    seen = _seen(within, now)
    ranked = sorted(
        (alike for alike in groups if left[alike] > 0),
        key=lambda alike: (-_worth(*groups[alike], seen[alike]), _order(alike)),
    )
    best = ranked[0] if ranked else None
    total = sum(n for n, _ in groups.values())
    if best is None:
        return Pile(total, None, 0)
    found = with_words(_of(waiting, best).exclude(pk__in=skipped)).select_related("issue")
    return Pile(total, found.order_by(*_most_doubtful_first()).first(), left[best])


def _worth(n: int, sure: float, seen: int) -> float:
    """Doubt × how many are alike / how many of them were decided lately. Doubt is most at even odds."""
    doubt = 1.0 - abs(2.0 * sure - 1.0) if sure else 1.0
    return (0.1 + doubt) * math.log2(1 + n) / (1 + seen)


def _most_doubtful_first() -> tuple:
    margin = Abs(F("suggested_confidence") - Value(0.5))
    return margin.asc(nulls_last=True), "-happened_at", "-pk"


def _order(alike: Alike) -> tuple[int, int]:
    return alike[0] or 0, alike[1] or 0


def _of(rows: QuerySet[Mention], alike: Alike) -> QuerySet[Mention]:
    issue, theme = alike
    return rows.filter(issue=issue, clause__theme_clause__theme=theme)


def _alike(rows: QuerySet[Mention]) -> list[Alike]:
    return list(rows.order_by("pk").values_list("issue", "clause__theme_clause__theme"))


def _seen(within: Q, now: datetime) -> Counter[Alike]:
    """How much of each group was decided lately, by whatever it had been thought to speak of."""
    rows = Mention.objects.filter(within, settled_by__isnull=False, settled_at__gte=now - LATELY)
    return Counter(rows.order_by("pk").values_list("suggested", "clause__theme_clause__theme"))


def waiting_one(within: Q, pk: int) -> Mention | None:
    """One of those that wait, asked for by its number."""
    return with_words(Mention.objects.unsure().filter(within, pk=pk)).select_related("issue").first()


def suggestions(mention: Mention, standing: Collection[Issue]) -> list[Suggestion]:
    """What it may speak of, the likeliest first, then what else waits of the same words; only what stands.

    Where so few issues stand that all can be offered and none is likelier, all are.
    """
    sure: dict[int, float | None] = {}
    if mention.issue_id:
        sure[mention.issue_id] = mention.suggested_confidence
    sure |= {issue: share for issue, share in mention.runners_up or () if issue not in sure}
    same = Mention.objects.unsure().filter(feedback=mention.feedback_id, remark=mention.remark_id)
    beside = same.exclude(issue=None).order_by("-confidence", "pk").values_list("issue", flat=True)
    sure |= {issue: None for issue in beside if issue not in sure}
    by_pk = {issue.pk: issue for issue in standing}
    found = [Suggestion(by_pk[pk], share) for pk, share in sure.items() if pk in by_pk]
    if not found and len(standing) <= MOST_SUGGESTIONS:
        return [Suggestion(issue, None) for issue in standing]
    return found[:MOST_SUGGESTIONS]


def words_around(line: Line) -> Words | None:
    """The words with the clause marked, or all of them where no clause is meant."""
    clause, length = line.mention.clause, len(line.spoken.text) if line.spoken else 0
    if not length:
        return None
    if clause is None:
        end = min(length, WHOLE)
        return Words(0, 0, 0, 0, end, False, end < length)
    start, end = max(clause.start - AROUND, 0), min(clause.end + AROUND, length)
    meant_to = min(clause.end, clause.start + WHOLE)
    return Words(start, clause.start, meant_to, clause.end, end, start > 0, end < length)


def done_since(person: Person, since: datetime) -> int:
    """How many decisions somebody made since then; theirs to see."""
    return Mention.objects.filter(settled_by=person, settled_at__gte=since).count()


def last_settled(person: Person, since: datetime) -> Mention | None:
    """The latest decision of somebody since then that still stands: what taking back would take back."""
    mine = Mention.objects.filter(settled_by=person, settled_at__gte=since)
    return mine.select_related("issue", "unit").order_by("-settled_at", "-pk").first()
