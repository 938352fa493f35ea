"""A person's own calendar: connected, let go, and read and written in turns by the worker."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from coalface.edges.caldav import Found, NotRead, Reading, There, opened
from coalface.edges.sealed import KeyChanged, seal, unseal
from coalface.plan.queries import unread_in, zones_of
from coalface.policies import number
from coalface.records.history import note
from coalface.records.models import Attendance, Calendar, Event, Invitation, Person, Unavailability

from .entries import is_told, settle
from .inviting import tell_instead

AT_ONCE: Final = 5
TAKES_AT_MOST: Final = timedelta(minutes=15)
SOON: Final = timedelta(minutes=1)
A_DAY: Final = timedelta(days=1)
# Servers lock accounts after some wrong passwords: we are not who tries them.
WRONG_PASSWORD_WAITS: Final = timedelta(hours=6)


class CalendarRefused(Exception):
    """The calendar cannot be connected; `kind` is the code that says why."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class SeveralCalendars(Exception):
    """There are several calendars at this address; `found` are those to choose from."""

    def __init__(self, found: list[Found]) -> None:
        super().__init__(len(found))
        self.found = found


class NotConnected(Exception):
    """There is no calendar to let go."""


def join_calendar(*, address: str, user_name: str, password: str, by: Person, now: datetime) -> Calendar:
    """Connect one's own calendar; it is tried before anything is kept, and the worker reads it next."""
    try:
        with opened(address, user_name=user_name, password=password) as there:
            found = there.calendars(address)
    except NotRead as failure:
        raise CalendarRefused(failure.kind) from None
    if len(found) > 1:
        raise SeveralCalendars(found)
    return _join(found[0].address, user_name, seal(password), by, now)


@transaction.atomic
def _join(address: str, user_name: str, password: str, by: Person, now: datetime) -> Calendar:
    Person.objects.select_for_update().get(pk=by.pk)
    earlier = Calendar.objects.filter(person=by, left_at=None).first()
    if earlier:
        _let_go(earlier, now)
    joined = Calendar.objects.create(
        person=by, address=address, user_name=user_name, password=password, joined_at=now, next_at=now
    )
    note("calendar.joined", about=joined, by=by, at=now)
    return joined


@transaction.atomic
def leave_calendar(*, by: Person, now: datetime) -> Calendar:
    """Let one's calendar go: the password and what was read are forgotten, what stands there stays there."""
    held = Calendar.objects.select_for_update().filter(person=by, left_at=None).first()
    if held is None:
        raise NotConnected(by)
    _let_go(held, now)
    note("calendar.left", about=held, by=by, at=now)
    return held


def _let_go(calendar: Calendar, now: datetime) -> None:
    calendar.password, calendar.sync_token, calendar.failure = "", "", ""
    calendar.left_at, calendar.next_at = now, None
    calendar.save(update_fields=["password", "sync_token", "failure", "left_at", "next_at"])
    calendar.busy.all().delete()
    calendar.invitations.update(calendar=None, href="", etag="")


@transaction.atomic
def look_at_calendars(*, event: Event, now: datetime) -> int:
    """Bring what happened to an encounter into the calendars of all whom it concerns, in the next round."""
    there = Attendance.objects.filter(encounter=event.about_id).values("person")
    told = Invitation.objects.filter(encounter=event.about_id).values("person")
    theirs = Q(person__in=there) | Q(person__in=told)
    return Calendar.objects.filter(theirs, left_at=None, failure="").update(next_at=now)


def refresh_calendars(*, now: datetime) -> int:
    """Read and write calendars whose turn it is; how many answered. No transaction waits for a network."""
    return sum(_refresh(one, now) for one in _claim(now))


@transaction.atomic
def _claim(now: datetime) -> list[Calendar]:
    due = Calendar.objects.filter(Q(next_at=None) | Q(next_at__lte=now), left_at=None)
    due = due.select_for_update(skip_locked=True, of=("self",)).select_related("person")
    claimed = list(due.order_by("next_at", "id")[:AT_ONCE])
    for one in claimed:
        one.next_at = now + TAKES_AT_MOST
    Calendar.objects.bulk_update(claimed, ["next_at"])
    return claimed


def _refresh(calendar: Calendar, now: datetime) -> bool:
    try:
        account = {"user_name": calendar.user_name, "password": unseal(calendar.password)}
        with opened(calendar.address, **account) as there:
            again = _follow(there, calendar, now)
    except KeyChanged:
        return _failed(calendar, "key_changed", now)
    except NotRead as failure:
        return _failed(calendar, failure.kind, now)
    _next(calendar, now + (SOON if again else timedelta(minutes=number("calendar_minutes"))))
    return True


def _follow(there: There, calendar: Calendar, now: datetime) -> bool:
    """What stands there comes here, then what is planned here goes there; whether to look again soon.

    The mark is asked for before anything is read, so that what changes meanwhile is seen the next time.
    """
    until = now + timedelta(days=number("calendar_days"))
    mark, told = there.mark(calendar.address), is_told(calendar=calendar, now=now, until=until)
    today = timezone.localdate(now)
    read_today = calendar.read_at and timezone.localdate(calendar.read_at) == today
    if mark and mark == calendar.sync_token and read_today and told:
        return not _seen(calendar, mark, None, now)
    zone = zones_of([calendar.person_id], today).get(calendar.person_id, timezone.get_default_timezone())
    ours = set(calendar.person.invitations.values_list("uid", flat=True))
    reading = there.read(calendar.address, since=now - A_DAY, until=until, zone=zone, ours=ours)
    if not _seen(calendar, mark, reading, now):
        return False
    return settle(there=there, calendar=calendar, seen=reading.ours, zone=zone, now=now, until=until)


@transaction.atomic
def _seen(calendar: Calendar, mark: str, reading: Reading | None, now: datetime) -> bool:
    """Put what was read in the place of what was read before, at once; not if it was let go meanwhile."""
    held = Calendar.objects.select_for_update().get(pk=calendar.pk)
    if held.left_at:
        return False
    if reading is not None:
        known = {(one.starts_at, one.ends_at): one.pk for one in held.busy.all()}
        gone = [pk for stretch, pk in known.items() if stretch not in set(reading.busy)]
        held.busy.filter(pk__in=gone).delete()
        new = [stretch for stretch in reading.busy if stretch not in known]
        rows = [
            Unavailability(person_id=held.person_id, calendar=held, starts_at=starts, ends_at=ends)
            for starts, ends in new
        ]
        Unavailability.objects.bulk_create(rows, batch_size=500)
        if reading.unread != unread_in(held):
            note("calendar.unread", about=held, by=None, at=now, events=reading.unread)
    held.read_at, held.sync_token, held.failure = now, mark, ""
    held.save(update_fields=["read_at", "sync_token", "failure"])
    calendar.read_at = now
    return True


def _next(calendar: Calendar, at: datetime) -> None:
    """When it is its turn again, unless somebody asked for an earlier one while it was being read."""
    Calendar.objects.filter(pk=calendar.pk, next_at=calendar.next_at).update(next_at=at)


def _failed(calendar: Calendar, kind: str, now: datetime) -> bool:
    """Say why on their page, wait as long again as it has been waited, and write to them meanwhile."""
    least = timedelta(minutes=number("calendar_minutes"))
    waited = min(max(now - (calendar.read_at or calendar.joined_at), least), A_DAY)
    if kind in {"wrong_password", "key_changed"}:
        waited = max(waited, WRONG_PASSWORD_WAITS)
    Calendar.objects.filter(pk=calendar.pk, left_at=None).update(failure=kind, next_at=now + waited)
    tell_instead(person=calendar.person, now=now)
    return False
