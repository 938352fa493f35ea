"""Who may hand out PINs and badges, who has which, and what a badge or a shared device is known by."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import pairwise
from typing import Final

from django.utils import timezone

from coalface.permissions import RIGHTS, Right, Rights
from coalface.policies import number
from coalface.records.models import Account, Badge, Grant, Person, Position, SharedDevice, StaffPin
from coalface.records.models.us.position import Positions
from coalface.records.tables import Column, Of, Table

from .directory import position_of, positions_on

# By which a shared device is known: a long secret, kept here as its digest.
DEVICE_COOKIE: Final = "coalface_device"
BADGE_DIGITS: Final = 40
LONGEST_PIN, SHORTEST_PIN = 12, 6
# What a scanner that believes in an English keyboard types on a French one.
FRENCH: Final = str.maketrans("à&é\"'(-è_ç", "0123456789")


PASSES = Table(
    "passes",
    (
        Column("name", read="position.person.name"),
        Column("unit", read="position.unit.name"),
        Column("staff_code", read="position.person.staff_code"),
        Column("email", read="passes.email"),
        Column("pin_state", read="passes.pin_state"),
        Column("badge", Of.YES_NO, lambda one: one.passes.badge is not None),
    ),
)


@dataclass(frozen=True, slots=True)
class Passes:
    """How somebody gets in: by e-mail, by PIN, by badge; a PIN is new, chosen, locked or too old."""

    email: str
    pin: StaffPin | None
    pin_state: str
    badge: Badge | None

    def __bool__(self) -> bool:
        return bool(self.email or self.pin or self.badge)


@dataclass(frozen=True, slots=True)
class OneOfTheTeam:
    """A line of the list from which passes are handed out."""

    position: Position
    passes: Passes


def digest_of(secret: str) -> str:
    """Under which a long random secret is kept."""
    return sha256(secret.encode()).hexdigest()


def pin_is_too_easy(pin: str, staff_code: str | None) -> str:
    """Why a PIN may not be chosen – "short", "long", "not_digits", "own_code", "repeats", "runs" – or ""."""
    if not (pin.isascii() and pin.isdigit()):
        return "not_digits"
    if not SHORTEST_PIN <= len(pin) <= LONGEST_PIN:
        return "short" if len(pin) < SHORTEST_PIN else "long"
    digits = re.sub(r"\D", "", staff_code or "")
    if digits and pin in {digits, digits[::-1], (digits * LONGEST_PIN)[: len(pin)], digits.zfill(len(pin))}:
        return "own_code"
    if any(pin == (pin[:part] * LONGEST_PIN)[: len(pin)] for part in (1, 2, 3)):
        return "repeats"
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    halves = {pin[: len(pin) // 2], pin[len(pin) // 2 :][::-1]}
    return "runs" if len(steps) == 1 or len(halves) == 1 else ""


def code_in(text: str) -> str:
    """The badge's code in what a scanner or a camera gave: the digits at its end, whatever stands before."""
    for read in (text, text.translate(FRENCH)):
        if found := re.search(rf"(\d{{{BADGE_DIGITS}}})\D*$", read.strip()):
            return found[1]
    return ""


def person_with_code(code: str, today: date) -> Person | None:
    """Who has this staff code and works here; upper and lower case are one."""
    if not code:
        return None
    return Person.objects.working(today).filter(staff_code__iexact=code).order_by("id").first()


def person_with_badge(code: str, today: date) -> Person | None:
    """Whose badge this is, if it is good and they work here."""
    if len(code) != BADGE_DIGITS:
        return None
    working = Person.objects.working(today)
    held = Badge.objects.filter(digest=digest_of(code), revoked_at=None, person__in=working)
    badge = held.select_related("person__account").first()
    return badge.person if badge else None


def device_known_by(token: str) -> SharedDevice | None:
    """The shared device whose cookie this is, unless it was taken back."""
    if not token:
        return None
    found = SharedDevice.objects.filter(digest=digest_of(token), revoked_at=None)
    return found.select_related("unit").first()


def codes_are_numbers() -> bool:
    """Whether every staff code can be typed on a keypad."""
    return not Person.objects.filter(staff_code__regex=r"[^0-9]").exists()


def may_issue(one: Person, *, by: Person, rights: Rights, now: datetime) -> bool:
    """Whether somebody may hand this person a PIN or a badge – never one that opens more than they may open.

    Those who manage people where the person works and wherever the person may do something; and the person's
    own manager, if everything the person may do the manager may do as well.
    """
    today = timezone.localdate(now)
    position = position_of(one, today)
    if position is None or one == by:
        return False
    held = list(Grant.objects.in_force(today).filter(person=one).select_related("unit"))
    units = [position.unit, *(grant.unit for grant in held)]
    if all(rights.reach(Right.MANAGE_PEOPLE, unit) for unit in units):
        return True
    theirs = position.manager_id == by.pk and rights.reach(Right.ISSUE_PASSES, position.unit)
    return theirs and all(_covers(rights, grant) for grant in held)


def _covers(rights: Rights, grant: Grant) -> bool:
    wanted = [right for right, roles in RIGHTS.items() if grant.role in roles]
    return all(rights.reach(right, grant.unit) for right in wanted)


def team_of(by: Person, rights: Rights, on: date) -> Positions:
    """Whom somebody could hand out passes to: where they manage people, and who reports to them."""
    there = positions_on(on).filter(rights.within(Right.MANAGE_PEOPLE, "unit"))
    mine = positions_on(on).filter(rights.within(Right.ISSUE_PASSES, "unit"), manager=by)
    return (there | mine).exclude(person=by)


def with_passes(positions: list[Position], now: datetime) -> Iterator[OneOfTheTeam]:
    """These people and how each of them gets in, in three queries however many they are."""
    people = [position.person_id for position in positions]
    emails = dict(Account.objects.filter(person__in=people).values_list("person_id", "email"))
    pins = {pin.person_id: pin for pin in StaffPin.objects.filter(person__in=people)}
    badges = {badge.person_id: badge for badge in Badge.objects.filter(person__in=people, revoked_at=None)}
    most, days = number("pin_tries"), number("one_time_pin_days")
    for position in positions:
        key = position.person_id
        state = _state(pins.get(key), most, days, now)
        yield OneOfTheTeam(position, Passes(emails.get(key, ""), pins.get(key), state, badges.get(key)))


def passes_of(person: Person, now: datetime) -> Passes:
    """How this person gets in."""
    account = Account.objects.filter(person=person).first()
    pin = StaffPin.objects.filter(person=person).first()
    state = _state(pin, number("pin_tries"), number("one_time_pin_days"), now)
    badge = Badge.objects.filter(person=person, revoked_at=None).first()
    return Passes(account.email if account else "", pin, state, badge)


def pin_state(pin: StaffPin | None, now: datetime) -> str:
    """Whether a PIN opens: "new" and "chosen" ones do, "locked" and "old" ones wait for a manager."""
    return _state(pin, number("pin_tries"), number("one_time_pin_days"), now)


def _state(pin: StaffPin | None, most: float, days: float, now: datetime) -> str:
    if pin is None:
        return ""
    if pin.wrong >= most:
        return "locked"
    if pin.must_change:
        return "old" if pin.issued_at + timedelta(days=days) < now else "new"
    return "chosen"


def devices() -> list[SharedDevice]:
    """The shared devices that are in use, with their places."""
    return list(
        SharedDevice.objects.filter(revoked_at=None)
        .select_related("unit", "set_up_by")
        .order_by("unit__path", "name", "id")
    )
