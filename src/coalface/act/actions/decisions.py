"""What somebody with the say decides about a fix, by a day."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from coalface.act.queries import may_decide
from coalface.records.history import note
from coalface.records.models import Decided, Decision, Fix, Lane, Opportunity, Person

from .standing import (
    close_decision,
    close_offer,
    held,
    say_no,
    waiting_decision,
    waiting_offer,
    words,
    write_to,
)


class NoDecider(ValueError):
    """What needs a decision names who decides, and by when."""


class NothingToDecide(ValueError):
    """It was decided meanwhile."""


class NotTheirsToDecide(PermissionError):
    """Only the decider decides, or who leads where the decider works."""


class NotInTheFuture(ValueError):
    """The day is over."""


@transaction.atomic
def ask_for_decision(*, fix: Fix, decider: Person, decide_by: date, by: Person, now: datetime) -> Decision:
    """Put a fix before somebody who decides; asking anew gives it to another, or another day.

    Nobody takes a decision away from the decider for themselves.
    """
    fix = held(fix=fix)
    if decide_by < timezone.localdate(now):
        raise NotInTheFuture(decide_by)
    if waiting := waiting_decision(fix=fix):
        if (waiting.decider, waiting.decide_by) == (decider, decide_by):
            return waiting
        if decider == by and not may_decide(waiting, by, now):
            raise NotTheirsToDecide(fix)
        waiting.decider, waiting.decide_by = decider, decide_by
        waiting.save(update_fields=["decider", "decide_by"])
        note("decision.asked_anew", about=fix, by=by, at=now, decision=waiting.pk, of=decider.pk)
        _mail(waiting, by, now)
        return waiting
    return start_decision(fix=fix, decider=decider, decide_by=decide_by, by=by, now=now)


def start_decision(*, fix: Fix, decider: Person, decide_by: date, by: Person, now: datetime) -> Decision:
    """The question itself, on a fix that is held, in its lane from now on; who decides gets a mail."""
    if fix.lane != Lane.NEEDS_A_DECISION:
        fix.lane = Lane.NEEDS_A_DECISION
        fix.save(update_fields=["lane"])
    asked = Decision.objects.create(fix=fix, decider=decider, decide_by=decide_by, asked_by=by, asked_at=now)
    note("decision.asked", about=fix, by=by, at=now, decision=asked.pk, of=decider.pk)
    _mail(asked, by, now)
    return asked


def _mail(decision: Decision, by: Person, now: datetime) -> None:
    """To who decides, unless they ask themselves; each of several deciders, and days, once."""
    if decision.decider_id != by.pk:
        key = f"asked-decision-{decision.pk}-{decision.decider_id}-{decision.decide_by.isoformat()}"
        about = {"decision": decision.pk}
        write_to(person=decision.decider, template="act/asked", key=key, about=about, now=now)


@transaction.atomic
def decide(
    *,
    fix: Fix,
    answer: str,
    by: Person,
    now: datetime,
    reason: str = "",
    decide_by: date | None = None,
) -> Decision:
    """Do it, and it goes on; not yet, and it is asked again on a day; no, and it is declined."""
    fix = held(fix=fix)
    decision = waiting_decision(fix=fix)
    if decision is None:
        raise NothingToDecide(fix)
    if not may_decide(decision, by, now):
        raise NotTheirsToDecide(fix)
    if answer == Decided.NOT_YET:
        if decide_by is None:
            raise NoDecider(fix)
        if decide_by <= timezone.localdate(now):
            raise NotInTheFuture(decide_by)
    why = None if answer == Decided.DO_IT else words(reason=reason, by=by)
    close_decision(decision=decision, answer=answer, by=by, now=now, reason=why)
    note("decision.taken", about=fix, by=by, at=now, decision=decision.pk, answer=answer)
    if answer == Decided.DO_IT:
        fix.lane = _goes_on(fix)
        fix.save(update_fields=["lane"])
    elif answer == Decided.NO:
        if offer := waiting_offer(fix=fix):
            close_offer(offer=offer, by=by, now=now)
        say_no(fix=fix, reason=why, now=now)
        note("fix.declined", about=fix, by=by, at=now)
    else:
        start_decision(fix=fix, decider=decision.decider, decide_by=decide_by, by=by, now=now)
    return decision


def _goes_on(fix: Fix) -> str:
    """This week; what customers have to want before it is built goes on as what it was."""
    return Lane.OPPORTUNITY if Opportunity.objects.filter(fix=fix).exists() else Lane.THIS_WEEK
