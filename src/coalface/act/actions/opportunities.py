"""Needs and ideas: wanted by customers before they are built, and adopted, or not, after."""

from datetime import datetime

from django.db import transaction

from coalface.act.queries import day_of, zone_of
from coalface.methods.adoption import adoption
from coalface.records.history import note
from coalface.records.models import (
    AdoptionVerdict,
    Customer,
    Fix,
    Lane,
    Opportunity,
    Person,
    Validation,
)

from .standing import held


class NotAnOpportunity(ValueError):
    """It runs in another lane."""


class AlreadyRegistered(ValueError):
    """What has to be true was written down; it does not change any more."""


class AlreadyHeard(ValueError):
    """This customer has said whether they want it."""


class NotLiveYet(ValueError):
    """Nobody can take up what is not there."""


class TooSoonToJudge(ValueError):
    """Not on the day it went live."""


class JudgesTheirOwn(PermissionError):
    """Whoever built it does not judge it."""


@transaction.atomic
def register_opportunity(
    *, fix: Fix, customers_wanted: int, smallest_share: float, by: Person, now: datetime
) -> Opportunity:
    """Write down how many have to want it before it is built, and which share has to take it up after."""
    fix = held(fix=fix)
    if fix.lane != Lane.OPPORTUNITY:
        raise NotAnOpportunity(fix)
    if Opportunity.objects.filter(fix=fix).exists():
        raise AlreadyRegistered(fix)
    made = Opportunity.objects.create(
        fix=fix,
        customers_wanted=customers_wanted,
        smallest_share=smallest_share,
        registered_by=by,
        registered_at=now,
    )
    note("opportunity.registered", about=fix, by=by, at=now, opportunity=made.pk)
    return made


@transaction.atomic
def validate(
    *, opportunity: Opportunity, customer: Customer, wants: bool, by: Person, now: datetime
) -> Validation:
    """A customer was shown it, and wants it or not."""
    fix = held(fix=opportunity.fix)
    customer = Customer.objects.present().select_for_update().get(pk=customer.pk)
    if opportunity.validations.filter(customer=customer).exists():
        raise AlreadyHeard(customer)
    heard = Validation.objects.create(
        opportunity=opportunity, customer=customer, wants=wants, heard_by=by, at=now
    )
    note("opportunity.validated", about=fix, by=by, at=now, validation=heard.pk)
    return heard


@transaction.atomic
def judge_adoption(
    *, opportunity: Opportunity, offered: int, adopted: int, by: Person, now: datetime
) -> AdoptionVerdict:
    """Say how many of those it was offered to took it up: somebody else than its owner, on a later day.

    The same figures again on one day are the same verdict.
    """
    fix = Fix.objects.select_for_update().get(pk=opportunity.fix_id)
    if not fix.shipped_at:
        raise NotLiveYet(fix)
    if by.pk == fix.owner_id:
        raise JudgesTheirOwn(fix)
    zone = zone_of(fix)
    today = day_of(now, zone)
    if today <= day_of(fix.shipped_at, zone):
        raise TooSoonToJudge(fix)
    last = opportunity.verdicts.order_by("-judged_at", "-id").first()
    same = last and (last.offered, last.adopted) == (offered, adopted)
    if same and day_of(last.judged_at, zone) == today:
        return last
    found = adoption(adopted, offered, opportunity.smallest_share)
    verdict = AdoptionVerdict.objects.create(
        opportunity=opportunity,
        offered=offered,
        adopted=adopted,
        share_low=found.share.low,
        share_high=found.share.high,
        ruling=found.ruling,
        judged_by=by,
        judged_at=now,
    )
    note("opportunity.judged", about=fix, by=by, at=now, verdict=verdict.pk, ruling=found.ruling)
    return verdict
