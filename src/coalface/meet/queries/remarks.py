"""What became of what was said."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, Max, Q

from coalface.records.models import (
    Answer,
    Disposition,
    Encounter,
    Fix,
    HandOver,
    Issue,
    Mention,
    Person,
    Remark,
    Speaker,
)
from coalface.records.tables import Column, Of, Table, words

# The states `Remarks.resolved()` stands for.
RESOLVED: Final = frozenset({"fixed", "shipped", "declined_told", "passed_on"})
BY_ANSWER: Final = {
    Answer.FIXED_NOW: "fixed",
    Answer.PASSED_ON: "passed_on",
    Answer.OWNED: "owned",
    Answer.KEPT: "kept",
}


@dataclass(frozen=True, slots=True)
class Fate:
    """How a remark stands: one code, and the rows behind it."""

    code: str
    disposition: Disposition | None
    hand_over: HandOver | None
    fix: Fix | None
    issues: list[Issue]
    in_charge: int
    past: list[Disposition]

    @property
    def returned(self) -> HandOver | None:
        """The hand-over that came back last, while nobody has answered since."""
        last = self.past[-1] if self.past and self.disposition is None else None
        return getattr(last, "hand_over", None)

    @property
    def resolved(self) -> bool:
        return self.code in RESOLVED


Told = tuple[Remark, Fate]
_WHOSE: Final = {"unit": "0.encounter.unit", "by": "0.noted_by_id"}

REMARKS: Final = Table(
    "remarks",
    (
        Column("id", read=lambda told: told[0].pk),
        Column("noted_at", Of.MOMENT, lambda told: told[0].noted_at),
        Column("noted_by", read=lambda told: told[0].noted_by.name),
        Column("kind", read=lambda told: told[0].kind),
        Column("about", read=lambda told: told[0].about),
        Column("said_by", read=lambda told: told[0].said_by),
        Column("words", read=words("0.verbatim", **_WHOSE)),
        Column("reading", read=words("0.reading", **_WHOSE)),
        Column("customer", read=lambda told: told[0].customer and told[0].customer.name),
        Column("unit", read=lambda told: told[0].encounter.unit.name),
        Column("encounter", read=lambda told: told[0].encounter_id),
        Column("state", read=lambda told: told[1].code),
        Column("issues", read=lambda told: "; ".join(issue.title for issue in told[1].issues)),
    ),
)


def told(remarks: list[Remark], now: datetime) -> list[Told]:
    """Remarks, each with what became of it."""
    fate = fates(remarks, now)
    return [(remark, fate[remark.pk]) for remark in remarks]


def remark_states(remarks: Iterable[Remark], now: datetime) -> dict[UUID, str]:
    """The code of each remark: open, waiting, owned, kept, declined, or one of RESOLVED."""
    return {pk: fate.code for pk, fate in fates(remarks, now).items()}


def fates(remarks: Iterable[Remark], now: datetime) -> dict[UUID, Fate]:
    """What became of each remark, in three queries however many there are."""
    rows = list(remarks)
    ids = [remark.pk for remark in rows]
    dispositions = _dispositions(ids)
    mentions = _mentions(ids)
    issues = {mention.issue_id for found in mentions.values() for mention in found}
    shipped = list(
        Fix.objects.filter(issue__in=issues, shipped_at__lte=now)
        .select_related("unit")
        .order_by("shipped_at", "id")
    )
    return {
        remark.pk: _fate(remark, dispositions[remark.pk], mentions[remark.pk], shipped, now)
        for remark in rows
    }


def next_sequence(encounter: Encounter, person: Person) -> int:
    """The number the person's next remark at this encounter gets."""
    mine = encounter.remarks.filter(noted_by=person)
    return (mine.aggregate(last=Max("sequence"))["last"] or 0) + 1


@dataclass(frozen=True, slots=True)
class BothSides:
    """How many remarks of customers and of our own people an encounter has so far."""

    customers: int
    ours: int


def both_sides(encounter: Encounter) -> BothSides:
    """Whether both those we serve and those who serve them were asked."""
    by = encounter.remarks.aggregate(
        customers=Count("pk", filter=Q(said_by=Speaker.CUSTOMER)),
        ours=Count("pk", filter=Q(said_by=Speaker.EMPLOYEE)),
    )
    return BothSides(**by)


def _dispositions(ids: list[UUID]) -> dict[UUID, list[Disposition]]:
    found: dict[UUID, list[Disposition]] = defaultdict(list)
    rows = Disposition.objects.filter(remark__in=ids).order_by("id")
    for row in rows.select_related(
        "by",
        "reason",
        "praised",
        "hand_over__giver",
        "hand_over__receiver",
        "hand_over__answer__by",
        "hand_over__answer__reason",
    ):
        found[row.remark_id].append(row)
    return found


def _mentions(ids: list[UUID]) -> dict[UUID, list[Mention]]:
    found: dict[UUID, list[Mention]] = defaultdict(list)
    rows = Mention.objects.counted().filter(remark__in=ids).select_related("issue", "unit")
    for mention in rows.order_by("id"):
        found[mention.remark_id].append(mention)
    return found


def _fate(
    remark: Remark, answers: list[Disposition], mentions: list[Mention], shipped: list[Fix], now: datetime
) -> Fate:
    current = next((one for one in answers if one.ended_at is None), None)
    hand_over = getattr(current, "hand_over", None)
    fix = next((one for one in shipped if any(_answers(one, mention, remark) for mention in mentions)), None)
    return Fate(
        code=_code(current, hand_over, fix, now),
        disposition=current,
        hand_over=hand_over,
        fix=fix,
        issues=[mention.issue for mention in mentions],
        in_charge=_in_charge(remark, answers),
        past=[one for one in answers if one.ended_at],
    )


def _answers(fix: Fix, mention: Mention, remark: Remark) -> bool:
    """Whether the fix changed what was said, where it was said, after it was said."""
    here = fix.unit is None or fix.unit.contains(mention.unit)
    return here and fix.issue_id == mention.issue_id and fix.shipped_at > remark.noted_at


def _code(current: Disposition | None, hand_over: HandOver | None, fix: Fix | None, now: datetime) -> str:
    if current and current.answer in (Answer.FIXED_NOW, Answer.PASSED_ON):
        return BY_ANSWER[current.answer]
    declined = current is not None and current.answer == Answer.DECLINED
    if declined and current.told_at and current.told_at <= now:
        return "declined_told"
    if fix:
        return "shipped"
    if current is None:
        return "open"
    if hand_over:
        return "owned" if hasattr(hand_over, "answer") else "waiting"
    return "declined" if declined else BY_ANSWER[current.answer]


def _in_charge(remark: Remark, answers: list[Disposition]) -> int:
    """Whose it is: who accepted it, who answered last, or who wrote it down."""
    if not answers:
        return remark.noted_by_id
    last = answers[-1]
    hand_over = getattr(last, "hand_over", None)
    accepted = hand_over and hasattr(hand_over, "answer") and hand_over.answer.accepted
    return hand_over.receiver_id if accepted else last.by_id
