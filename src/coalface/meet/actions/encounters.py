"""From the plan to the day it is finished: what becomes of an encounter."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from coalface.meet.queries import attended, is_finished, still_open, wanted_before_holding
from coalface.plan.actions import plan_encounter
from coalface.records.history import note
from coalface.records.models import (
    ChosenBy,
    Customer,
    Encounter,
    Finishing,
    Format,
    FormatKind,
    HandOver,
    Outcome,
    Person,
    Remark,
    Unit,
)


class AlreadyDecided(Exception):
    """Somebody has said before what became of this encounter."""


class WasHeld(Exception):
    """An encounter is called off as cancelled, no-show or delegated, not as held."""


class NotHeld(Exception):
    """The encounter has not taken place."""


class AlreadyFinished(Exception):
    """Somebody has finished this encounter before."""


class Finished(Exception):
    """The encounter is finished and this is settled; only what somebody still holds can go on."""


class HasLeft(Exception):
    """Who has left takes nothing over and takes no part."""


class IdTaken(Exception):
    """Something else was written down under this id; what was sent is not kept."""


class NotReady(Exception):
    """The format wants something done before it can be held; `wanted` holds the codes."""

    def __init__(self, wanted: Sequence[str]) -> None:
        super().__init__(*wanted)
        self.wanted = tuple(wanted)


class StillOpen(Exception):
    """Remarks want an answer, hand-overs wait to be accepted, or the format wants something done."""

    def __init__(
        self, remarks: Sequence[Remark], hand_overs: Sequence[HandOver], wanted: Sequence[str] = ()
    ) -> None:
        super().__init__(len(remarks), len(hand_overs), *wanted)
        self.remarks, self.hand_overs, self.wanted = tuple(remarks), tuple(hand_overs), tuple(wanted)


def locked(*, pk: UUID) -> Encounter:
    """The encounter as it is now; whoever else changes something about it waits until this is through."""
    return Encounter.objects.select_for_update().get(pk=pk)


@transaction.atomic
def hold(
    *,
    encounter: Encounter,
    by: Person | None,
    now: datetime,
    minutes: int | None = None,
    entourage: int | None = None,
    camera: bool = False,
    press: bool = False,
) -> Encounter:
    """Say that it took place and how long; held before its time, it began now.

    Who looked on is known only if somebody said how many came along; else it is asked once, later.
    """
    held = decided(pk=encounter.pk, outcome=Outcome.HELD, now=now)
    if wanted := wanted_before_holding(held, now):
        raise NotReady(wanted)
    held.starts_at = min(held.starts_at, now)
    if minutes is not None:  # for everybody but those who were said to take part for longer or shorter
        held.attendances.filter(minutes=held.minutes).update(minutes=minutes)
        held.minutes = minutes
    if entourage is not None:
        held.entourage, held.camera, held.press = entourage, camera, press
        held.onlookers_said_at = now
    held.save()
    note("encounter.held", about=held, by=by, at=now)
    return held


@transaction.atomic
def call_off(*, encounter: Encounter, outcome: str, by: Person | None, now: datetime) -> Encounter:
    """Say that it did not take place: cancelled, nobody came, or somebody else went."""
    if Outcome(outcome) not in {Outcome.CANCELLED, Outcome.NO_SHOW, Outcome.DELEGATED}:
        raise WasHeld(outcome)
    called_off = decided(pk=encounter.pk, outcome=outcome, now=now)
    called_off.save(update_fields=["outcome", "outcome_at"])
    note("encounter.called_off", about=called_off, by=by, at=now)
    return called_off


def took_place(*, encounter: Encounter, by: Person, now: datetime) -> Encounter:
    """The encounter as one that took place: whoever was there and writes something down says that it did.

    The caller holds the lock.
    """
    if encounter.outcome == Outcome.PLANNED and attended(encounter, by):
        return hold(encounter=encounter, by=by, now=now)
    if encounter.outcome != Outcome.HELD:
        raise NotHeld(encounter)
    return encounter


def unfinished(*, pk: UUID, by: Person, now: datetime) -> Encounter:
    """The encounter, locked, in which what belongs to its format may still be written down."""
    encounter = took_place(encounter=locked(pk=pk), by=by, now=now)
    if is_finished(encounter):
        raise Finished(encounter)
    return encounter


def decided(*, pk: UUID, outcome: str, now: datetime) -> Encounter:
    """The encounter with what became of it, not saved yet; said before, it stays as it was said.

    The caller saves it, in the same transaction.
    """
    encounter = locked(pk=pk)
    if encounter.outcome != Outcome.PLANNED:
        raise AlreadyDecided(encounter)
    encounter.outcome, encounter.outcome_at = Outcome(outcome), now
    return encounter


@transaction.atomic
def drop_in(
    *,
    format: Format,
    unit: Unit,
    person: Person,
    customers: Sequence[Customer],
    by: Person | None,
    now: datetime,
    minutes: int | None = None,
    id: UUID | None = None,
    met_at: datetime | None = None,
) -> Encounter:
    """A customer was met without a plan: held at once. A form that brings the id may be sent twice."""
    if there := _met_already(id, person):
        return there
    met_at = min(met_at or now, now)
    try:
        with transaction.atomic():
            encounter = _unplanned(format, unit, person, customers, by, now, id, met_at)
    except IntegrityError as taken:  # in the same moment, or by somebody else
        if there := _met_already(id, person):
            return there
        raise IdTaken(id) from taken
    return hold(encounter=encounter, by=by, now=now, minutes=minutes)


def _met_already(id: UUID | None, person: Person) -> Encounter | None:
    return Encounter.objects.filter(pk=id, attendances__person=person).first() if id else None


def _unplanned(
    format: Format,
    unit: Unit,
    person: Person,
    customers: Sequence[Customer],
    by: Person | None,
    now: datetime,
    id: UUID | None,
    met_at: datetime,
) -> Encounter:
    return plan_encounter(
        format=format,
        unit=unit,
        starts_at=met_at,
        person=person,
        customers=customers,
        announced=not (format.kind == FormatKind.DROP_IN and format.may_be_unannounced),
        chosen_by=ChosenBy.PERSON,
        by=by,
        now=now,
        id=id,
    )


@transaction.atomic
def finish(*, encounter: Encounter, by: Person, now: datetime) -> Finishing:
    """Close an encounter of which nothing is left open; time alone never closes one."""
    locked(pk=encounter.pk)
    if not Encounter.objects.held().filter(pk=encounter.pk).exists():
        raise NotHeld(encounter)
    if is_finished(encounter):
        raise AlreadyFinished(encounter)
    left = still_open(encounter, now)
    if left:
        raise StillOpen(left.remarks, left.hand_overs, left.wanted)
    finishing = _finished(encounter=encounter, by=by, now=now)
    note("encounter.finished", about=encounter, by=by, at=now)
    return finishing


def _finished(*, encounter: Encounter, by: Person, now: datetime) -> Finishing:
    try:
        with transaction.atomic():
            return Finishing.objects.create(encounter=encounter, by=by, at=now)
    except IntegrityError as refused:  # the database has the last word: something came in past the lock
        left = still_open(encounter, now)
        raise StillOpen(left.remarks, left.hand_overs, left.wanted) from refused


def reopen(*, encounter: Encounter, by: Person | None, now: datetime) -> None:
    """Open a finished encounter again, because something in it waits for an answer; else change nothing.

    The caller holds the lock.
    """
    if encounter.finishings.standing().update(reopened_at=now):
        note("encounter.reopened", about=encounter, by=by, at=now)
