"""Giving a fix to somebody else: it stays the giver's until the other says yes."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from coalface.policies import number
from coalface.records.history import note
from coalface.records.models import Fix, FixOffer, Person
from coalface.understand.queries import midnight

from .standing import (
    NotItsOwner,
    close_offer,
    held,
    held_by,
    not_its_judge,
    waiting_offer,
    words,
    write_to,
)


class AlreadyOffered(ValueError):
    """Somebody else has been asked and has not answered."""


class NotAsked(PermissionError):
    """It was offered to somebody else, or to nobody."""


class AlreadyAnswered(ValueError):
    """The offer was answered, taken back, or ran out of time."""


class AlreadyTheirs(ValueError):
    """It is theirs."""


class HasLeft(ValueError):
    """They do not work here any more."""


@transaction.atomic
def offer_fix(*, fix: Fix, to: Person, by: Person, now: datetime) -> FixOffer:
    """Ask somebody to take a fix on; asking the same person twice is harmless."""
    fix = held_by(fix=fix, by=by)
    if to.pk == by.pk:
        raise AlreadyTheirs(fix)
    if to.has_left(timezone.localdate(now)):
        raise HasLeft(to)
    if waiting := waiting_offer(fix=fix):
        if waiting.receiver_id == to.pk:
            return waiting
        raise AlreadyOffered(fix)
    not_its_judge(fix=fix, person=to)
    return start_offer(fix=fix, to=to, by=by, now=now)


def start_offer(*, fix: Fix, to: Person, by: Person, now: datetime) -> FixOffer:
    """The offer itself, of a fix that is held; whoever is asked gets a mail."""
    due = now + timedelta(days=number("fix_answer_days"))
    offer = FixOffer.objects.create(fix=fix, giver=by, receiver=to, offered_at=now, answer_due_at=due)
    note("fix.offered", about=fix, by=by, at=now, offer=offer.pk, to=to.pk)
    _mail("act/offered", to, offer, now)
    return offer


@transaction.atomic
def accept_fix(*, fix: Fix, by: Person, now: datetime) -> Fix:
    """Take a fix on, as who was asked or as its owner, who may do it after all; twice is harmless."""
    fix = held(fix=fix)
    offer = waiting_offer(fix=fix)
    asked = offer is not None and offer.receiver_id == by.pk
    if not asked and fix.owner_id != by.pk:
        raise AlreadyAnswered(fix) if _was_asked(fix, by) else NotItsOwner(fix)
    if fix.accepted_at and not asked:
        return fix
    not_its_judge(fix=fix, person=by)
    if offer:
        close_offer(offer=offer, by=by, now=now, accepted=asked)
    fix.owner, fix.accepted_at = by, now
    fix.save(update_fields=["owner", "accepted_at"])
    note("fix.accepted", about=fix, by=by, at=now)
    return fix


@transaction.atomic
def return_fix(*, fix: Fix, reason: str, by: Person, now: datetime) -> Fix:
    """Say no to an offer, and why: the fix is the giver's as before, who gets a mail."""
    fix = held(fix=fix)
    offer = waiting_offer(fix=fix)
    if offer is None or offer.receiver_id != by.pk:
        raise AlreadyAnswered(fix) if _was_asked(fix, by) else NotAsked(fix)
    close_offer(offer=offer, by=by, now=now, reason=words(reason=reason, by=by))
    note("fix.returned", about=fix, by=by, at=now, offer=offer.pk)
    _mail("act/returned", offer.giver, offer, now)
    return fix


def _was_asked(fix: Fix, person: Person) -> bool:
    return FixOffer.objects.filter(fix=fix, receiver=person, answered_at__isnull=False).exists()


@transaction.atomic
def take_back(*, fix: Fix, by: Person, now: datetime) -> Fix:
    """Ask nobody any more; taking back what was answered meanwhile says so."""
    fix = held_by(fix=fix, by=by)
    offer = waiting_offer(fix=fix)
    if offer is None:
        raise AlreadyAnswered(fix)
    close_offer(offer=offer, by=by, now=now)
    note("fix.taken_back", about=fix, by=by, at=now, offer=offer.pk)
    return fix


def expire_offers(*, now: datetime) -> int:
    """Give back what nobody accepted in time, each in a transaction of its own; say how many that were.

    The day until which an answer was asked for is over first: people read a day, not an hour.
    """
    still = Q(fix__shipped_at=None, fix__declined_at=None, fix__merged_into=None)
    late = FixOffer.objects.overdue(_today(now)).filter(still).order_by("id")
    return sum(_expire(pk=pk, fix=fix, now=now) for pk, fix in list(late.values_list("pk", "fix")))


def _today(now: datetime) -> datetime:
    return midnight(timezone.localdate(now))


@transaction.atomic
def _expire(*, pk: int, fix: int, now: datetime) -> bool:
    locked = Fix.objects.select_for_update(of=("self",)).get(pk=fix)
    offer = FixOffer.objects.overdue(_today(now)).select_related("giver").filter(pk=pk).first()
    if offer is None:
        return False
    close_offer(offer=offer, by=None, now=now)
    note("fix.not_taken", about=locked, by=None, at=now, offer=pk)
    _mail("act/returned", offer.giver, offer, now)
    return True


def _mail(template: str, to: Person, offer: FixOffer, now: datetime) -> None:
    key = f"{template.partition('/')[2]}-fix-{offer.pk}"
    write_to(person=to, template=template, key=key, about={"fix_offer": offer.pk}, now=now)
