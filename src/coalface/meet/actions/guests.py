"""Several customers at once: whom we invite, who came, what they agreed to, and a token of thanks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from coalface.customers.actions import NoConsent, Restricted, TooSoon, approach
from coalface.meet.queries import draw_of, quotas, seats_left, token_limit
from coalface.methods.matching import Choice, stratified_choice
from coalface.plan.actions import NobodyToDraw
from coalface.plan.queries import Field, the_field
from coalface.records.history import note
from coalface.records.models import (
    GROUPS,
    Attendance,
    ChosenBy,
    Customer,
    Encounter,
    Guest,
    Outcome,
    Person,
    Purpose,
    RecruitmentQuota,
)

from .encounters import AlreadyDecided, NotHeld, locked
from .thanks import NotThere


class NotAGroup(Exception):
    """Guests are invited to a focus group or an event, not to this format."""


class Full(Exception):
    """Every seat is taken."""


class QuotaFull(Exception):
    """Enough guests of this segment are invited, or none was asked for."""


class TooManyWanted(Exception):
    """The quotas together ask for more guests than there are seats."""


class HasSpoken(Exception):
    """Words are attributed to this guest: they came, and they agreed."""


class TooGenerous(Exception):
    """A guest may be given less than that; `guest` says who, `most` how much, in minor units."""

    def __init__(self, guest: Guest, most: int) -> None:
        super().__init__(guest.pk, most)
        self.guest, self.most = guest, most


@dataclass(frozen=True, slots=True)
class Seat:
    """What is known of one guest: whether they came, whether words may be attributed, where they sit."""

    guest: Guest
    came: bool | None
    agreed: bool
    table: int | None


@transaction.atomic
def set_quota(
    *, encounter: Encounter, segment: str, wanted: int, by: Person, now: datetime
) -> RecruitmentQuota | None:
    """Ask for so many guests of a segment; nought takes the wish back."""
    group = _still_inviting(pk=encounter.pk)
    others = sum(row.wanted for row in quotas(group) if row.segment != segment)
    if others + wanted > group.format.seats:
        raise TooManyWanted(group.format.seats)
    quota = None
    if wanted:
        quota, _ = group.quotas.update_or_create(segment=segment, defaults={"wanted": wanted})
    else:
        group.quotas.filter(segment=segment).delete()
    note("quota.set", about=group, by=by, at=now, wanted=wanted)
    return quota


@transaction.atomic
def invite(*, encounter: Encounter, customer: Customer, channel: str, by: Person, now: datetime) -> Guest:
    """Ask a customer by name, through the one door; asked twice, they are a guest once."""
    group = _still_inviting(pk=encounter.pk)
    if there := group.guests.filter(customer=customer).first():
        return there
    _refuse_unless_there_is_room(group=group, segment=customer.segment)
    approach(customer=customer, channel=channel, purpose=Purpose.CONVERSATION, by=by, now=now)
    if group.chosen_by == ChosenBy.PLANNER:  # one hand-picked guest, and the group is no fair draw any more
        group.chosen_by = ChosenBy.PERSON
        group.save(update_fields=["chosen_by"])
    guest = Guest.objects.create(encounter=group, customer=customer)
    note("guest.invited", about=group, by=by, at=now, guest=guest.pk)
    return guest


@transaction.atomic
def draw_guests(
    *, encounter: Encounter, count: int, channel: str, seed: int, by: Person, now: datetime
) -> list[Guest]:
    """Draw so many guests fairly, by quota or by who is met too rarely; the form brought the seed."""
    group = _still_inviting(pk=encounter.pk)
    if drawn := draw_of(group, seed):
        return list(Guest.objects.filter(pk__in=drawn).order_by("id"))
    if not seats_left(group):
        raise Full(group)
    field = the_field(channel=channel, now=now, within=group.unit)
    for customer in group.guests.values_list("customer", flat=True):
        field = field.without(str(customer))
    guests: list[Guest] = []
    while len(guests) < count and seats_left(group):
        choice, field = _next(group=group, field=field, channel=channel, seed=seed, by=by, now=now)
        if choice is None:
            break
        guests.append(_drawn(group=group, choice=choice, seed=seed, by=by, now=now))
    if not guests:
        raise NobodyToDraw(channel)
    return guests


def _next(
    *, group: Encounter, field: Field, channel: str, seed: int, by: Person, now: datetime
) -> tuple[Choice | None, Field]:
    """The next one who may be approached, and the field without them and all who were not free."""
    while choice := _choice(group=group, field=field, seed=seed):
        field = field.without(choice.chosen)
        try:
            customer = Customer(pk=UUID(choice.chosen))
            approach(customer=customer, channel=channel, purpose=Purpose.CONVERSATION, by=by, now=now)
        except (Restricted, NoConsent, TooSoon):
            continue
        return choice, field
    return None, field


def _choice(*, group: Encounter, field: Field, seed: int) -> Choice | None:
    wanted = quotas(group)
    if not wanted:
        return stratified_choice(base=field.base, met=field.met, eligible=field.eligible, seed=seed)
    short = {quota.segment for quota in wanted if not quota.full}
    return stratified_choice(
        base={quota.segment: quota.wanted for quota in wanted},
        met={quota.segment: quota.invited for quota in wanted},
        eligible={segment: who for segment, who in field.eligible.items() if segment in short},
        seed=seed,
    )


def _drawn(*, group: Encounter, choice: Choice, seed: int, by: Person, now: datetime) -> Guest:
    guest = Guest.objects.create(encounter=group, customer_id=UUID(choice.chosen))
    about = {"seed": seed, "guest": guest.pk, "stratum": choice.stratum, "among": choice.among}
    note("guest.drawn", about=group, by=by, at=now, **about)
    return guest


@transaction.atomic
def take_back_invitation(*, guest: Guest, by: Person, now: datetime) -> None:
    """A guest cannot come: the seat is free again, and that we approached them stays on record."""
    group = _still_inviting(pk=guest.encounter_id)
    gone, _ = Guest.objects.filter(pk=guest.pk).delete()
    if gone:
        note("guest.taken_back", about=group, by=by, at=now)


def _still_inviting(*, pk: UUID) -> Encounter:
    group = locked(pk=pk)
    if group.format.kind not in GROUPS:
        raise NotAGroup(group)
    if group.outcome != Outcome.PLANNED:
        raise AlreadyDecided(group)
    return group


def _refuse_unless_there_is_room(*, group: Encounter, segment: str) -> None:
    if not seats_left(group):
        raise Full(group)
    wanted = quotas(group)
    if wanted and not any(quota.segment == segment and not quota.full for quota in wanted):
        raise QuotaFull(segment)


@transaction.atomic
def seat_guests(
    *,
    encounter: Encounter,
    guests: Sequence[Seat],
    ours: Sequence[tuple[Attendance, int | None]],
    by: Person,
    now: datetime,
) -> None:
    """Write down who came, who agreed to be written down, and who sits where, all at once."""
    group = locked(pk=encounter.pk)
    quoted = set(group.remarks.exclude(customer=None).values_list("customer", flat=True))
    for seat in guests:
        if seat.guest.customer_id in quoted and (seat.came is False or not seat.agreed):
            raise HasSpoken(seat.guest)
    changed = [_seated(seat=seat, now=now) for seat in guests]
    changed += [_moved(attendance=attendance, table=table) for attendance, table in ours]
    if any(changed):
        note("guests.seated", about=group, by=by, at=now)


def _seated(*, seat: Seat, now: datetime) -> bool:
    guest = seat.guest
    agreed_at = (guest.agreed_at or now) if seat.agreed else None
    if (guest.came, guest.agreed_at, guest.table) == (seat.came, agreed_at, seat.table):
        return False
    guest.came, guest.agreed_at, guest.table = seat.came, agreed_at, seat.table
    guest.save(update_fields=["came", "agreed_at", "table"])
    return True


def _moved(*, attendance: Attendance, table: int | None) -> bool:
    if attendance.table == table:
        return False
    attendance.table = table
    attendance.save(update_fields=["table"])
    return True


@transaction.atomic
def give_tokens(
    *,
    encounter: Encounter,
    guests: Sequence[Guest],
    token: str,
    value: int,
    currency: str,
    by: Person,
    now: datetime,
) -> None:
    """Write down what guests were given as thanks, in minor units: afterwards, never as a condition.

    Above a limit of one of them nobody's is written down.
    """
    if locked(pk=encounter.pk).outcome != Outcome.HELD:
        raise NotHeld(encounter)
    if not all(guest.came for guest in guests):
        raise NotThere(encounter)
    for guest in guests:
        if value > (most := token_limit(guest, currency, now)):
            raise TooGenerous(guest, most)
    for guest in guests:
        guest.token, guest.token_value, guest.token_currency = token, value, currency
        guest.thanked_at = guest.thanked_at or now
        guest.save(update_fields=["token", "token_value", "token_currency", "thanked_at"])
    note("guests.given_tokens", about=encounter, by=by, at=now, guests=[guest.pk for guest in guests])
