"""Changing something because customers asked."""

from collections import Counter
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from coalface.act.queries import customers_who_raised, people_who_noted
from coalface.customers.actions import NoConsent, Restricted, TooSoon, approach
from coalface.people.actions import gone, say_moved, successor
from coalface.records.history import note
from coalface.records.models import (
    Channel,
    Customer,
    EvaluationPlan,
    Event,
    Fix,
    Issue,
    OutgoingMessage,
    Person,
    Purpose,
    Ruling,
    Telling,
    Unit,
    Verbatim,
    Verdict,
)

NOT_REACHED = {NoConsent: "no_consent", Restricted: "restricted", TooSoon: "too_soon"}


class MergedIssue(ValueError):
    """The issue has become part of another; the fix belongs there."""


class NotItsOwner(PermissionError):
    """Only its owner accepts, ships or declines a fix."""


class NotAccepted(ValueError):
    """Nobody has accepted the fix yet."""


class NoEvaluationPlan(ValueError):
    """How the fix will be judged has to be written down before it ships."""


class AlreadyShipped(ValueError):
    """The fix is live already."""


class AlreadyDeclined(ValueError):
    """The fix was declined."""


class NoReason(ValueError):
    """Who declines says why."""


@transaction.atomic
def open_fix(
    *,
    issue: Issue,
    title: str,
    lane: str,
    owner: Person,
    due_on: date,
    by: Person,
    now: datetime,
    unit: Unit | None = None,
) -> Fix:
    """Propose a change for an issue to its owner; who opens it for themselves has accepted it."""
    if issue.merged_into_id:
        raise MergedIssue(issue)
    fix = Fix.objects.create(
        issue=issue,
        unit=unit,
        title=title,
        lane=lane,
        owner=owner,
        due_on=due_on,
        opened_by=by,
        opened_at=now,
        accepted_at=now if by == owner else None,
    )
    note("fix.opened", about=fix, by=by, at=now, issue=issue.pk, owner=owner.pk)
    return fix


@transaction.atomic
def accept_fix(*, fix: Fix, by: Person, now: datetime) -> Fix:
    """Take a fix on, as its owner; accepting twice is harmless."""
    fix = _open_for(fix, by)
    if fix.accepted_at is None:
        fix.accepted_at = now
        fix.save(update_fields=["accepted_at"])
        note("fix.accepted", about=fix, by=by, at=now)
    return fix


@transaction.atomic
def decline_fix(*, fix: Fix, reason: str, by: Person, now: datetime) -> Fix:
    """Say no as its owner, with a reason everybody can read."""
    if not reason.strip():
        raise NoReason(fix)
    fix = _open_for(fix, by)
    fix.decline_reason = Verbatim.objects.create(text=reason.strip())
    fix.declined_at = now
    fix.save(update_fields=["declined_at", "decline_reason"])
    note("fix.declined", about=fix, by=by, at=now)
    return fix


@transaction.atomic
def ship(*, fix: Fix, by: Person, now: datetime) -> Fix:
    """Say that a fix is live, so that its evaluation can start."""
    fix = _open_for(fix, by)
    if fix.accepted_at is None:
        raise NotAccepted(fix)
    if not EvaluationPlan.objects.filter(fix=fix).exists():
        raise NoEvaluationPlan(fix)
    fix.shipped_at = now
    fix.save(update_fields=["shipped_at"])
    note("fix.shipped", about=fix, by=by, at=now)
    return fix


def _open_for(fix: Fix, by: Person) -> Fix:
    """The fix as it is now, locked, if it is still open and theirs."""
    fix = Fix.objects.select_for_update(of=("self",)).get(pk=fix.pk)
    if fix.shipped_at:
        raise AlreadyShipped(fix)
    if fix.declined_at:
        raise AlreadyDeclined(fix)
    if fix.owner_id != by.pk:
        raise NotItsOwner(fix)
    return fix


@transaction.atomic
def tell_those_who_raised_it(*, event: Event, now: datetime) -> Counter[str]:
    """After VERIFIED, tell customers who may be told and those of us who brought it in; each once.

    Colleagues without an address are not written to: they read it on their own page.
    """
    verdict = Verdict.objects.select_related("fix__issue", "fix__unit", "fix__owner").get(
        pk=event.payload["verdict"]
    )
    if verdict.ruling != Ruling.VERIFIED:
        return Counter()
    fix = verdict.fix
    counts = Counter(tell_customer(fix=fix, customer=one, now=now) for one in _customers_to_tell(fix))
    known = Telling.objects.filter(fix=fix, person__isnull=False).values("person")
    for person in people_who_noted(fix).working(timezone.localdate(now)).exclude(pk__in=known):
        _tell_one_of_us(fix, person, now)
        counts["people"] += 1
    note("fix.told", about=fix, by=None, at=now, verdict=verdict.pk, **counts)
    return counts


def _customers_to_tell(fix: Fix) -> list[Customer]:
    known = Telling.objects.filter(fix=fix, customer__isnull=False).values("customer")
    return list(customers_who_raised(fix).exclude(pk__in=known))


def tell_customer(
    *,
    fix: Fix,
    customer: Customer,
    now: datetime,
    template: str = "act/told_customer",
    about: dict[str, object] | None = None,
) -> str:
    """Write to one customer through the one door; says "told" or the reason why not."""
    if not customer.email:
        return "no_address"
    try:
        approach(customer=customer, channel=Channel.EMAIL, purpose=Purpose.TELLING, by=fix.owner, now=now)
    except tuple(NOT_REACHED) as refusal:
        return NOT_REACHED[type(refusal)]
    key = f"told-{fix.pk}-{customer.pk}"
    _tell(fix, now, key, template, {"fix": fix.pk, **(about or {})}, customer=customer)
    return "told"


def _tell_one_of_us(fix: Fix, person: Person, now: datetime) -> Telling:
    if not person.email:
        return Telling.objects.create(fix=fix, person=person, at=now)
    key = f"told-{fix.pk}-p{person.pk}"
    return _tell(fix, now, key, "act/told_person", {"fix": fix.pk}, person=person)


def _tell(
    fix: Fix,
    now: datetime,
    key: str,
    template: str,
    about: dict[str, object],
    customer: Customer | None = None,
    person: Person | None = None,
) -> Telling:
    message = OutgoingMessage.objects.create(
        key=key, template=template, customer=customer, person=person, about=about, due_at=now
    )
    return Telling.objects.create(fix=fix, customer=customer, person=person, message=message, at=now)


@transaction.atomic
def hand_on_fixes(*, event: Event, now: datetime) -> int:
    """Open fixes of somebody who left go to who takes over, who has not said yes to any of them yet."""
    person = gone(event=event)
    theirs = (
        list(Fix.objects.open().select_for_update().filter(owner=person).order_by("id")) if person else []
    )
    if not theirs:
        return 0
    to = successor(person=person, now=now)
    for fix in theirs:
        fix.owner, fix.accepted_at = to, None
        fix.save(update_fields=["owner", "accepted_at"])
        note("fix.handed_on", about=fix, by=None, at=now, to=to.pk, left=event.pk)
    say_moved(event=event, person=person, to=to, now=now, fixes=len(theirs))
    return len(theirs)
