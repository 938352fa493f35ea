"""Somebody goes: on their last day every door closes; what they were in charge of moves in later rooms."""

from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from django.utils import timezone

from coalface.records.history import note
from coalface.records.models import (
    ApiToken,
    Badge,
    Event,
    OutgoingMessage,
    Person,
    Position,
    PublishedClock,
    StaffPin,
)
from coalface.records.models.all.outgoing_message import STOPPED

from .directory import end_position, somebody_manages_without
from .passes import end_sessions

GONE: Final = "person.left"


class AlreadyLeft(Exception):
    """The person's last day is on record."""


@transaction.atomic
def leave(*, person: Person, on: date, by: Person | None, now: datetime) -> Person:
    """Say from which day somebody works here no more; what they did stays, what they may do ends.

    A day to come is kept, and everything else happens on it (`say_goodbye`). Why they go is kept nowhere.
    """
    leaving = Person.objects.select_for_update().get(pk=person.pk)
    if leaving.left_on:
        raise AlreadyLeft(person)
    somebody_manages_without(grants=set(person.grants.values_list("pk", flat=True)))
    for position in Position.objects.filter(person=person, ends_on=None):
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
    """PIN, badge, tokens, sessions, and mails that still wait: none of them is theirs any more."""
    StaffPin.objects.filter(person=person).delete()
    Badge.objects.filter(person=person, revoked_at=None).update(revoked_at=now)
    ApiToken.objects.filter(person=person, revoked_at=None).update(revoked_at=now)
    PublishedClock.objects.filter(person=person, withdrawn_at=None).update(withdrawn_at=now)
    OutgoingMessage.objects.filter(person=person, sent_at=None, gave_up_at=None).update(
        gave_up_at=now, error=STOPPED
    )
    end_sessions(person=person, now=now)
    note(GONE, about=person, by=by, at=now)
