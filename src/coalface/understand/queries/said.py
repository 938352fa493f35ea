"""What was said about an issue: the rows behind each of its numbers, and the words that tell most."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from coalface.records.models import Issue, Mention, Speaker, Unit

from .issues import with_words
from .sources import heard_through

# A quote that reads well: long enough to say something, short enough to be read.
TELLING: Final = range(25, 400)
LOOKED_THROUGH: Final = 40
KNOWN, UNKNOWN, VALUED = "known", "unknown", "valued"


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which of an issue's mentions: each number of its page leads to the rows by these."""

    unit: Unit | None = None
    from_at: datetime | None = None
    until_at: datetime | None = None
    spike: tuple[datetime, datetime] | None = None
    source: str = ""
    sorted_by: str = ""
    worded: bool = False
    segment: str = ""
    customers: str = ""


def mentions_of(issue: Issue, narrowed: Narrowed = Narrowed()) -> QuerySet[Mention]:
    """The rows behind a count of an issue: of a unit and all below it, from one moment until another."""
    rows = with_words(Mention.objects.counted().filter(issue=issue))
    if narrowed.unit:
        rows = rows.filter(unit__path__startswith=narrowed.unit.path)
    if narrowed.from_at:
        rows = rows.filter(happened_at__gte=narrowed.from_at)
    if narrowed.until_at:
        rows = rows.filter(happened_at__lt=narrowed.until_at)
    if narrowed.spike:
        rows = rows.exclude(happened_at__gte=narrowed.spike[0], happened_at__lt=narrowed.spike[1])
    if narrowed.source:
        rows = rows.alias(through=heard_through()).filter(through=narrowed.source)
    if narrowed.sorted_by:
        rows = rows.filter(sorted_by=narrowed.sorted_by)
    if narrowed.worded:
        rows = rows.filter(has_words())
    if narrowed.segment:
        rows = rows.filter(_of_customer(segment=narrowed.segment))
    return _of_whom(rows, narrowed.customers).order_by("-happened_at", "-pk")


def _of_customer(**fields: object) -> Q:
    there = {"isnull": False, "erased_at": None, "merged_into": None} | fields
    wrote, met = (
        Q(**{f"{source}__customer__{name}": value for name, value in there.items()})
        for source in ("feedback", "remark")
    )
    return wrote | met


def _of_whom(rows: QuerySet[Mention], customers: str) -> QuerySet[Mention]:
    if customers == KNOWN:
        return rows.filter(_of_customer())
    if customers == VALUED:
        return rows.filter(_of_customer(yearly_value__isnull=False))
    if customers == UNKNOWN:
        return rows.exclude(_of_customer())
    return rows


def has_words() -> Q:
    """Customers' own words are there, and nobody wished them gone."""
    return Q(feedback__verbatim__erased_at=None, feedback__verbatim__isnull=False) | Q(
        remark__verbatim__erased_at=None, remark__verbatim__isnull=False
    )


def quotes(*, issue: Issue, readable: Q, most: int = 5) -> list[Mention]:
    """The most telling of the latest mentions in customers' own words that the reader may read, newest first.

    Telling: by a customer, neither a cry nor a letter, and not word for word what stands there already.
    """
    latest = list(mentions_of(issue).filter(has_words(), readable)[:LOOKED_THROUGH])
    ranked = sorted(enumerate(latest), key=lambda each: (not _tells(each[1]), each[0]))
    chosen: dict[str, int] = {}
    for place, mention in ranked:
        chosen.setdefault(_words(mention).casefold().strip(), place)
    return [latest[place] for place in sorted(list(chosen.values())[:most])]


def _words(mention: Mention) -> str:
    return mention.clause.text if mention.clause else (mention.feedback or mention.remark).verbatim.text


def _tells(mention: Mention) -> bool:
    by_customer = mention.remark is None or mention.remark.said_by == Speaker.CUSTOMER
    return by_customer and len(_words(mention)) in TELLING
