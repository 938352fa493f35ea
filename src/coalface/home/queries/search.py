"""Everything that is found by words, as far as somebody may see it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from coalface.customers.queries import customers_within
from coalface.permissions import Right, Rights
from coalface.records.models import (
    Attendance,
    Feedback,
    Fix,
    Household,
    Issue,
    Passage,
    Person,
    Position,
    Remark,
    ReportPage,
    ResearchReport,
    Unit,
    Verbatim,
)
from coalface.records.search import Piece, Term, matching, snippet
from coalface.records.tables import Column, Table

FIRST: Final = 5

Shown = Callable[[Verbatim, Unit, int | None], str]
Find = Callable[[list[Term], Rights, Person, date], QuerySet]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was found, and the part of it that fits, in pieces."""

    record: Any
    pieces: list[Piece]


FOUND: Final = Table(
    "found",
    (
        Column("id", read="record.pk"),
        Column("found", read=lambda line: "".join(piece.text for piece in line.pieces)),
    ),
)


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one noun; `more` says that there is more of it."""

    noun: str
    lines: list[Line]
    more: bool


def _customers(wanted: list[Term], rights: Rights, me: Person, today: date) -> QuerySet:
    rows = customers_within(rights, Right.SEE_CUSTOMERS).filter(pk__in=matching("customer", wanted))
    return rows.select_related("unit").order_by("name", "id")


def _households(wanted: list[Term], rights: Rights, me: Person, today: date) -> QuerySet:
    members = customers_within(rights, Right.SEE_CUSTOMERS).filter(household=OuterRef("pk"))
    rows = Household.objects.filter(Exists(members), pk__in=matching("household", wanted))
    return rows.prefetch_related("members").order_by("name", "id")


def _people(wanted: list[Term], rights: Rights, me: Person, today: date) -> QuerySet:
    held = Position.objects.held(today).filter(person__in=Person.objects.working(today))
    rows = held.filter(person__in=matching("person", wanted))
    return rows.select_related("person", "unit").order_by("person__name", "id")


def _issues(wanted: list[Term], rights: Rights, me: Person, today: date) -> QuerySet:
    return Issue.objects.filter(merged_into=None, pk__in=matching("issue", wanted)).order_by("title", "id")


def _fixes(wanted: list[Term], rights: Rights, me: Person, today: date) -> QuerySet:
    rows = Fix.objects.filter(pk__in=matching("fix", wanted)).select_related("unit", "issue")
    return rows.order_by("-opened_at", "-id")


def _feedback(wanted: list[Term], rights: Rights, me: Person, today: date) -> QuerySet:
    mine_or_ours = rights.within(Right.SEE_FEEDBACK) | Q(reported_by=me)
    rows = Feedback.objects.filter(mine_or_ours, verbatim__in=_words(wanted), withdrawn_at=None)
    return rows.select_related("verbatim", "unit", "customer").order_by("-received_at", "-id")


def _remarks(wanted: list[Term], rights: Rights, me: Person, today: date) -> QuerySet:
    words = Q(verbatim__in=_words(wanted)) | Q(reading__in=_words(wanted))
    rows = Remark.objects.filter(words, Q(noted_by=me) | _there(rights, me, "encounter"))
    shown = ("verbatim", "reading", "customer", "encounter__unit", "encounter__format")
    return rows.select_related(*shown).order_by("-noted_at", "-id")


def _passages(wanted: list[Term], rights: Rights, me: Person, today: date) -> QuerySet:
    """What stands in transcripts and was not noted."""
    there = _there(rights, me, "transcript__encounter")
    rows = Passage.objects.filter(there, remark=None, verbatim__in=_words(wanted))
    shown = ("verbatim", "transcript__encounter__unit", "transcript__encounter__format")
    return rows.select_related(*shown).order_by("-transcript", "order")


def _studies(wanted: list[Term], rights: Rights, me: Person, today: date) -> QuerySet:
    rows = ResearchReport.objects.filter(rights.within(Right.SEE_FEEDBACK))
    return rows.filter(pk__in=matching("researchreport", wanted)).order_by("-brought_at", "-id")


def _pages(wanted: list[Term], rights: Rights, me: Person, today: date) -> QuerySet:
    rows = ReportPage.objects.filter(rights.within(Right.SEE_FEEDBACK, "report__unit"))
    rows = rows.filter(verbatim__in=_words(wanted)).select_related("verbatim", "report__unit")
    return rows.order_by("-report__brought_at", "report", "number")


def _words(wanted: list[Term]) -> QuerySet[Verbatim]:
    return (
        Verbatim.objects.filter(erased_at=None, pk__in=matching("verbatim", wanted)).order_by().values("pk")
    )


def _there(rights: Rights, me: Person, encounter: str) -> Q:
    """Of encounters somebody took part in, or looks after."""
    mine = Attendance.objects.filter(encounter=OuterRef(encounter), person=me)
    return Q(Exists(mine)) | rights.within(Right.SEE_ENCOUNTERS_OF_OTHERS, f"{encounter}__unit")


def _text_of_remark(remark: Remark, shown: Shown) -> list[str]:
    words = [one for one in (remark.verbatim, remark.reading) if one and not one.erased_at]
    return [shown(one, remark.encounter.unit, remark.noted_by_id) for one in words]


def _text_of_passage(passage: Passage, shown: Shown) -> list[str]:
    transcript = passage.transcript
    return [shown(passage.verbatim, transcript.encounter.unit, transcript.added_by_id)]


FINDS: Final[Mapping[str, tuple[Find, Callable[[Any, Shown], list[str]]]]] = {
    "customer": (_customers, lambda row, shown: [row.name, row.reference or "", row.email, row.phone]),
    "household": (_households, lambda row, shown: [row.name, row.reference or ""]),
    "person": (_people, lambda row, shown: [row.person.name]),
    "issue": (_issues, lambda row, shown: [row.title]),
    "fix": (_fixes, lambda row, shown: [row.title]),
    "feedback": (_feedback, lambda row, shown: [shown(row.verbatim, row.unit, row.reported_by_id)]),
    "remark": (_remarks, _text_of_remark),
    "passage": (_passages, _text_of_passage),
    "study": (_studies, lambda row, shown: [row.title]),
    "page": (_pages, lambda row, shown: [shown(row.verbatim, row.report.unit, row.report.brought_by_id)]),
}
NOUNS: Final = tuple(FINDS)
# Who may do none of this anywhere is not asked about it.
WANTED: Final = {
    "customer": Right.SEE_CUSTOMERS,
    "household": Right.SEE_CUSTOMERS,
    "study": Right.SEE_FEEDBACK,
    "page": Right.SEE_FEEDBACK,
}


def found(noun: str, wanted: list[Term], rights: Rights, me: Person, today: date) -> QuerySet:
    """All rows of one noun that hold all the words, by right."""
    find, _ = FINDS[noun]
    return find(wanted, rights, me, today)


def line_of(noun: str, row: Any, wanted: list[Term], shown: Shown) -> Line:
    """What is shown of a row: the first of its texts in which a word is hit."""
    texts = FINDS[noun][1](row, shown)
    tried = [snippet(text, wanted) for text in texts]
    return Line(
        row, next((one for one in tried if any(piece.hit for piece in one)), tried[0] if tried else [])
    )


def search(wanted: list[Term], rights: Rights, me: Person, today: date, shown: Shown) -> list[Group]:
    """The first few of everything, one query a noun."""
    groups = []
    for noun in NOUNS:
        if noun in WANTED and not rights.has(WANTED[noun]):
            continue
        rows = list(found(noun, wanted, rights, me, today)[: FIRST + 1])
        if rows:
            lines = [line_of(noun, row, wanted, shown) for row in rows[:FIRST]]
            groups.append(Group(noun, lines, len(rows) > FIRST))
    return groups
