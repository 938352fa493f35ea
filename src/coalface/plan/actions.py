"""Deciding who meets whom and when."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from uuid_utils.compat import uuid7

from coalface.customers.actions import NoConsent, Restricted, TooSoon, approach
from coalface.methods.matching import Choice, stratified_choice
from coalface.people.actions import gone
from coalface.plan.queries import the_field
from coalface.records.history import note
from coalface.records.models import (
    Assignment,
    Attendance,
    ChosenBy,
    Commitment,
    Customer,
    Depth,
    Encounter,
    Event,
    Exemption,
    Format,
    FormatKind,
    Guest,
    Level,
    Person,
    ProgrammeNotice,
    Purpose,
    Unit,
)


class KeyTaken(Exception):
    """Another format has this key."""


class NotADay(Exception):
    """A cadence is one day or more."""


class RemoteNotOffered(Exception):
    """Nobody is let off before a remote way of meeting was offered to them."""


class EndsBeforeItStarts(Exception):
    """An exemption ends after it starts."""


class MustBeAnnounced(Exception):
    """This format may not take anybody by surprise."""


class NoGuestsBeforehand(Exception):
    """Nobody is invited to an incognito visit: whoever is met there is met unknown."""


class NoText(Exception):
    """A notice says in words what was announced."""


class NotPublishedYet(Exception):
    """A notice is filed once everybody could read it."""


class NobodyToDraw(Exception):
    """No customer agreed to be asked this way, or all of them were asked lately."""


@dataclass(frozen=True, slots=True)
class NewFormat:
    """A format to start from, in the words of whoever takes it."""

    key: str
    name: str
    kind: str
    depth: str
    minutes: int
    guide: str
    seats: int = 1
    may_be_unannounced: bool = False


@transaction.atomic
def add_format(
    *,
    key: str,
    name: str,
    depth: str,
    minutes: int,
    by: Person | None,
    now: datetime,
    guide: str = "",
    may_be_unannounced: bool = False,
    kind: str = FormatKind.CONVERSATION,
    seats: int = 1,
) -> Format:
    """Describe a way of meeting customers; the guide holds one question or step a line."""
    if Format.objects.filter(key=key).exists():
        raise KeyTaken(key)
    added = Format.objects.create(
        key=key,
        name=name,
        depth=Depth(depth),
        kind=FormatKind(kind),
        minutes=minutes,
        seats=seats,
        guide=guide,
        may_be_unannounced=may_be_unannounced,
    )
    note("format.added", about=added, by=by, at=now)
    return added


@transaction.atomic
def add_formats(*, rows: Sequence[NewFormat], by: Person | None, now: datetime) -> list[Format]:
    """Take several formats at once; those whose key is there already stay as they are."""
    there = set(Format.objects.values_list("key", flat=True))
    new = [row for row in rows if row.key not in there]
    return [add_format(by=by, now=now, **asdict(row)) for row in new]


@transaction.atomic
def commit_level(
    *, level: str, every_days: int, starts_on: date, by: Person | None, now: datetime
) -> Commitment:
    """Promise for everybody of a level; what was promised for it before ends that day."""
    made = Commitment(level=Level(level), every_days=every_days, starts_on=starts_on)
    return _commit(made=made, instead_of=Q(level=made.level), by=by, now=now)


@transaction.atomic
def commit_person(
    *, person: Person, every_days: int, starts_on: date, by: Person | None, now: datetime
) -> Commitment:
    """Promise for one person, whatever their level; what was promised for them before ends that day."""
    made = Commitment(person=person, every_days=every_days, starts_on=starts_on)
    return _commit(made=made, instead_of=Q(person=person), by=by, now=now)


def _commit(*, made: Commitment, instead_of: Q, by: Person | None, now: datetime) -> Commitment:
    if made.every_days < 1:
        raise NotADay(made.every_days)
    Commitment.objects.filter(instead_of, ends_on=None).update(ends_on=made.starts_on)
    made.save()
    note("commitment.made", about=made, by=by, at=now)
    return made


@transaction.atomic
def exempt(
    *,
    person: Person,
    starts_on: date,
    until_on: date,
    remote_offered_on: date | None,
    by: Person,
    now: datetime,
) -> Exemption:
    """Let somebody off until a day, without a reason; a remote format was offered to them before."""
    if remote_offered_on is None or remote_offered_on > timezone.localdate(now):
        raise RemoteNotOffered(remote_offered_on)
    if until_on <= starts_on:
        raise EndsBeforeItStarts(until_on)
    exemption = Exemption.objects.create(
        person=person,
        starts_on=starts_on,
        until_on=until_on,
        agreed_by=by,
        remote_offered_on=remote_offered_on,
    )
    note("exemption.agreed", about=exemption, by=by, at=now)
    return exemption


@transaction.atomic
def plan_encounter(
    *,
    format: Format,
    unit: Unit,
    starts_at: datetime,
    person: Person,
    customers: Sequence[Customer],
    chosen_by: str,
    by: Person | None,
    now: datetime,
    announced: bool = True,
    depth: str | None = None,
    id: UUID | None = None,
) -> Encounter:
    """Put an encounter into the calendar, who goes and who comes; a form may bring the id."""
    if not announced and not format.may_be_unannounced:
        raise MustBeAnnounced(format)
    if customers and format.kind == FormatKind.INCOGNITO:
        raise NoGuestsBeforehand(format)
    encounter = Encounter.objects.create(
        id=id or uuid7(),
        format=format,
        unit=unit,
        starts_at=starts_at,
        minutes=format.minutes,
        announced=announced,
        chosen_by=ChosenBy(chosen_by),
    )
    Attendance.objects.create(
        encounter=encounter, person=person, depth=Depth(depth or format.depth), minutes=format.minutes
    )
    Guest.objects.bulk_create(Guest(encounter=encounter, customer=customer) for customer in customers)
    note("encounter.planned", about=encounter, by=by, at=now, person=person.pk)
    return encounter


@transaction.atomic
def plan_once(*, id: UUID, person: Person, now: datetime, **more: object) -> Encounter:
    """Plan as above without a draw; the form brought the id, so that pressing twice plans it once."""
    Person.objects.select_for_update().get(pk=person.pk)
    if there := Encounter.objects.filter(pk=id, attendances__person=person).first():
        return there
    return plan_encounter(id=id, person=person, now=now, **more)


@transaction.atomic
def draw(
    *,
    person: Person,
    format: Format,
    unit: Unit,
    starts_at: datetime,
    by: Person | None,
    now: datetime,
    seed: int,
    channel: str = "phone",
    within: Unit | None = None,
) -> Assignment:
    """Draw a customer fairly, reach out to them, and plan the encounter; `within` narrows whom to draw from.

    Whoever was approached by somebody else in the same moment is passed over.
    """
    field = the_field(channel=channel, now=now, within=within)
    while choice := stratified_choice(base=field.base, met=field.met, eligible=field.eligible, seed=seed):
        customer = Customer(pk=UUID(choice.chosen))
        try:
            approach(customer=customer, channel=channel, purpose=Purpose.CONVERSATION, by=by, now=now)
        except (Restricted, NoConsent, TooSoon):
            field = field.without(choice.chosen)
            continue
        encounter = plan_encounter(
            format=format,
            unit=unit,
            starts_at=starts_at,
            person=person,
            customers=[customer],
            chosen_by=ChosenBy.PLANNER,
            by=by,
            now=now,
        )
        return _assign(choice=choice, encounter=encounter, person=person, seed=seed, by=by, now=now)
    raise NobodyToDraw(channel)


@transaction.atomic
def draw_once(
    *, person: Person, format: Format, starts_at: datetime, now: datetime, seed: int, **more: object
) -> Assignment:
    """Draw as above; the form brought the seed, so that pressing twice reaches one customer."""
    Person.objects.select_for_update().get(pk=person.pk)
    same = {"encounter__format": format, "encounter__starts_at": starts_at, "seed": seed}
    if there := Assignment.objects.filter(person=person, **same).first():
        return there
    return draw(person=person, format=format, starts_at=starts_at, now=now, seed=seed, **more)


def _assign(
    *,
    choice: Choice,
    encounter: Encounter,
    person: Person,
    seed: int,
    by: Person | None,
    now: datetime,
) -> Assignment:
    drawn = Assignment.objects.create(
        person=person,
        customer_id=UUID(choice.chosen),
        encounter=encounter,
        stratum=choice.stratum,
        deficit=choice.deficit,
        among=choice.among,
        seed=seed,
        drawn_at=now,
    )
    note("customer.drawn", about=drawn, by=by, at=now, encounter=str(encounter.pk))
    return drawn


@transaction.atomic
def file_notice(*, unit: Unit, text: str, published_on: date, by: Person, now: datetime) -> ProgrammeNotice:
    """Put on file what everybody of a unit was told about incognito visits, word for word; twice is once."""
    if not text.strip():
        raise NoText(unit)
    if published_on > timezone.localdate(now):
        raise NotPublishedYet(published_on)
    same = {"unit": unit, "text": text.strip(), "published_on": published_on}
    if there := ProgrammeNotice.objects.filter(**same).first():
        return there
    filed = ProgrammeNotice.objects.create(**same, filed_by=by, filed_at=now)
    note("notice.filed", about=filed, by=by, at=now, unit=unit.pk)
    return filed


@transaction.atomic
def end_commitments(*, event: Event, now: datetime) -> int:
    """Who has left owes no encounters any more; nobody inherits what another person promised."""
    person, today = gone(event=event), timezone.localdate(now)
    running = Commitment.objects.filter(person=person).exclude(ends_on__lte=today).order_by("id")
    theirs = list(running) if person else []
    for commitment in theirs:
        commitment.ends_on = max(today, commitment.starts_on)
        commitment.save(update_fields=["ends_on"])
        note("commitment.ended", about=commitment, by=None, at=now, left=event.pk)
    return len(theirs)
