"""Listening to calls that were drawn by chance, with the agent's knowledge and without their name."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from coalface.meet.queries import call_draw_of, is_finished
from coalface.methods.drawing import drawn_calls
from coalface.records.history import note
from coalface.records.models import (
    CallDraw,
    Encounter,
    ListenedCall,
    Outcome,
    Person,
    Remark,
    Speaker,
    Touchpoint,
)

from .encounters import Finished, NotHeld, locked, unfinished
from .remarks import note_remark


class CannotDraw(Exception):
    """These queues and hours do not have so many calls."""


class AlreadyListened(Exception):
    """A call of the draw is settled: drawing again would be picking."""


class AgentNotInformed(Exception):
    """Nobody is listened to without knowing it."""


class CallSettled(Exception):
    """What was heard in this call is written down already."""


@transaction.atomic
def draw_calls(
    *,
    encounter: Encounter,
    queues: Sequence[str],
    from_hour: int,
    until_hour: int,
    calls: int,
    seed: int,
    by: Person,
    now: datetime,
) -> CallDraw:
    """Draw the calls to listen to; the form brings the seed, so that pressing twice draws once."""
    _listening(encounter)
    names = sorted({name.strip() for name in queues if name.strip()})
    wanted = {"queues": names, "from_hour": from_hour, "until_hour": until_hour, "seed": seed}
    before = call_draw_of(encounter)
    if before and _as_drawn(before) == (wanted, calls):
        return before
    if before and before.calls.exclude(settled_at=None).exists():
        raise AlreadyListened(encounter)
    try:
        drawn = drawn_calls(names, range(from_hour, until_hour), calls, seed)
    except ValueError as refused:
        raise CannotDraw(encounter) from refused
    if before:
        before.delete()
    draw = CallDraw.objects.create(encounter=encounter, drawn_by=by, drawn_at=now, **wanted)
    ListenedCall.objects.bulk_create(
        ListenedCall(draw=draw, order=order, queue=call.queue, hour=call.hour, nth=call.nth)
        for order, call in enumerate(drawn, start=1)
    )
    note("calls.drawn", about=encounter, by=by, at=now, draw=draw.pk, calls=calls, seed=seed)
    return draw


@transaction.atomic
def inform_agent(*, call: ListenedCall, by: Person, now: datetime) -> ListenedCall:
    """Say that the agent of this call knows; said twice, the first time stands."""
    _listening(call.draw.encounter)
    current = _current(call)
    if current.agent_informed_at is None:
        current.agent_informed_at = now
        current.save(update_fields=["agent_informed_at"])
        note("call.agent_informed", about=call.draw.encounter, by=by, at=now, call=call.pk)
    return current


@transaction.atomic
def hear_call(
    *,
    call: ListenedCall,
    id: UUID,
    kind: str,
    by: Person,
    now: datetime,
    text: str = "",
    reading: str = "",
    touchpoint: Touchpoint | None = None,
    sequence: int | None = None,
    language: str = "",
    about: str = "",
) -> Remark:
    """Write down what was heard in a call; sent twice it is kept once."""
    encounter = locked(pk=call.draw.encounter_id)
    current = _current(call)
    if current.remark_id not in (None, id):
        raise CallSettled(call)
    if current.agent_informed_at is None:
        raise AgentNotInformed(call)
    remark = note_remark(
        id=id, encounter=encounter, kind=kind, text=text, reading=reading, said_by=Speaker.CUSTOMER,
        touchpoint=touchpoint, sequence=sequence, language=language, about=about, by=by, now=now,
    )  # fmt: skip
    if current.remark_id is None:
        current.heard, current.settled_at, current.remark = True, now, remark
        current.save(update_fields=["heard", "settled_at", "remark"])
        note("call.heard", about=encounter, by=by, at=now, call=call.pk, remark=str(remark.pk))
    return remark


@transaction.atomic
def no_such_call(*, call: ListenedCall, by: Person, now: datetime) -> ListenedCall:
    """Say that this call did not come; should it come after all, it can still be heard."""
    encounter = unfinished(pk=call.draw.encounter_id, by=by, now=now)
    current = _current(call)
    if current.heard:
        raise CallSettled(call)
    if current.heard is None:
        current.heard, current.settled_at = False, now
        current.save(update_fields=["heard", "settled_at"])
        note("call.did_not_come", about=encounter, by=by, at=now, call=call.pk)
    return current


def _listening(encounter: Encounter) -> None:
    """Before or at the session, not after it was called off or finished."""
    current = locked(pk=encounter.pk)
    if current.outcome not in (Outcome.PLANNED, Outcome.HELD):
        raise NotHeld(encounter)
    if is_finished(current):
        raise Finished(encounter)


def _as_drawn(draw: CallDraw) -> tuple[dict[str, object], int]:
    fields = ("queues", "from_hour", "until_hour", "seed")
    return {field: getattr(draw, field) for field in fields}, draw.calls.count()


def _current(call: ListenedCall) -> ListenedCall:
    return ListenedCall.objects.select_for_update().get(pk=call.pk)
