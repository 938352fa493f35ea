"""Changing a plan by hand: every change is checked at once against calendars, seats and the one cap."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import F

from coalface.customers.actions import NoConsent, approach
from coalface.plan.queries import conflicts
from coalface.plan.queries.plans import beside, encounter_of
from coalface.plan.queries.problem import CHANNELS, may_be_asked, stratum_of
from coalface.records.history import note
from coalface.records.models import (
    Assignment,
    Customer,
    Encounter,
    Guest,
    Outcome,
    Person,
    Plan,
    Purpose,
    Slot,
    Way,
)

from .publishing import invite


class CannotMove(Exception):
    """Something stands in the way; `codes` say what, and each has an exception of its own."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(*codes)
        self.codes = tuple(codes)


class SlotGone(CannotMove):
    """The slot was taken back, has begun, or lies outside the weeks of the plan."""


class DoubleBooked(CannotMove):
    """They are somewhere else at that time."""


class SlotFull(CannotMove):
    """All seats are taken."""


class NotFree(CannotMove):
    """By their hours, their calendar or because they have left they cannot come."""


class NotToBeChanged(Exception):
    """The match was withdrawn, its plan put aside, or its encounter is over."""


class NotToBeAsked(Exception):
    """This customer may not be asked now: protected, without consent, or asked not long ago."""


class AskedAlready(Exception):
    """The plan has this customer meet somebody already."""


class SpeaksAnotherLanguage(Exception):
    """The two have no language in common."""


class NobodyByName(Exception):
    """In this slot whoever comes is met; there is nobody to replace."""


_EXCEPTIONS: Final[dict[str, type[CannotMove]]] = {
    conflicts.TAKEN_BACK: SlotGone,
    conflicts.BEGUN: SlotGone,
    conflicts.OUTSIDE: SlotGone,
    conflicts.HAS_LEFT: NotFree,
    conflicts.DOUBLE_BOOKED: DoubleBooked,
    conflicts.FULL: SlotFull,
    conflicts.NOT_FREE: NotFree,
}


@transaction.atomic
def move_match(*, match: Assignment, slot: Slot, by: Person | None, now: datetime) -> Assignment:
    """Let somebody meet the same customers in another slot; it is locked, so that planning anew leaves it.

    What was arranged moves with it. Moved to where it is, nothing happens.
    """
    person = Person.objects.select_for_update().get(pk=match.person_id)
    held = Slot.objects.select_for_update(of=("self",)).select_related("format", "unit").get(pk=slot.pk)
    match = _held(match=match, now=now)
    if match.slot_id == held.pk:
        return match
    together = [match, *beside(match)]
    if found := conflicts.in_the_way(
        person=person, slot=held, plan=match.plan, now=now, but=[one.pk for one in together]
    ):
        raise _EXCEPTIONS[found[0]](found)
    if encounter := encounter_of(match):
        _move_encounter(encounter=encounter, slot=held, by=by, now=now)
    for one in together:
        one.slot, one.way, one.locked = held, Way.BY_HAND, True
        one.save(update_fields=["slot", "way", "locked"])
    _count(plan=match.plan, changes=len(together))
    note("match.moved", about=match, by=by, at=now, slot=held.pk)
    return match


def _held(*, match: Assignment, now: datetime) -> Assignment:
    """The match as it is now, held fast; only what is still to come can be changed."""
    shown = Assignment.objects.select_for_update(of=("self",)).select_related("plan", "slot", "person")
    held = shown.get(pk=match.pk)
    encounter = encounter_of(held)
    over = (
        held.withdrawn_at is not None
        or held.plan is None
        or held.plan.discarded_at is not None
        or (held.slot is not None and held.slot.starts_at <= now)
        or (encounter is not None and encounter.outcome != Outcome.PLANNED)
    )
    if over:
        raise NotToBeChanged(held)
    return held


def _move_encounter(*, encounter: Encounter, slot: Slot, by: Person | None, now: datetime) -> None:
    moved = Encounter.objects.select_for_update().get(pk=encounter.pk)
    moved.format, moved.unit = slot.format, slot.unit
    moved.starts_at, moved.minutes = slot.starts_at, slot.minutes
    moved.save(update_fields=["format", "unit", "starts_at", "minutes"])
    moved.attendances.update(minutes=slot.minutes, depth=slot.format.depth)
    note("encounter.moved", about=moved, by=by, at=now, slot=slot.pk)


def _count(*, plan: Plan, changes: int) -> None:
    Plan.objects.filter(pk=plan.pk).update(changed=F("changed") + changes)


@transaction.atomic
def replace_customer(
    *, match: Assignment, customer: Customer, by: Person | None, now: datetime
) -> Assignment:
    """Let somebody meet another customer instead; where it is published they are approached at once."""
    person = Person.objects.select_for_update().get(pk=match.person_id)
    match = _held(match=match, now=now)
    if match.customer_id is None:
        raise NobodyByName(match)
    if match.customer_id == customer.pk:
        return match
    if person.language[:2] != customer.language[:2]:
        raise SpeaksAnotherLanguage(customer)
    if Assignment.objects.standing().filter(plan=match.plan_id, customer=customer).exists():
        raise AskedAlready(customer)
    if not may_be_asked(now).filter(pk=customer.pk).exists():
        raise NotToBeAsked(customer)
    if encounter := encounter_of(match):
        _ask_instead(encounter=encounter, match=match, customer=customer, by=by, now=now)
    match.customer, match.way, match.locked = customer, Way.BY_HAND, True
    match.stratum, match.gain = stratum_of(customer.segment, customer.stage), 0.0
    match.last_met_on = None
    match.save(update_fields=["customer", "way", "locked", "stratum", "gain", "last_met_on"])
    match.issues.clear()
    _count(plan=match.plan, changes=1)
    note("match.customer_replaced", about=match, by=by, at=now, customer=str(customer.pk))
    return match


def _ask_instead(
    *, encounter: Encounter, match: Assignment, customer: Customer, by: Person | None, now: datetime
) -> None:
    """The one door says no by itself to whoever was approached in this very moment."""
    more = {"customer": customer, "purpose": Purpose.CONVERSATION, "by": by, "now": now}
    try:
        approach(channel=CHANNELS[0], **more)
    except NoConsent:
        approach(channel=CHANNELS[1], **more)
    Guest.objects.filter(encounter=encounter, customer=match.customer_id).delete()
    note("guest.called_off", about=encounter, by=by, at=now, customer=str(match.customer_id))
    invite(encounter=encounter, customer=customer, by=by, now=now)


@transaction.atomic
def lock_match(*, match: Assignment, by: Person | None, now: datetime) -> Assignment:
    """Planning anew leaves this match as it is. Twice is once."""
    return _set_locked(match=match, locked=True, by=by, now=now)


@transaction.atomic
def unlock_match(*, match: Assignment, by: Person | None, now: datetime) -> Assignment:
    """Planning anew may change this match again. Twice is once."""
    return _set_locked(match=match, locked=False, by=by, now=now)


def _set_locked(*, match: Assignment, locked: bool, by: Person | None, now: datetime) -> Assignment:
    held = _held(match=match, now=now)
    if held.locked != locked:
        held.locked = locked
        held.save(update_fields=["locked"])
        note("match.locked" if locked else "match.unlocked", about=held, by=by, at=now)
    return held
