"""Customers who are asked to come: their links, how each stands, and what was answered."""

from base64 import urlsafe_b64encode
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import BooleanField, Case, F, Q, QuerySet, When
from django.utils.crypto import salted_hmac

from coalface.customers.queries import allowed
from coalface.policies import number
from coalface.records.models import (
    GROUPS,
    Approach,
    Channel,
    Customer,
    Encounter,
    Event,
    Guest,
    GuestAnswer,
    GuestInvitation,
    Outcome,
    Person,
    Purpose,
)
from coalface.shell.links import Forged

from .guests import seats_left

PURPOSE: Final = "coalface.meet.come"
AN_HOUR: Final = timedelta(hours=1)
SECRET_BYTES: Final = 18  # 144 bits: nobody guesses one
# How we ask, the first that a customer agreed to: a mail carries the link, the others need one of us.
WAYS: Final = (Channel.EMAIL, Channel.PHONE, Channel.LETTER, Channel.IN_PERSON)
STAYS_AWAY: Final = (GuestAnswer.DECLINES, GuestAnswer.NEVER)


@dataclass(frozen=True, slots=True)
class Coming:
    """One guest of an encounter to come: whether they were asked, and what they answered."""

    guest: Guest
    invitation: GuestInvitation | None
    state: str


def secret_of(invitation: GuestInvitation) -> str:
    """The secret part of a link: only this installation can make it, so that no table has to hold it."""
    mark = salted_hmac(PURPOSE, str(invitation.pk), algorithm="sha256").digest()
    return urlsafe_b64encode(mark[:SECRET_BYTES]).decode()


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return sha256(secret.encode()).hexdigest()


def invitation_of(secret: str) -> GuestInvitation:
    """The invitation a link belongs to; one of somebody who was erased leads nowhere."""
    rows = GuestInvitation.objects.select_related(
        "guest__customer", "guest__encounter__format", "guest__encounter__unit"
    )
    there = rows.filter(digest=digest_of(secret), guest__customer__erased_at=None).first()
    if there is None:
        raise Forged(secret)
    return there


def answer_state(invitation: GuestInvitation, now: datetime) -> str:
    """`open`, or why nothing is answered any more: never, called_off, over, too_late (it is today), taken."""
    meeting = invitation.guest.encounter
    if invitation.answer == GuestAnswer.NEVER:
        return "never"
    if invitation.called_off_at or meeting.outcome not in (Outcome.PLANNED, Outcome.HELD):
        return "called_off"
    if meeting.outcome == Outcome.HELD or meeting.starts_at <= now:
        return "over"
    if _day(now, meeting) >= _day(meeting.starts_at, meeting):
        return "too_late"
    return "open" if has_seat(invitation.guest) else "taken"


def _day(moment: datetime, meeting: Encounter) -> date:
    """The day where it takes place."""
    return moment.astimezone(ZoneInfo(meeting.unit.time_zone)).date()


def has_seat(guest: Guest) -> bool:
    """Whether the seat of a guest is theirs, or nobody else took it meanwhile."""
    if guest.came is not False:
        return True
    meeting = guest.encounter
    if meeting.format.kind in GROUPS:
        return seats_left(meeting) > 0
    return not meeting.guests.exclude(came=False).exists()


def way_to_ask(customer: Customer) -> str | None:
    """The first way by which a customer agreed to be asked; a mail needs an address as well."""
    return ways_to_ask([customer]).get(customer.pk)


def ways_to_ask(customers: Iterable[Customer]) -> dict[UUID, str]:
    """The same for several; who agreed to no way is missing."""
    agreed = {
        f"by_{way}": Case(
            When(allowed(way, [Purpose.CONVERSATION]), then=True), default=False, output_field=BooleanField()
        )
        for way in WAYS
    }
    rows = Customer.objects.filter(pk__in=[one.pk for one in customers]).annotate(**agreed)
    found = {}
    for pk, email, *may in rows.values_list("pk", "email", *agreed):
        open_ways = [
            way for way, yes in zip(WAYS, may, strict=True) if yes and (email or way != Channel.EMAIL)
        ]
        if open_ways:
            found[pk] = open_ways[0]
    return found


def approached_for(guest: Guest) -> bool:
    """Whether the draw, the plan or who invited them has reached out to them for this encounter already."""
    return guest.pk in already_approached(guest.encounter, [guest])


def already_approached(encounter: Encounter, guests: Collection[Guest]) -> set[int]:
    """Those of its guests to whom we have reached out for this encounter.

    Approaches know no encounters: it is one made in the hour in which the encounter was planned, whoever went
    to it first, or in which this guest was drawn for it or invited to it.
    """
    first = encounter
    while first.stands_in_for_id:
        first = first.stands_in_for
    events = Event.objects.filter(about_type="encounter", about_id__in=[str(first.pk), str(encounter.pk)])
    wanted = Q(kind="encounter.planned", about_id=str(first.pk)) | Q(
        kind__in=("guest.invited", "guest.drawn")
    )
    moments: dict[int | None, list[datetime]] = defaultdict(list)
    for payload, at in events.filter(wanted).values_list("payload", "at"):
        moments[payload.get("guest")].append(at)
    made: dict[UUID, list[datetime]] = defaultdict(list)
    theirs = Approach.objects.filter(customer__in=[one.customer_id for one in guests])
    for customer, at in theirs.filter(purpose=Purpose.CONVERSATION).values_list("customer_id", "at"):
        made[customer].append(at)
    return {
        one.pk
        for one in guests
        for moment in (*moments[None], *moments[one.pk])
        if any(abs(at - moment) <= AN_HOUR for at in made[one.customer_id])
    }


def coming(encounter: Encounter) -> list[Coming]:
    """The guests of an encounter to come in the order of their names, and what each answered."""
    rows = encounter.guests.select_related("customer", "invitation").order_by("customer__name", "id")
    return [_coming(guest) for guest in rows]


def _coming(guest: Guest) -> Coming:
    invitation = getattr(guest, "invitation", None)
    return Coming(guest, invitation, _state(guest, invitation))


def _state(guest: Guest, invitation: GuestInvitation | None) -> str:
    if invitation is None:
        return "away" if guest.came is False else "not_asked"
    if invitation.called_off_at:
        return "called_off"
    if invitation.answer == GuestAnswer.NONE:
        return "waiting" if invitation.sent_at else "to_ask"
    return invitation.answer


def open_invitations(customers: list[Customer]) -> QuerySet[GuestInvitation]:
    """Of these customers, what they are still asked for or said yes to, of encounters that are to come."""
    rows = GuestInvitation.objects.filter(guest__customer__in=customers, called_off_at=None)
    rows = rows.filter(guest__encounter__outcome=Outcome.PLANNED).exclude(answer__in=STAYS_AWAY)
    return rows.order_by("guest__encounter", "id")


def ours_at(encounter: Encounter) -> list[Person]:
    """Who is told what a guest answered: those of us who go, and who planned it, each once."""
    people = {one.person for one in encounter.attendances.select_related("person")}
    about = {"about_type": "encounter", "about_id": str(encounter.pk), "kind": "encounter.planned"}
    people |= {event.by for event in Event.objects.filter(**about).select_related("by") if event.by}
    return sorted(people, key=lambda person: person.pk)


def nobody_comes(encounter: Encounter, guests: Iterable[Guest]) -> bool:
    """Whether an encounter for one customer has guests, and each of them stays away."""
    if encounter.format.kind in GROUPS or encounter.outcome != Outcome.PLANNED:
        return False
    return {guest.came for guest in guests} == {False}


def to_remind(now: datetime) -> QuerySet[GuestInvitation]:
    """Who comes within the policy's days, said so before these began, and was not reminded yet."""
    until = now + timedelta(days=int(number("guest_reminder_days")))
    rows = _expected(now).filter(answer=GuestAnswer.COMES, reminded_at=None)
    rows = rows.filter(guest__encounter__starts_at__lte=until)
    days = int(number("guest_reminder_days"))
    return rows.filter(answered_at__lt=F("guest__encounter__starts_at") - timedelta(days=days)).order_by("id")


def to_ask_again(now: datetime) -> QuerySet[GuestInvitation]:
    """Who has not answered for the policy's days, while there is still time before the day."""
    asked_before = now - timedelta(days=int(number("guest_asked_again_days")))
    soon = now + timedelta(days=int(number("guest_reminder_days")))
    rows = _expected(now).filter(answer=GuestAnswer.NONE, sent_at__lte=asked_before)
    return rows.filter(guest__encounter__starts_at__gt=soon).order_by("id")


def _expected(now: datetime) -> QuerySet[GuestInvitation]:
    return GuestInvitation.objects.filter(
        called_off_at=None,
        guest__customer__erased_at=None,
        guest__encounter__outcome=Outcome.PLANNED,
        guest__encounter__starts_at__gt=now,
    )
