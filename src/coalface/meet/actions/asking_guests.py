"""Asking a customer to come: once, in their language, by a way they agreed to, with a link of their own."""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from uuid import UUID

from django.conf import settings
from django.db import transaction

from coalface.customers.actions import NoConsent, Restricted, TooSoon, approach, follow_up
from coalface.meet.queries import (
    approached_for,
    digest_of,
    not_asked_yet,
    organisation,
    secret_of,
    way_to_ask,
)
from coalface.records.history import note
from coalface.records.models import (
    Channel,
    Encounter,
    Guest,
    GuestInvitation,
    Outcome,
    OutgoingMessage,
    Person,
    Purpose,
)
from coalface.shell.languages import is_spoken

from .encounters import AlreadyDecided, locked


class Past(Exception):
    """It has begun, or is over: nobody is asked to come any more."""


class StaysAway(Exception):
    """This guest said no, or their invitation was called off."""


@dataclass(frozen=True, slots=True)
class AskedAtOnce:
    """How many got a mail, how many one of us asks, and how many may not be asked now."""

    mails: int
    to_say: int
    left_out: int


@transaction.atomic
def ask_guest(*, guest: Guest, by: Person | None, now: datetime) -> GuestInvitation:
    """Ask a guest to come, in their language; asked twice, the first time stands.

    A mail leaves by itself. Where they agreed to a call or a letter only, one of us says it: the page has the
    words, and `say_asked` writes down that it was done. Whom the draw has reached out to is not reached out
    to again.
    """
    meeting = still_to_come(pk=guest.encounter_id, now=now)
    if there := GuestInvitation.objects.filter(guest=guest).first():
        return there
    if guest.came is False:
        raise StaysAway(guest)
    way = _the_door(guest=guest, by=by, now=now)
    invitation = _written(guest=guest, sent_at=now if way == Channel.EMAIL else None)
    if way == Channel.EMAIL:
        write_to(invitation=invitation, template="meet/come", key="come", now=now)
    note("guest.asked_to_come", about=meeting, by=by, at=now, guest=guest.pk)
    return invitation


@transaction.atomic
def ask_all(*, encounter: Encounter, by: Person, now: datetime) -> AskedAtOnce:
    """Ask every guest whom nobody asked yet; who may not be asked now is left out, and counted."""
    meeting = still_to_come(pk=encounter.pk, now=now)
    mails = to_say = left_out = 0
    for guest in not_asked_yet(meeting).order_by("customer_id"):  # in one order, as they are locked
        try:
            asked = ask_guest(guest=guest, by=by, now=now)
        except (NoConsent, Restricted, TooSoon):
            left_out += 1
        else:
            mails += asked.sent_at is not None
            to_say += asked.sent_at is None
    return AskedAtOnce(mails, to_say, left_out)


def still_to_come(*, pk: UUID, now: datetime) -> Encounter:
    """The encounter, locked, which customers may be asked to and may answer for."""
    meeting = locked(pk=pk)
    if meeting.outcome != Outcome.PLANNED:
        raise AlreadyDecided(meeting)
    if meeting.starts_at <= now:
        raise Past(meeting)
    return meeting


def _the_door(*, guest: Guest, by: Person | None, now: datetime) -> str:
    """Through the one door, unless the draw went through it already; says by which way."""
    customer = guest.customer
    way = way_to_ask(customer) or Channel.EMAIL  # refused below, with its reason
    if approached_for(guest):
        follow_up(customer=customer, channel=way, purpose=Purpose.CONVERSATION, now=now)
    else:
        approach(customer=customer, channel=way, purpose=Purpose.CONVERSATION, by=by, now=now)
    return way


def _written(*, guest: Guest, sent_at: datetime | None) -> GuestInvitation:
    language = guest.customer.language
    invitation = GuestInvitation.objects.create(
        guest=guest,
        digest=token_hex(32),
        language=language if is_spoken(language) else settings.LANGUAGE_CODE,
        sent_at=sent_at,
    )
    invitation.digest = digest_of(secret_of(invitation))  # it is made of the row's number
    invitation.save(update_fields=["digest"])
    return invitation


def write_to(*, invitation: GuestInvitation, template: str, key: str, now: datetime, **more: object) -> bool:
    """One mail to a guest with their link; under one key it leaves once. Says whether it is a new one."""
    about = {"guest_invitation": invitation.pk, "secret": secret_of(invitation), "unit": organisation().pk}
    told = {"template": template, "customer": invitation.guest.customer, "about": about | more, "due_at": now}
    _, new = OutgoingMessage.objects.get_or_create(key=f"{key}-{invitation.pk}", defaults=told)
    return new


def may_write(*, invitation: GuestInvitation, now: datetime) -> bool:
    """Whether a guest may still be written to about it: they have an address, a yes, and nothing protects."""
    customer = invitation.guest.customer
    if not customer.email or way_to_ask(customer) != Channel.EMAIL:
        return False
    try:
        follow_up(customer=customer, channel=Channel.EMAIL, purpose=Purpose.CONVERSATION, now=now)
    except (NoConsent, Restricted):
        return False
    return True


@transaction.atomic
def say_asked(*, invitation: GuestInvitation, by: Person, now: datetime) -> GuestInvitation:
    """Write down that one of us called, or posted the letter; said twice, the first time stands."""
    current = GuestInvitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if current.sent_at is None:
        current.sent_at = now
        current.save(update_fields=["sent_at"])
        note("guest.was_asked", about=current.guest.encounter, by=by, at=now, guest=current.guest_id)
    return current
