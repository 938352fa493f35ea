"""The programme as its manager sees it: who is due, whom the choice favours, what is stuck."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from coalface.measure.queries import newest, root_unit
from coalface.meet.queries import Kept, Outcomes, kept, our_outcomes
from coalface.permissions import Right, Rights
from coalface.plan.queries import Due, due
from coalface.records.models import (
    Consequence,
    Encounter,
    Exemption,
    Mention,
    OutgoingMessage,
    Remark,
    Snapshot,
)

NEXT = 8
SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Turns:
    """The planning list, with its counts; from counts alone others could guess names."""

    people: list[Due]
    in_time: int
    soon: int
    late: int
    unplanned: int


@dataclass(frozen=True, slots=True)
class Programme:
    """Everything on the programme page; who is late stands in `turns`, which only the planner is given."""

    committed: int
    turns: Turns | None
    exempt: int
    exemptions_end_on: list[date]
    next: list[Encounter]
    remarks_open: int
    unsure: int
    failed: int
    contact: Snapshot | None
    outcomes: Outcomes | None
    kept: Kept | None


def programme(now: datetime, rights: Rights) -> Programme:
    """The programme as of now; people are named only to who plans their turns."""
    today = timezone.localdate(now)
    rows = [row for row in due(today) if row.exempt_until is None]
    exempt = Exemption.objects.filter(starts_on__lte=today, until_on__gt=today).order_by("until_on", "id")
    ends = list(exempt.values_list("until_on", flat=True))
    coming = Encounter.objects.to_come(now).filter(rights.within(Right.SEE_PROGRAMME))
    coming = coming.select_related("format", "unit")
    unit = root_unit()
    return Programme(
        committed=len(rows),
        turns=_turns(_here(rows, rights), today) if rights.has(Right.PLAN) else None,
        exempt=len(ends),
        exemptions_end_on=ends,
        next=list(
            coming.prefetch_related("attendances__person", "guests").order_by("starts_at", "id")[:NEXT]
        ),
        remarks_open=Remark.objects.open().count(),
        unsure=Mention.objects.unsure().count(),
        failed=Consequence.objects.failed().count() + OutgoingMessage.objects.failed().count(),
        contact=newest("contact", unit) if unit else None,
        outcomes=our_outcomes(rights.within(Right.SEE_PROGRAMME), now),
        kept=kept(rights.within(Right.SEE_PROGRAMME, "encounter__unit"), now),
    )


def _here(rows: list[Due], rights: Rights) -> list[Due]:
    return [row for row in rows if rights.reach(Right.PLAN, row.unit)]


def _turns(rows: list[Due], today: date) -> Turns:
    late = sum(row.due_on < today for row in rows)
    return Turns(
        people=rows,
        in_time=len(rows) - late,
        soon=sum(today <= row.due_on <= today + SOON for row in rows),
        late=late,
        unplanned=sum(row.next_encounter is None for row in rows),
    )
