"""PINs and badges: handing them out, choosing, trying, taking back – and ending what they opened."""

import secrets
from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils import timezone

from coalface.people.queries import BADGE_DIGITS, digest_of, pin_is_too_easy, pin_state, position_of
from coalface.policies import number
from coalface.records.history import note
from coalface.records.models import Account, Badge, Grant, Person, Role, StaffPin

from .directory import grant

PIN_DIGITS = 6
CODE_DIGITS = 5


class NotHere(Exception):
    """Only who works here is let in."""


class TooEasy(Exception):
    """A PIN that everybody tries first; `why` is the code of the reason."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NoPass(Exception):
    """There is nothing to take back."""


@transaction.atomic
def issue_pin(*, person: Person, by: Person | None, now: datetime) -> str:
    """A PIN for one use, told to nobody but the caller; the earlier one, and what that opened, ends.

    Whoever gets in for the first time also gets a sign-in, a staff code and the role of a member, as needed.
    """
    one = _let_in(person=person, by=by, now=now)
    pin = _one_time_pin(one)
    StaffPin.objects.update_or_create(
        person=one,
        defaults={
            "digest": make_password(pin), "wrong": 0, "must_change": True, "issued_by": by, "issued_at": now,
        },
    )  # fmt: skip
    end_sessions(person=one, now=now)
    note("pin.issued", about=one, by=by, at=now)
    return pin


def _one_time_pin(person: Person) -> str:
    while True:
        pin = "".join(secrets.choice("0123456789") for _ in range(PIN_DIGITS))
        if not pin_is_too_easy(pin, person.staff_code):
            return pin


def _let_in(*, person: Person, by: Person | None, now: datetime) -> Person:
    one, today = Person.objects.select_for_update().get(pk=person.pk), timezone.localdate(now)
    position = position_of(one, today)
    if one.has_left(today) or position is None:
        raise NotHere(person)
    if not Account.objects.filter(person=one).exists():
        account = Account(person=one, language=one.language, created_at=now)
        account.set_unusable_password()
        account.save()
        note("account.opened", about=account, by=by, at=now, person=one.pk)
    if not one.staff_code:
        one.staff_code = _free_code()
        one.save(update_fields=["staff_code"])
    if not Grant.objects.in_force(today).filter(person=one).exists():
        grant(person=one, role=Role.MEMBER, unit=position.unit, by=by, now=now)
    person.staff_code = one.staff_code
    return one


def _free_code() -> str:
    while True:
        code = str(10 ** (CODE_DIGITS - 1) + secrets.randbelow(9 * 10 ** (CODE_DIGITS - 1)))
        if not Person.objects.filter(staff_code=code).exists():
            return code


@transaction.atomic
def choose_pin(*, person: Person, pin: str, by: Person, now: datetime) -> StaffPin:
    """Put a PIN of one's own in the place of the one a manager has seen; other sessions end."""
    held = StaffPin.objects.select_for_update().filter(person=person).first()
    if held is None:
        raise NoPass(person)
    if why := pin_is_too_easy(pin, person.staff_code):
        raise TooEasy(why)
    if check_password(pin, held.digest):
        raise TooEasy("same")
    held.digest, held.wrong, held.must_change = make_password(pin), 0, False
    held.save(update_fields=["digest", "wrong", "must_change"])
    end_sessions(person=person, now=now)
    note("pin.chosen", about=person, by=by, at=now)
    return held


def try_pin(*, person: Person | None, pin: str, by: Person | None, now: datetime) -> StaffPin | None:
    """The PIN, if it opens. A try is counted before it is compared: many at once are not more tries.

    For a code that is nobody's, and for a PIN that is locked, the same work is done for nothing.
    """
    held = _count_a_try(person=person, now=now) if person else None
    if held is None:
        make_password(pin)
        return None
    if not check_password(pin, held.digest):
        _note_wrong(pin=held, by=by, now=now)
        return None
    StaffPin.objects.filter(pk=held.pk, digest=held.digest).update(wrong=0)
    return held


@transaction.atomic
def _count_a_try(*, person: Person, now: datetime) -> StaffPin | None:
    pins = StaffPin.objects.select_for_update(of=("self",)).select_related("person")
    held = pins.filter(person=person).first()
    if pin_state(held, now) not in {"new", "chosen"}:
        return None
    held.wrong += 1
    held.save(update_fields=["wrong"])
    return held


@transaction.atomic
def _note_wrong(*, pin: StaffPin, by: Person | None, now: datetime) -> None:
    note("pin.wrong", about=pin.person, by=by, at=now)
    if pin.wrong >= number("pin_tries"):
        note("pin.locked", about=pin.person, by=by, at=now)


@transaction.atomic
def revoke_pin(*, person: Person, by: Person | None, now: datetime) -> None:
    """Take the PIN away; what it opened ends at once."""
    Person.objects.select_for_update().get(pk=person.pk)
    gone, _ = StaffPin.objects.filter(person=person).delete()
    if not gone:
        raise NoPass(person)
    end_sessions(person=person, now=now)
    note("pin.revoked", about=person, by=by, at=now)


@transaction.atomic
def issue_badge(*, person: Person, by: Person | None, now: datetime) -> str:
    """A badge's code, told to nobody but the caller; the earlier badge opens nothing from this moment on.

    Digits alone: whatever keyboard a scanner believes in, digits come out as digits.
    """
    one = _let_in(person=person, by=by, now=now)
    if Badge.objects.filter(person=one, revoked_at=None).update(revoked_at=now):
        end_sessions(person=one, now=now)
    code = "".join(secrets.choice("0123456789") for _ in range(BADGE_DIGITS))
    Badge.objects.create(person=one, digest=digest_of(code), issued_by=by, issued_at=now)
    note("badge.issued", about=one, by=by, at=now)
    return code


@transaction.atomic
def revoke_badge(*, person: Person, by: Person | None, now: datetime) -> None:
    """A badge is lost: it opens nothing any more, and what it opened ends at once."""
    Person.objects.select_for_update().get(pk=person.pk)
    if not Badge.objects.filter(person=person, revoked_at=None).update(revoked_at=now):
        raise NoPass(person)
    end_sessions(person=person, now=now)
    note("badge.revoked", about=person, by=by, at=now)


def end_sessions(*, person: Person, now: datetime) -> None:
    """Whatever was opened in this person's name before is open no more, on any device."""
    Account.objects.filter(person=person).update(sessions_ended_at=now)
