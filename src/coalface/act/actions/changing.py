"""What a fix is worth, how big it is, and which lane it runs in."""

from datetime import date, datetime

from django.db import transaction

from coalface.records.history import note
from coalface.records.models import Fix, Lane, Person

from .decisions import NoDecider
from .fixes import Size
from .standing import held, waiting_decision


class DecisionWaits(ValueError):
    """Only who is to decide takes it out of that lane."""


@transaction.atomic
def change_lane(*, fix: Fix, lane: str, by: Person, now: datetime) -> str:
    """Let it run in another lane; says in which it ran before, so that it can be put back.

    Into *needs a decision* it comes by asking somebody, and out of it by their answer.
    """
    fix = held(fix=fix)
    if lane == fix.lane:
        return fix.lane
    if waiting_decision(fix=fix):
        raise DecisionWaits(fix)
    if lane == Lane.NEEDS_A_DECISION:
        raise NoDecider(fix)
    before, fix.lane = fix.lane, lane
    fix.save(update_fields=["lane"])
    note("fix.moved", about=fix, by=by, at=now, lane=lane)
    return before


@transaction.atomic
def change_fix(*, fix: Fix, kind: str, size: Size, due_on: date, by: Person, now: datetime) -> Fix:
    """Say what kind of change it is, what it is worth, how much work, and by when."""
    fix = held(fix=fix)
    said = ("" if kind == fix.issue.kind else kind, size.worth, size.effort, due_on)
    if said == (fix.kind, fix.worth, fix.effort, fix.due_on):
        return fix
    fix.kind, fix.worth, fix.effort, fix.due_on = said
    fix.save(update_fields=["kind", "worth", "effort", "due_on"])
    note("fix.changed", about=fix, by=by, at=now)
    return fix
