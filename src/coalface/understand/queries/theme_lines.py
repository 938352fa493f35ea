"""The clauses of a proposal as a reader may see them: personal data out, the words by right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet

from coalface.permissions import Right, Rights
from coalface.records.models import Clause, Feedback, Person, Remark, Theme, ThemeClause, Unit
from coalface.records.tables import Column, Of, Table
from coalface.shell.personal import Piece, in_brackets, pieces, shortened

MOST = 500  # letters of a quote


@dataclass(frozen=True, slots=True)
class Quote:
    """A clause and where it was said; without `may_read` only that it is there."""

    clause: Clause
    source: Feedback | Remark
    unit: Unit
    at: datetime
    rank: int | None
    pieces: tuple[Piece, ...]
    may_read: bool
    may_open: bool

    @property
    def words(self) -> str:
        clause = self.clause
        return in_brackets(clause.verbatim, start=clause.start, end=clause.end) if self.may_read else ""

    @property
    def feedback_id(self) -> object | None:
        return self.source.pk if isinstance(self.source, Feedback) else None

    @property
    def remark_id(self) -> object | None:
        return self.source.pk if isinstance(self.source, Remark) else None


THEME_CLAUSES = Table(
    "theme_clauses",
    (
        Column("happened_at", Of.MOMENT, "at"),
        Column("unit_key", read="unit.key"),
        Column("unit", read="unit.name"),
        Column("kind", read="source.kind"),
        Column("words"),
        Column("language", read="clause.verbatim.language"),
        Column("feedback", read=lambda one: one.feedback_id if one.may_open else None),
        Column("remark", read=lambda one: one.remark_id if one.may_open else None),
    ),
)


def clauses_of(theme: Theme) -> QuerySet[ThemeClause]:
    """All clauses of a proposal whose words still stand, the most telling first, then the latest said."""
    feedback = Feedback.objects.standing().filter(verbatim=OuterRef("clause__verbatim"))
    remarks = Remark.objects.filter(verbatim=OuterRef("clause__verbatim"))
    rows = ThemeClause.objects.filter(theme=theme, clause__verbatim__erased_at=None)
    rows = with_sources(rows.filter(Exists(feedback) | Exists(remarks)))
    return rows.order_by(F("rank").asc(nulls_last=True), "-clause_id")


def with_sources(rows: QuerySet[ThemeClause]) -> QuerySet[ThemeClause]:
    """Clauses of themes with their words, and who said them where."""
    feedback = Feedback.objects.standing().select_related("unit").order_by("pk")
    remarks = Remark.objects.select_related("encounter__unit").order_by("pk")
    return rows.select_related("clause__verbatim").prefetch_related(
        Prefetch("clause__verbatim__feedback", feedback), Prefetch("clause__verbatim__remarks", remarks)
    )


def telling_quotes(themes: Sequence[Theme]) -> QuerySet[ThemeClause]:
    """The three most telling clauses of each."""
    rows = ThemeClause.objects.filter(theme__in=themes, rank__isnull=False, clause__verbatim__erased_at=None)
    return with_sources(rows).order_by("theme_id", "rank", "clause_id")


def quotes_for(rows: Iterable[ThemeClause], *, me: Person, rights: Rights) -> list[Quote]:
    """The clauses as this person may see them; one whose feedback was taken back has gone."""
    everywhere = rights.has(Right.SEE_ENCOUNTERS_OF_OTHERS)
    return [
        _quote(row, source, me=me, rights=rights, everywhere=everywhere)
        for row in rows
        if (source := _source(row.clause))
    ]


def _source(clause: Clause) -> Feedback | Remark | None:
    return next(iter((*clause.verbatim.feedback.all(), *clause.verbatim.remarks.all())), None)


def _quote(
    row: ThemeClause, source: Feedback | Remark, *, me: Person, rights: Rights, everywhere: bool
) -> Quote:
    heard = isinstance(source, Feedback)
    unit = source.unit if heard else source.encounter.unit
    mine = me.pk == (source.reported_by_id if heard else source.noted_by_id)
    leads = rights.reach(Right.SEE_FEEDBACK, unit)
    clause = row.clause
    may_read = mine or leads
    return Quote(
        clause=clause,
        source=source,
        unit=unit,
        at=source.received_at if heard else source.noted_at,
        rank=row.rank,
        pieces=tuple(
            shortened(pieces(clause.verbatim, openly=False, start=clause.start, end=clause.end), MOST)
        )
        if may_read
        else (),
        may_read=may_read,
        may_open=mine or (leads and (heard or everywhere)),
    )
