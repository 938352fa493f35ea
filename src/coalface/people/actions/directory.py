"""Writing down who works here, where, and what they may do."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from coalface.permissions import RIGHTS, Right
from coalface.policies import POLICIES
from coalface.records.history import note
from coalface.records.models import (
    Account,
    Grant,
    Level,
    Person,
    Policy,
    Position,
    PublishedClock,
    Role,
    Unit,
    UnitKind,
)


class AlreadyFounded(Exception):
    """There is an organisation already; an installation serves one."""


class KeyTaken(Exception):
    """Another unit has this key."""


class StaffCodeTaken(Exception):
    """Somebody else has this staff code."""


class NotAfterTheLastMove(Exception):
    """The move lies on or before the day the present position began."""


class AlreadyGranted(Exception):
    """The person has this role in this unit."""


class AlreadyRevoked(Exception):
    """The grant has ended."""


class NobodyWouldManage(Exception):
    """After this nobody could add people or give rights."""


class AlreadyHasAnAccount(Exception):
    """The person can sign in already."""


class EmailTaken(Exception):
    """Somebody else signs in with this address."""


class OutOfRange(ValueError):
    """The number lies outside what the policy allows."""


class AlreadyPublished(Exception):
    """The person's clock is open to the organisation."""


class NotPublished(Exception):
    """The person's clock is not open to the organisation."""


@transaction.atomic
def found_organisation(
    *, name: str, key: str, time_zone: str, now: datetime, by: Person | None = None
) -> Unit:
    """Begin: the one unit without a parent, which everything else hangs on."""
    if Unit.objects.filter(parent=None).exists():
        raise AlreadyFounded
    root = Unit.objects.create(key=key, name=name, kind=UnitKind.ORGANISATION, path=key, time_zone=time_zone)
    _give_path(unit=root, above="")
    note("organisation.founded", about=root, by=by, at=now)
    return root


@transaction.atomic
def add_unit(*, key: str, name: str, kind: str, parent: Unit, by: Person | None, now: datetime) -> Unit:
    """Hang a region, site or department below another unit; it keeps the time of the unit above."""
    if Unit.objects.filter(key=key).exists():
        raise KeyTaken(key)
    unit = Unit.objects.create(
        key=key, name=name, kind=UnitKind(kind), parent=parent, path=key, time_zone=parent.time_zone
    )
    _give_path(unit=unit, above=parent.path)
    note("unit.added", about=unit, by=by, at=now)
    return unit


def _give_path(*, unit: Unit, above: str) -> None:
    unit.path = f"{above}{unit.pk}/"
    unit.save(update_fields=["path"])


@transaction.atomic
def add_person(
    *,
    name: str,
    unit: Unit,
    by: Person | None,
    now: datetime,
    starts_on: date,
    email: str = "",
    level: str = "",
    job: str = "",
    manager: Person | None = None,
    staff_code: str | None = None,
    language: str = "en",
) -> Person:
    """Put somebody into the directory with their first position; a sign-in is a step of its own."""
    code = staff_code or None
    if code and Person.objects.filter(staff_code__iexact=code).exists():
        raise StaffCodeTaken(code)
    person = Person.objects.create(name=name, email=email, staff_code=code, language=language)
    _place(person=person, unit=unit, on=starts_on, level=level, job=job, manager=manager)
    note("person.added", about=person, by=by, at=now)
    return person


@transaction.atomic
def change_person(
    *,
    person: Person,
    name: str,
    email: str,
    staff_code: str,
    language: str,
    by: Person | None,
    now: datetime,
) -> Person:
    """Correct what the directory says; who signs in with the address that changes does so with the new one.

    A changed sign-in address ends what was open, and a changed staff code keeps its PIN.
    """
    one = Person.objects.select_for_update().get(pk=person.pk)
    before = (one.name, one.email, one.staff_code, one.language)
    code = staff_code.strip() or None
    if code and Person.objects.filter(staff_code__iexact=code).exclude(pk=one.pk).exists():
        raise StaffCodeTaken(code)
    if email.lower() != one.email.lower():
        _sign_in_elsewhere(person=one, email=email.lower(), now=now)
    one.name, one.email, one.staff_code, one.language = name, email, code, language
    if before != (name, email, code, language):
        one.save(update_fields=["name", "email", "staff_code", "language"])
        note("person.changed", about=one, by=by, at=now)
    return one


def _sign_in_elsewhere(*, person: Person, email: str, now: datetime) -> None:
    account = Account.objects.filter(person=person, email=person.email.lower()).first()
    if account is None or not (email and person.email):
        return
    if Account.objects.filter(email__iexact=email).exclude(pk=account.pk).exists():
        raise EmailTaken(email)
    account.email, account.sessions_ended_at = email, now
    account.save(update_fields=["email", "sessions_ended_at"])


@transaction.atomic
def move_person(
    *,
    person: Person,
    unit: Unit,
    by: Person | None,
    now: datetime,
    on: date,
    level: str = "",
    job: str = "",
    manager: Person | None = None,
) -> Position:
    """Give somebody a new position from a day on; what they were until then stays as it was."""
    moving = Person.objects.select_for_update().get(pk=person.pk)
    if moving.left_on:
        _welcome_back(person=person)
    present = Position.objects.filter(person=person, ends_on=None).first()
    if present:
        end_position(position=present, on=on)
    position = _place(person=person, unit=unit, on=on, level=level, job=job, manager=manager)
    note("person.moved", about=person, by=by, at=now, position=position.pk)
    return position


def _welcome_back(*, person: Person) -> None:
    person.left_on = None
    person.save(update_fields=["left_on"])


def somebody_manages_without(*, grants: set[int]) -> None:
    """Refuse what would leave nobody to add people and give rights."""
    managing = Grant.objects.filter(ends_on=None, role__in=RIGHTS[Right.MANAGE_PEOPLE])
    list(managing.select_for_update().order_by("id"))
    held = set(managing.filter(person__left_on=None).values_list("pk", flat=True))
    if held and held <= grants:
        raise NobodyWouldManage


def end_position(*, position: Position, on: date) -> None:
    """What somebody was until a day; the caller notes what follows."""
    if on <= position.starts_on:
        raise NotAfterTheLastMove(position)
    position.ends_on = on
    position.save(update_fields=["ends_on"])


def _place(*, person: Person, unit: Unit, on: date, level: str, job: str, manager: Person | None) -> Position:
    return Position.objects.create(
        person=person, unit=unit, manager=manager, level=Level(level) if level else "", job=job, starts_on=on
    )


@transaction.atomic
def grant(*, person: Person, role: str, unit: Unit, by: Person | None, now: datetime) -> Grant:
    """Give a role for a unit and everything below it, from today."""
    Person.objects.select_for_update().get(pk=person.pk)
    if Grant.objects.filter(person=person, role=role, unit=unit, ends_on=None).exists():
        raise AlreadyGranted(role)
    given = Grant.objects.create(
        person=person, role=Role(role), unit=unit, starts_on=timezone.localdate(now), granted_by=by
    )
    note("grant.given", about=given, by=by, at=now, person=person.pk)
    return given


@transaction.atomic
def revoke(*, grant: Grant, by: Person | None, now: datetime) -> Grant:
    """End a grant today; the last one that lets anybody manage people stays."""
    Person.objects.select_for_update().get(pk=grant.person_id)
    if not Grant.objects.filter(pk=grant.pk, ends_on=None).exists():
        raise AlreadyRevoked(grant)
    somebody_manages_without(grants={grant.pk})
    grant.ends_on = timezone.localdate(now)
    grant.save(update_fields=["ends_on"])
    note("grant.revoked", about=grant, by=by, at=now, person=grant.person_id)
    return grant


@transaction.atomic
def open_account(*, person: Person, email: str, password: str, by: Person | None, now: datetime) -> Account:
    """Let somebody sign in by e-mail, also who so far got in by PIN or badge alone.

    The address is kept in small letters, the password only as its hash.
    """
    address = email.strip().lower()
    account = Account.objects.select_for_update(of=("self",)).filter(person=person).first()
    if account and account.email:
        raise AlreadyHasAnAccount(person)
    if Account.objects.filter(email__iexact=address).exists():
        raise EmailTaken(address)
    account = account or Account(person=person, language=person.language, created_at=now)
    account.email = address
    account.set_password(password)
    account.save()
    note("account.opened", about=account, by=by, at=now, person=person.pk)
    return account


@transaction.atomic
def choose(*, key: str, value: float, by: Person, now: datetime) -> Policy:
    """Choose a number for the organisation; the earlier choices stay on record."""
    policy = POLICIES[key]
    if not policy.least <= value <= policy.most:
        raise OutOfRange(key)
    chosen = Policy.objects.create(key=key, value=value, set_by=by, set_at=now)
    note("policy.chosen", about=chosen, by=by, at=now)
    return chosen


@transaction.atomic
def publish_clock(*, by: Person, now: datetime) -> PublishedClock:
    """Let the organisation see how long ago I met a customer; nobody can do this for somebody else."""
    Person.objects.select_for_update().get(pk=by.pk)
    if PublishedClock.objects.filter(person=by, withdrawn_at=None).exists():
        raise AlreadyPublished(by)
    clock = PublishedClock.objects.create(person=by, published_at=now)
    note("clock.published", about=clock, by=by, at=now)
    return clock


@transaction.atomic
def withdraw_clock(*, by: Person, now: datetime) -> PublishedClock:
    """Take my clock back out of every chart, from now on."""
    clock = PublishedClock.objects.select_for_update().filter(person=by, withdrawn_at=None).first()
    if clock is None:
        raise NotPublished(by)
    clock.withdrawn_at = now
    clock.save(update_fields=["withdrawn_at"])
    note("clock.withdrawn", about=clock, by=by, at=now)
    return clock
