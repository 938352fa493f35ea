"""Asking those who raised something whether it is better now, and taking their answer as a judgement."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from coalface.act.actions import tell_customer
from coalface.policies import number
from coalface.records.history import note
from coalface.records.models import Basis, Customer, CustomerAnswer, Fix, Person, Ruling, Verdict
from coalface.verify.queries import (
    answers_to,
    customers_judge,
    day_of,
    due_for_asking,
    settled,
    to_ask,
    token_of,
    zone_of,
)

from .judging import NotShipped, TooEarly, locked, still_here, write_down


class AlreadyDecided(ValueError):
    """The customer has answered, and the customers' verdict has been given since."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How many were asked now, and for which reason how many were not."""

    asked: int
    not_asked: dict[str, int]


@transaction.atomic
def ask_those_who_raised_it(*, fix: Fix, by: Person, now: datetime) -> Asked:
    """Tell each known customer what was changed and ask whether it helped; nobody is asked twice.

    Not on the day it ships: nobody can have felt it.
    """
    fix = locked(fix=fix)
    if fix.shipped_at is None:
        raise NotShipped(fix)
    zone = zone_of(fix)
    if day_of(now, zone) <= day_of(fix.shipped_at, zone):
        raise TooEarly(fix)
    counts = Counter(_ask(fix, customer, now) for customer in list(to_ask(fix)))
    asked = counts.pop("told", 0)
    note("customers.asked", about=fix, by=by, at=now, asked=asked, **counts)
    return Asked(asked, dict(counts))


def ask_due(*, now: datetime) -> list[Asked]:
    """Ask, in the name of who registered the yardstick, whom nobody asked for `ask_after_days`.

    Whom the cap held back that day is asked once it is over.
    """
    return [
        ask_those_who_raised_it(fix=fix, by=still_here(person=_registered(fix), now=now), now=now)
        for fix in due_for_asking(now)
    ]


def _registered(fix: Fix) -> Person:
    return fix.evaluation_plan.registered_by


def _ask(fix: Fix, customer: Customer, now: datetime) -> str:
    question = CustomerAnswer(fix=fix, customer=customer, asked_at=now)
    about = {"customer_answer": str(question.pk), "token": token_of(question)}
    outcome = tell_customer(fix=fix, customer=customer, now=now, template="verify/better", about=about)
    if outcome == "told":
        question.save(force_insert=True)
    return outcome


@transaction.atomic
def answer(*, customer_answer: CustomerAnswer, better: bool, now: datetime) -> Verdict | None:
    """Take a customer's yes or no; when enough have spoken and counts cannot, it is a verdict."""
    fix = locked(fix=customer_answer.fix)
    zone = zone_of(fix)
    if day_of(now, zone) <= day_of(fix.shipped_at, zone):
        raise TooEarly(fix)
    given = CustomerAnswer.objects.select_for_update().get(pk=customer_answer.pk)
    if settled(given):
        raise AlreadyDecided(given)
    last = Verdict.objects.filter(fix=fix, basis=Basis.CUSTOMERS).first()
    given.better, given.answered_at = better, now
    given.save(update_fields=["better", "answered_at"])
    _note_answer(fix, given, now)
    ruling = _ruling(fix, last)
    if ruling is None or (last and last.ruling == ruling) or not customers_judge(fix):
        return None
    return write_down(verdict=Verdict(fix=fix, ruling=ruling, basis=Basis.CUSTOMERS, judged_at=now), now=now)


def _note_answer(fix: Fix, given: CustomerAnswer, now: datetime) -> None:
    note("customer.answered", about=fix, by=None, at=now, customer_answer=str(given.pk))


def _ruling(fix: Fix, last: Verdict | None) -> str | None:
    """What the answers so far amount to; None while they do not."""
    said = answers_to(fix)
    if said.no == 0 and said.yes >= number("customer_yes_needed"):
        return Ruling.VERIFIED
    if said.no and said.no >= said.yes:
        worked = last and last.ruling in {Ruling.VERIFIED, Ruling.RELAPSED}
        return Ruling.RELAPSED if worked else Ruling.NO_CHANGE
    return None
