"""Whom customers compare us with: how often they are named, in which words, and whom some words may mean."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from coalface.methods import phrases
from coalface.records.models import Competitor, CompetitorMention, Polarity
from coalface.records.tables import Column, Of, Table

from .days import YEAR, midnight
from .issues import QUARTER
from .lines import readable

COMPETITORS: Final = Table(
    "competitors",
    (
        Column("id", Of.WHOLE),
        Column("name"),
        Column("called", read=lambda one: ", ".join(one.called)),
        Column("owner", read="owner.name"),
        Column("said_90_days", Of.WHOLE, "said_quarter"),
        Column("said_12_months", Of.WHOLE, "said_year"),
        Column("praised", Of.WHOLE),
        Column("blamed", Of.WHOLE),
        Column("ended_at", Of.MOMENT),
    ),
)
COMPETITOR_WORDS: Final = Table(
    "competitor_words",
    (
        Column("happened_at", Of.MOMENT, "mention.happened_at"),
        Column("unit_key", read="mention.unit.key"),
        Column("unit", read="mention.unit.name"),
        Column("kind"),
        Column("words", read=readable),
        Column("language"),
        Column("is_reading", Of.YES_NO),
        Column("customer", read=lambda line: line.customer if line.may_read else ""),
        Column("feedback", read=lambda line: line.mention.feedback_id if line.may_open else None),
        Column("remark", read=lambda line: line.mention.remark_id if line.may_open else None),
    ),
)


@dataclass(frozen=True, slots=True)
class Part:
    """So many of what was said are of this kind, about this, or sound like this."""

    code: str
    count: int


@dataclass(frozen=True, slots=True)
class InParts:
    """What was said of a competitor in the past year, in three ways; a blank code is what nobody knows."""

    kinds: list[Part]
    about: list[Part]
    sound: list[Part]


def competitors(*, today: date, ended: bool = False) -> QuerySet[Competitor]:
    """Those looked for (or not any more), how often they were named, and how that sounds where measured."""
    rows = Competitor.objects.filter(ended_at__isnull=not ended).select_related("owner")
    return _counted(rows, today).order_by("-said_quarter", "-said_year", "name", "pk")


def competitor(*, today: date) -> QuerySet[Competitor]:
    """Any of them, with the same counts."""
    return _counted(Competitor.objects.select_related("owner", "added_by"), today)


def _counted(rows: QuerySet[Competitor], today: date) -> QuerySet[Competitor]:
    year = Q(happened_at__gte=midnight(today - YEAR))
    return rows.annotate(
        said_quarter=_said(Q(happened_at__gte=midnight(today - QUARTER))),
        said_year=_said(year),
        praised=_said(year & Q(clause__polarity=Polarity.POSITIVE)),
        blamed=_said(year & Q(clause__polarity=Polarity.NEGATIVE)),
    )


def _said(where: Q) -> Coalesce:
    rows = CompetitorMention.objects.filter(where, competitor=OuterRef("pk")).order_by()
    return Coalesce(Subquery(rows.values("competitor").annotate(n=Count("pk")).values("n")), 0)


def in_parts(*, competitor: Competitor, today: date) -> InParts:
    """How what names a competitor falls apart; the most frequent first."""
    rows = _spoken(CompetitorMention.objects.filter(competitor=competitor)).order_by()
    rows = rows.filter(happened_at__gte=midnight(today - YEAR))
    return InParts(_parts(rows, "kind"), _parts(rows, "about"), _parts(rows, "sound"))


def _spoken(rows: QuerySet[CompetitorMention]) -> QuerySet[CompetitorMention]:
    return rows.annotate(
        kind=Coalesce("remark__kind", "feedback__kind"),
        about=F("remark__about"),
        sound=F("clause__polarity"),
    )


def _parts(rows: QuerySet[CompetitorMention], name: str) -> list[Part]:
    counts: dict[str, int] = {}
    for code, n in rows.values_list(name).annotate(n=Count("pk")):
        counts[code or ""] = counts.get(code or "", 0) + n
    return [Part(code, n) for code, n in sorted(counts.items(), key=lambda one: (-one[1], one[0]))]


def words_about(
    competitor: Competitor,
    *,
    kind: str = "",
    sound: str = "",
    from_at: datetime | None = None,
    until_at: datetime | None = None,
) -> QuerySet[CompetitorMention]:
    """What was said that names a competitor, the newest first."""
    rows = _spoken(_with_words(CompetitorMention.objects.filter(competitor=competitor)))
    if kind:
        rows = rows.filter(kind=kind)
    if sound:
        rows = rows.filter(sound=sound)
    if from_at:
        rows = rows.filter(happened_at__gte=from_at)
    if until_at:
        rows = rows.filter(happened_at__lt=until_at)
    return rows.order_by("-happened_at", "-pk")


def whom_they_mean(within: Q) -> QuerySet[CompetitorMention]:
    """What was noted as a remark about a competitor and names none we know: a person may know whom."""
    rows = CompetitorMention.objects.filter(within, competitor=None, settled_at=None)
    return _with_words(rows).order_by("-happened_at", "-pk")


def _with_words(rows: QuerySet[CompetitorMention]) -> QuerySet[CompetitorMention]:
    return rows.select_related(
        "unit",
        "clause__verbatim",
        "feedback__verbatim",
        "feedback__customer",
        "feedback__finding__page__report",
        "remark__verbatim",
        "remark__reading",
        "remark__customer",
    )


def names_of(rows: Iterable[Competitor]) -> phrases.PhraseRouter | None:
    """Their names and what else customers call them, prepared for many texts; None where there are none."""
    known = [phrases.Phrases(str(one.pk), (one.name, *one.called)) for one in rows]
    return phrases.PhraseRouter(known) if known else None
