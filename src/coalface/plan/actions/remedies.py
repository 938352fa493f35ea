"""What a plan could not give is written down with what would resolve it; seats are added from there."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from coalface.methods.feasibility import Conflict, Remedy
from coalface.plan.queries.owing import Window
from coalface.plan.queries.problem import person_of
from coalface.records.history import note
from coalface.records.models import Person, Plan, PlanConflict, PlanRemedy, RemedyKind, RemedyPart

from .slots import add_seats


class NotFromHere(Exception):
    """Only seats are added from a plan; everything else is decided where it belongs."""


def write_conflicts(*, plan: Plan, conflicts: Sequence[Conflict], windows: Mapping[str, Window]) -> None:
    """Write down who is in whose way and what would resolve it, the one with most missing first."""
    for conflict in conflicts:
        row = PlanConflict.objects.create(
            plan=plan,
            missing=conflict.missing,
            customers=len(conflict.candidates) if _too_few_customers(conflict) else None,
            proven=conflict.proven,
        )
        row.people.set({person_of(one) for one in conflict.seekers})
        row.slots.set({int(one) for one in conflict.openings})
        for remedy in conflict.remedies:
            _write_remedy(row=row, remedy=remedy, windows=windows)


def _too_few_customers(conflict: Conflict) -> bool:
    return any(remedy.code == RemedyKind.ASK_MORE_CUSTOMERS for remedy in conflict.remedies)


def _write_remedy(*, row: PlanConflict, remedy: Remedy, windows: Mapping[str, Window]) -> None:
    kind = RemedyKind(remedy.code)
    made = PlanRemedy.objects.create(conflict=row, kind=kind, number=remedy.number)
    parts = [
        RemedyPart(remedy=made, person_id=person_of(key), number=number, **_days(windows.get(key)))
        for key, number in remedy.seekers
    ]
    parts += [RemedyPart(remedy=made, slot_id=int(key), number=number) for key, number in remedy.openings]
    RemedyPart.objects.bulk_create(parts)


def _days(window: Window | None) -> dict[str, object]:
    return {"first_on": window.first, "last_on": window.last} if window else {}


@transaction.atomic
def take_remedy(*, remedy: PlanRemedy, by: Person | None, now: datetime) -> int:
    """Add the seats that would resolve a conflict; how many. Done twice they are added once.

    Seats in slots that have begun or were taken back meanwhile are not added, and then nothing is.
    """
    held = PlanRemedy.objects.select_for_update().get(pk=remedy.pk)
    if held.kind != RemedyKind.ADD_SEATS:
        raise NotFromHere(held)
    if held.taken_at:
        return 0
    parts = held.parts.select_related("slot").order_by("slot")
    for part in parts:
        add_seats(slot=part.slot, number=part.number, by=by, now=now)
    held.taken_at = now
    held.save(update_fields=["taken_at"])
    note("remedy.taken", about=held, by=by, at=now)
    return sum(part.number for part in parts)
