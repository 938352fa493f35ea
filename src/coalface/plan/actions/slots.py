"""Times and places at which we can meet customers: offered once or every week, and taken back."""

from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction

from coalface.records.history import note
from coalface.records.models import Assignment, Format, FormatKind, Person, Slot, Unit

from .withdrawing import withdraw

MOST_WEEKS: Final = 105
MOST_SEATS: Final = 500


class InThePast(Exception):
    """A slot is offered for a time to come."""


class StopsBeforeItStarts(Exception):
    """Slots are repeated until a day after the first of them."""


class TooManyWeeks(Exception):
    """Slots are repeated for two years at most."""


class TakenBack(Exception):
    """A slot that was taken back has no seats."""


class NotSoManySeats(Exception):
    """One seat more at least, and 500 in all at most."""


class HostHasLeft(Exception):
    """Who has left is nobody's host and nobody's buddy."""


@transaction.atomic
def offer_slots(
    *,
    format: Format,
    unit: Unit,
    starts_at: datetime,
    by: Person | None,
    now: datetime,
    repeat_until: date | None = None,
    minutes: int | None = None,
    seats: int = 1,
    customers: int | None = None,
    host: Person | None = None,
    buddy: Person | None = None,
) -> list[Slot]:
    """Offer a slot, or one each week until a day, always at the same hour of the unit's clock.

    What is offered there already for the same hour and format is not offered again. Where an hour is left
    out because clocks go forward it is an hour later. Without a number the format says how many customers
    are asked by name.
    """
    Unit.objects.select_for_update().get(pk=unit.pk)
    if starts_at <= now:
        raise InThePast(starts_at)
    if any(one and one.has_left(starts_at.date()) for one in (host, buddy)):
        raise HostHasLeft(unit)
    times = _times(starts_at, repeat_until, ZoneInfo(unit.time_zone))
    there = Slot.objects.open().filter(format=format, unit=unit, starts_at__in=times)
    taken = {slot.starts_at: slot for slot in there.order_by("-id")}
    asked = _by_name(format) if customers is None else customers
    more = {"minutes": minutes or format.minutes, "seats": seats, "customers": asked, "host": host}
    new = [
        Slot(format=format, unit=unit, starts_at=at, buddy=buddy, offered_by=by, offered_at=now, **more)
        for at in times
        if at not in taken
    ]
    for slot in new:
        slot.save()
        taken[slot.starts_at] = slot
    if new:
        note("slots.offered", about=new[0], by=by, at=now, slots=[slot.pk for slot in new])
    return [taken[at] for at in times]


@transaction.atomic
def add_seats(*, slot: Slot, number: int, by: Person | None, now: datetime) -> Slot:
    """Let more of us into a slot that is still to come."""
    held = Slot.objects.select_for_update().get(pk=slot.pk)
    if held.cancelled_at:
        raise TakenBack(held)
    if held.starts_at <= now:
        raise InThePast(held.starts_at)
    if number < 1 or held.seats + number > MOST_SEATS:
        raise NotSoManySeats(number)
    held.seats += number
    held.save(update_fields=["seats"])
    note("slot.widened", about=held, by=by, at=now, seats=held.seats)
    return held


def _times(starts_at: datetime, until: date | None, zone: ZoneInfo) -> list[datetime]:
    first = starts_at.astimezone(zone)
    if until is None:
        return [starts_at]
    if until < first.date():
        raise StopsBeforeItStarts(until)
    weeks = (until - first.date()).days // 7
    if weeks >= MOST_WEEKS:
        raise TooManyWeeks(weeks)
    wall = first.replace(tzinfo=None)
    later = [(wall + timedelta(weeks=week)).replace(tzinfo=zone) for week in range(1, weeks + 1)]
    return [starts_at, *(at.astimezone(starts_at.tzinfo) for at in later)]


def _by_name(format: Format) -> int:
    """Whom one meets on a shift, on a walk or unknown is nobody invited; else as many as the format seats."""
    unasked = (FormatKind.SHIFT, FormatKind.OWN_WALK, FormatKind.CARE_WALK, FormatKind.INCOGNITO)
    walk_in = (FormatKind.DROP_IN, FormatKind.LISTENING, FormatKind.TOWN_HALL)
    return 0 if format.kind in (*unasked, *walk_in) else format.seats


@transaction.atomic
def take_back(*, slot: Slot, by: Person | None, now: datetime) -> int:
    """Take a slot back: what is planned in it is called off, and says so; how many matches that were.

    Taking back twice is harmless; a slot that has begun stays.
    """
    held = Slot.objects.select_for_update().get(pk=slot.pk)
    if held.cancelled_at:
        return 0
    if held.starts_at <= now:
        raise InThePast(held.starts_at)
    held.cancelled_at = now
    held.save(update_fields=["cancelled_at"])
    note("slot.taken_back", about=held, by=by, at=now)
    matches = list(Assignment.objects.standing().filter(slot=held, plan__discarded_at=None).order_by("id"))
    for match in matches:
        withdraw(match=match, by=by, now=now)
    return len(matches)
