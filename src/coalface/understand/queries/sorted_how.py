"""How what was said came to an issue: by its words, by the model or by a person, and how sure that is."""

from dataclasses import dataclass

from django.db.models import Avg, Count, Q

from coalface.records.models import Issue, Mention, SortedBy
from coalface.records.tables import Column, Of, Table

SORTED = Table(
    "sorted_how", (Column("sorted_by", read="by"), Column("count", Of.WHOLE), Column("confidence", Of.NUMBER))
)


@dataclass(frozen=True, slots=True)
class SortedHow:
    """How many mentions that count came one way, and how sure they are on average."""

    by: str
    count: int
    confidence: float


def sorted_how(*, issue: Issue) -> list[SortedHow]:
    """By words, model and person, in this order, where there are any."""
    rows = Mention.objects.counted().filter(issue=issue).order_by().values_list("sorted_by")
    found = {
        by: SortedHow(by, n, sure) for by, n, sure in rows.annotate(n=Count("pk"), sure=Avg("confidence"))
    }
    return [found[by] for by in SortedBy.values if by in found]


def unsure_of(*, issue: Issue, within: Q) -> int:
    """How many wait for a person who may sort them, with this issue as the likeliest."""
    return Mention.objects.unsure().filter(within, issue=issue).count()
