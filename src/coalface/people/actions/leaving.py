"""Somebody goes: on their last day every door closes; what they were in charge of moves in later rooms."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from django.utils import timezone

from coalface.people.queries import MOVED, who_takes_over
from coalface.records.history import note
from coalface.records.models import (
    ApiToken,
    Badge,
    Calendar,
    Event,
    OutgoingMessage,
    Person,
    Position,
    PublishedClock,
    StaffPin,
    Unavailability,
    WorkingHours,
)
from coalface.records.models.all.outgoing_message import STOPPED

from .directory import end_position, somebody_manages_without
from .passes import end_sessions

GONE: Final = "person.left"


class AlreadyLeft(Exception):
    """The person's last day is on record."""


class NobodyTakesOver(Exception):
    """Nobody here could be in charge of it; somebody has to be given a role first, then this is retried."""


@transaction.atomic
def leave(*, person: Person, on: date, by: Person | None, now: datetime) -> Person:
    """Say from which day somebody works here no more; what they did stays, what they may do ends.

    A day to come is kept, and everything else happens on it (`say_goodbye`). Why they go is kept nowhere.
    """
    leaving = Person.objects.select_for_update().get(pk=person.pk)
    if leaving.left_on:
        raise AlreadyLeft(person)
    somebody_manages_without(grants=set(person.grants.values_list("pk", flat=True)))
    moved_that_day = Position.objects.filter(person=person, ends_on=on).exists()
    for position in Position.objects.filter(person=person, ends_on=None):
        if moved_that_day and position.starts_on == on:  # as when their manager left: it never came to be
            position.delete()
        else:
            end_position(position=position, on=on)
    person.left_on = on
    person.save(update_fields=["left_on"])
    if on <= timezone.localdate(now):
        _close_the_door(person=person, by=by, now=now)
    else:
        note("person.leaving", about=person, by=by, at=now)
    return person


def say_goodbye(*, now: datetime) -> int:
    """Close the doors behind those whose last day has passed; say how many those were. Each on its own."""
    today = timezone.localdate(now)
    seen = Event.objects.filter(
        about_type="person",
        about_id=Cast(OuterRef("pk"), CharField(max_length=40)),
        kind=GONE,
        at__date__gte=OuterRef("left_on"),
    )
    gone = Person.objects.filter(~Exists(seen), left_on__lte=today).order_by("id")
    return sum(_say_goodbye_to(pk=pk, today=today, now=now) for pk in list(gone.values_list("pk", flat=True)))


@transaction.atomic
def _say_goodbye_to(*, pk: int, today: date, now: datetime) -> bool:
    person = Person.objects.select_for_update().get(pk=pk)
    if not person.has_left(today):
        return False
    _close_the_door(person=person, by=None, now=now)
    return True


def _close_the_door(*, person: Person, by: Person | None, now: datetime) -> None:
    """PIN, badge, tokens, sessions, mails that still wait, their calendar: none is theirs any more."""
    StaffPin.objects.filter(person=person).delete()
    Badge.objects.filter(person=person, revoked_at=None).update(revoked_at=now)
    ApiToken.objects.filter(person=person, revoked_at=None).update(revoked_at=now)
    PublishedClock.objects.filter(person=person, withdrawn_at=None).update(withdrawn_at=now)
    OutgoingMessage.objects.filter(person=person, sent_at=None, gave_up_at=None).update(
        gave_up_at=now, error=STOPPED
    )
    Calendar.objects.filter(person=person, left_at=None).update(
        left_at=now, next_at=None, password="", sync_token="", failure=""
    )
    Unavailability.objects.filter(person=person).delete()
    WorkingHours.objects.filter(person=person).delete()
    end_sessions(person=person, now=now)
    note(GONE, about=person, by=by, at=now)


def gone(*, event: Event) -> Person | None:
    """Who left by this event; None if they are back by now, and everything stays theirs."""
    person = Person.objects.get(pk=int(event.about_id))
    return person if person.left_on else None


def successor(*, person: Person, now: datetime, but: Collection[int] = ()) -> Person:
    """Who takes over, held fast in this transaction: should they leave as well, they do so after it."""
    passed = set(but)
    while True:
        found = who_takes_over(person, timezone.localdate(now), passed)
        if found is None:
            raise NobodyTakesOver(person)
        if not Person.objects.select_for_update().get(pk=found.pk).has_left(timezone.localdate(now)):
            return found
        passed.add(found.pk)


def say_moved(*, event: Event, person: Person, to: Person, now: datetime, **counts: int) -> None:
    """Write how much went to whom into the history of who left, and tell who has it now: one mail for all."""
    some = {what: count for what, count in counts.items() if count}
    if not some:
        return
    note(MOVED, about=person, by=None, at=now, to=to.pk, left=event.pk, **some)
    if to.email:
        last = Position.objects.filter(person=person).order_by("-starts_on", "-id").first()
        OutgoingMessage.objects.get_or_create(
            key=f"work-of-{event.pk}-{to.pk}",
            defaults={
                "template": "people/took_over", "person": to, "about": {"position": last.pk}, "due_at": now,
            },
        )  # fmt: skip


@transaction.atomic
def hand_on_reports(*, event: Event, now: datetime) -> int:
    """Who reported to somebody who left reports to who takes over, from today; what was until then stays."""
    person, today = gone(event=event), timezone.localdate(now)
    if person is None:
        return 0
    reports = Position.objects.filter(manager=person, ends_on=None)
    # people before their positions, as whoever moves or lets them go does
    list(Person.objects.select_for_update().filter(pk__in=reports.values("person")).order_by("pk"))
    theirs = list(reports.order_by("id"))
    if not theirs:
        return 0
    to = successor(person=person, now=now)
    for held in theirs:
        manager = None if held.person_id == to.pk else to
        if held.starts_on < today:
            end_position(position=held, on=today)
            held.pk, held.starts_on, held.ends_on = None, today, None
        held.manager = manager
        held.save()
        note("person.moved", about=held.person, by=None, at=now, position=held.pk, left=event.pk)
    say_moved(event=event, person=person, to=to, now=now, reports=len(theirs))
    return len(theirs)
