"""The same thing heard in five ways: by ourselves, by the front line, unasked, by surveys and by research."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from coalface.records.models import Issue, Mention
from coalface.records.tables import Column, Of, Table

from .days import YEAR, midnight
from .issues import with_words

OWN_CONTACT: Final = "own_contact"
FRONT_LINE: Final = "front_line"
UNASKED: Final = "unasked"
SURVEYS: Final = "surveys"
RESEARCH: Final = "research"
SOURCES: Final = (OWN_CONTACT, FRONT_LINE, UNASKED, SURVEYS, RESEARCH)

HEARD_BY: Final = Table("heard_by", (Column("source"), Column("count", Of.WHOLE), Column("share", Of.NUMBER)))


@dataclass(frozen=True, slots=True)
class HeardBy:
    """How often one way of hearing heard of an issue in a year, its share, and the newest to be read."""

    source: str
    count: int
    share: float
    newest: Mention | None


def heard_through() -> Case:
    """Through which of the five a mention came: what a study says is research, whoever marked it."""
    asked = Q(feedback__nps__isnull=False) | Q(feedback__csat__isnull=False) | Q(feedback__ces__isnull=False)
    return Case(
        When(remark__isnull=False, then=Value(OWN_CONTACT)),
        When(feedback__finding__isnull=False, then=Value(RESEARCH)),
        When(feedback__reported_by__isnull=False, then=Value(FRONT_LINE)),
        When(asked | Q(feedback__channel__iexact="survey"), then=Value(SURVEYS)),
        default=Value(UNASKED),
        output_field=CharField(),
    )


def heard_by(*, issue: Issue, today: date, words: Q) -> list[HeardBy]:
    """All five side by side, those that never heard of it too; `words` leaves what the reader may read."""
    said = Mention.objects.counted().filter(issue=issue, happened_at__gte=midnight(today - YEAR)).order_by()
    counts = dict(said.annotate(through=heard_through()).values_list("through").annotate(n=Count("pk")))
    newest = _newest(said.filter(words))
    whole = sum(counts.values())
    return [
        HeardBy(source, counts.get(source, 0), counts.get(source, 0) / (whole or 1), newest.get(source))
        for source in SOURCES
    ]


def _newest(rows: QuerySet[Mention]) -> Mapping[str, Mention]:
    place = Window(
        RowNumber(), partition_by=[heard_through()], order_by=[F("happened_at").desc(), F("pk").desc()]
    )
    first = rows.annotate(through=heard_through(), place=place).filter(place=1).values_list("pk", "through")
    ways = dict(first)
    return {ways[mention.pk]: mention for mention in with_words(Mention.objects.filter(pk__in=ways))}
