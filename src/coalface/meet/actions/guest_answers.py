"""What a guest answers: I come, another time, not this time, never – and what we answer to that."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from coalface.customers.actions import restrict
from coalface.customers.queries import family
from coalface.meet.queries import answer_state, open_invitations, ours_at
from coalface.records.history import note
from coalface.records.models import (
    GROUPS,
    Attendance,
    ContactRestriction,
    Encounter,
    Event,
    Guest,
    GuestAnswer,
    GuestInvitation,
    Outcome,
    OutgoingMessage,
    Person,
    RestrictionKind,
)
from coalface.records.models.all.outgoing_message import STOPPED

from .asking_guests import may_write, still_to_come, write_to
from .encounters import locked
from .mail import tell


class NotOpen(Exception):
    """This cannot be answered any more; `state` says why."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class NoSuchTime(Exception):
    """The time proposed has passed, or lies more than a year ahead."""


class NothingProposed(Exception):
    """The guest has not proposed another time, or has thought again."""


class NotAlone(Exception):
    """Others come to it, too: nobody's wish moves it."""


class Busy(Exception):
    """One of us meets somebody else at that time."""


FURTHEST = timedelta(days=366)


@transaction.atomic
def answer_invitation(
    *,
    invitation: GuestInvitation,
    answer: str,
    now: datetime,
    by: Person | None = None,
    other_start: datetime | None = None,
) -> GuestInvitation:
    """Take a guest's answer; they may think again until the day before. `by` is who heard it by phone."""
    locked(pk=invitation.guest.encounter_id)
    current = _current(invitation)
    if (state := answer_state(current, now)) != "open":
        raise NotOpen(state)
    other_start = other_start if answer == GuestAnswer.OTHER_TIME else None
    if answer == GuestAnswer.OTHER_TIME and not (other_start and now < other_start <= now + FURTHEST):
        raise NoSuchTime(other_start)
    if (current.answer, current.other_start) == (answer, other_start):
        return current
    _say(invitation=current, answer=answer, other_start=other_start, now=now)
    note("guest.replied", about=current.guest.encounter, by=by, at=now, guest=current.guest_id)
    _tell_ours(invitation=current, but=by, now=now)
    return current


def _current(invitation: GuestInvitation) -> GuestInvitation:
    rows = GuestInvitation.objects.select_for_update(of=("self",))
    return rows.select_related("guest__customer", "guest__encounter__format", "guest__encounter__unit").get(
        pk=invitation.pk
    )


def _say(*, invitation: GuestInvitation, answer: str, other_start: datetime | None, now: datetime) -> None:
    """Write the answer down; who stays away frees the seat, who comes after all takes it again."""
    invitation.answer, invitation.other_start = GuestAnswer(answer), other_start
    invitation.answered_at, invitation.sent_at = now, invitation.sent_at or now
    invitation.save(update_fields=["answer", "other_start", "answered_at", "sent_at"])
    guest = invitation.guest
    guest.came = False if answer in (GuestAnswer.DECLINES, GuestAnswer.NEVER) else None
    guest.save(update_fields=["came"])


def _tell_ours(*, invitation: GuestInvitation, but: Person | None, now: datetime) -> None:
    for person in ours_at(invitation.guest.encounter):
        if person != but and not person.has_left(timezone.localdate(now)):
            key = f"guest-answer-{invitation.pk}-{person.pk}-{int(now.timestamp())}"
            tell(template="meet/guest_answer", to=person, now=now, key=key, guest_invitation=invitation)


@transaction.atomic
def never_again(*, invitation: GuestInvitation, now: datetime, by: Person | None = None) -> GuestInvitation:
    """Leave this customer alone for good, from this moment on: nothing they are asked for stands any more."""
    entries = family(invitation.guest.customer)
    rows = Encounter.objects.filter(guests__customer__in=entries, outcome=Outcome.PLANNED)
    list(rows.select_for_update(of=("self",)).order_by("pk"))
    today = timezone.localdate(now)
    holding = ContactRestriction.objects.in_force(today).filter(
        customer=entries[0], kind=RestrictionKind.DO_NOT_CONTACT, until_on=None
    )
    if not holding.exists():
        restrict(customer=entries[0], kind=RestrictionKind.DO_NOT_CONTACT, by=by, now=now)
    for one in {invitation.pk, *open_invitations(entries).values_list("pk", flat=True)}:
        current = _current(GuestInvitation(pk=one))
        if current.answer != GuestAnswer.NEVER:
            _never(invitation=current, by=by, now=now)
    for guest in (
        Guest.objects.filter(
            customer__in=entries, encounter__outcome=Outcome.PLANNED, came=None, invitation=None
        )
        .select_related("encounter")
        .order_by("id")
    ):
        _not_asked_any_more(guest=guest, by=by, now=now)
    _hold_back(entries=entries, now=now)
    return _current(invitation)


def _never(*, invitation: GuestInvitation, by: Person | None, now: datetime) -> None:
    """Of what is over only the link ends: whoever came has come."""
    meeting = invitation.guest.encounter
    if meeting.outcome != Outcome.PLANNED:
        invitation.answer = GuestAnswer.NEVER
        invitation.save(update_fields=["answer"])
        return
    _say(invitation=invitation, answer=GuestAnswer.NEVER, other_start=None, now=now)
    note("guest.replied", about=meeting, by=by, at=now, guest=invitation.guest_id)
    _tell_ours(invitation=invitation, but=by, now=now)


def _not_asked_any_more(*, guest: Guest, by: Person | None, now: datetime) -> None:
    """They were drawn for it and nobody has asked them yet."""
    guest.came = False
    guest.save(update_fields=["came"])
    note("guest.called_off", about=guest.encounter, by=by, at=now, guest=guest.pk)
    for person in ours_at(guest.encounter):
        if not person.has_left(timezone.localdate(now)):
            key = f"guest-away-{guest.pk}-{person.pk}"
            tell(template="meet/guest_answer", to=person, now=now, key=key, encounter=guest.encounter)


def _hold_back(*, entries: list, now: datetime) -> None:
    """What waits to be sent about an invitation does not leave."""
    waiting = OutgoingMessage.objects.filter(customer__in=entries, template__startswith="meet/come")
    waiting.filter(sent_at=None).update(gave_up_at=now, error=STOPPED)


@transaction.atomic
def call_off_restricted(*, event: Event, now: datetime) -> int:
    """Who is to be left alone after being invited is left alone: the seat is free, and ours are told."""
    restriction = (
        ContactRestriction.objects.in_force(timezone.localdate(now))
        .filter(pk=event.payload["restriction"])
        .select_related("customer")
        .first()
    )
    if restriction is None:
        return 0
    entries = family(restriction.customer)
    rows = open_invitations(entries)
    if restriction.until_on:
        rows = rows.filter(guest__encounter__starts_at__date__lt=restriction.until_on)
    for pk in rows.values_list("pk", flat=True):
        _called_off(invitation=_current(GuestInvitation(pk=pk)), now=now)
    _hold_back(entries=entries, now=now)
    return len(rows)


def _called_off(*, invitation: GuestInvitation, now: datetime) -> None:
    meeting = locked(pk=invitation.guest.encounter_id)
    invitation.called_off_at = now
    invitation.save(update_fields=["called_off_at"])
    invitation.guest.came = False
    invitation.guest.save(update_fields=["came"])
    note("guest.called_off", about=meeting, by=None, at=now, guest=invitation.guest_id)
    _tell_ours(invitation=invitation, but=None, now=now)


@transaction.atomic
def take_other_time(*, invitation: GuestInvitation, by: Person, now: datetime) -> Encounter:
    """Meet at the time the guest proposes; they are told, and nobody of us is to be at two places at once."""
    meeting = still_to_come(pk=invitation.guest.encounter_id, now=now)
    current = _proposed(invitation=invitation, now=now)
    if meeting.format.kind in GROUPS:
        raise NotAlone(meeting)
    if _meets_others(meeting, current.other_start):
        raise Busy(current.other_start)
    meeting.starts_at = current.other_start
    meeting.save(update_fields=["starts_at"])
    current.answer, current.other_start, current.reminded_at = GuestAnswer.COMES, None, None
    current.save(update_fields=["answer", "other_start", "reminded_at"])
    note("encounter.moved", about=meeting, by=by, at=now, guest=current.guest_id)
    _say_back(invitation=current, why="moved", now=now)
    return meeting


def _proposed(*, invitation: GuestInvitation, now: datetime) -> GuestInvitation:
    current = _current(invitation)
    if current.answer != GuestAnswer.OTHER_TIME or current.called_off_at:
        raise NothingProposed(invitation)
    if current.other_start <= now:
        raise NoSuchTime(current.other_start)
    return current


def _meets_others(meeting: Encounter, starts_at: datetime) -> bool:
    """Whether one of us meets somebody else at that time."""
    people = meeting.attendances.values_list("person", flat=True)
    ends_at = starts_at + timedelta(minutes=meeting.minutes)
    others = Attendance.objects.filter(
        person__in=list(people), encounter__outcome=Outcome.PLANNED, encounter__starts_at__lt=ends_at
    ).exclude(encounter=meeting)
    near = others.filter(encounter__starts_at__gt=starts_at - timedelta(days=1)).select_related("encounter")
    return any(one.encounter.starts_at + timedelta(minutes=one.encounter.minutes) > starts_at for one in near)


@transaction.atomic
def decline_other_time(*, invitation: GuestInvitation, by: Person, now: datetime) -> GuestInvitation:
    """The time they propose is none of ours: the first one stands, and they may answer anew."""
    still_to_come(pk=invitation.guest.encounter_id, now=now)
    current = _current(invitation)
    if current.answer != GuestAnswer.OTHER_TIME:
        raise NothingProposed(invitation)
    current.answer, current.other_start = GuestAnswer.NONE, None
    current.save(update_fields=["answer", "other_start"])
    note("guest.other_time_declined", about=current.guest.encounter, by=by, at=now, guest=current.guest_id)
    _say_back(invitation=current, why="not_then", now=now)
    return current


def _say_back(*, invitation: GuestInvitation, why: str, now: datetime) -> None:
    if may_write(invitation=invitation, now=now):
        key = f"come-{why.replace('_', '-')}-{int(now.timestamp())}"
        write_to(invitation=invitation, template="meet/come_changed", key=key, now=now, because=why)
