"""The secret address under which somebody's own calendar program reads their encounters."""

import secrets
from datetime import date, datetime

from django.db import transaction

from coalface.plan.queries import secret_digest
from coalface.records.history import note
from coalface.records.models import CalendarFeed, Event, Person


@transaction.atomic
def make_feed(*, by: Person, now: datetime) -> str:
    """Make an address, and say its secret part this once; an earlier one shows nothing any more."""
    Person.objects.select_for_update().get(pk=by.pk)
    _revoke(person=by, by=by, now=now)
    secret = secrets.token_urlsafe(32)
    made = CalendarFeed.objects.create(person=by, digest=secret_digest(secret), made_at=now)
    note("calendar_feed.made", about=made, by=by, at=now)
    return secret


@transaction.atomic
def revoke_feed(*, person: Person, now: datetime) -> bool:
    """Take the address back; says whether there was one."""
    return _revoke(person=person, by=person, now=now)


@transaction.atomic
def shut_feeds(*, event: Event, now: datetime) -> bool:
    """Who has left reads no calendar of ours any more."""
    person = Person.objects.get(pk=event.about_id)
    return _revoke(person=person, by=None, now=now)


def _revoke(*, person: Person, by: Person | None, now: datetime) -> bool:
    held = list(CalendarFeed.objects.select_for_update().filter(person=person, revoked_at=None))
    for one in held:
        one.revoked_at = now
        one.save(update_fields=["revoked_at"])
        note("calendar_feed.revoked", about=one, by=by, at=now)
    return bool(held)


def mark_read(*, feed: CalendarFeed, on: date) -> None:
    """Keep the day on which a calendar last read it, written at most once a day."""
    if feed.read_on != on:
        CalendarFeed.objects.filter(pk=feed.pk).exclude(read_on=on).update(read_on=on)
