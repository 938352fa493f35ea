"""One change proposed twice becomes one; and what has to ship before what."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from coalface.act.queries import needed_in_turn
from coalface.records.history import note
from coalface.records.models import (
    Cost,
    Decision,
    EvaluationPlan,
    Fix,
    FixOffer,
    Opportunity,
    Person,
    Telling,
)

from .standing import close_offer, held, waiting_decision, waiting_offer


class CannotMergeFixes(ValueError):
    """Not of one issue, one of them ended, or the one that stays does not hold where the other did."""


class InACircle(ValueError):
    """Each would wait for the other."""


@transaction.atomic
def set_needs(*, fix: Fix, needs: Collection[Fix], by: Person, now: datetime) -> Fix:
    """Say what has to ship before it; nothing may wait for itself in turn."""
    _lock_all()
    fix, wanted = held(fix=fix), {one.pk for one in needs}
    if fix.pk in wanted | needed_in_turn(wanted):
        raise InACircle(fix)
    if wanted == set(fix.needs.values_list("pk", flat=True)):
        return fix
    fix.needs.set(wanted)
    note("fix.needs_set", about=fix, by=by, at=now, needs=sorted(wanted))
    return fix


@transaction.atomic
def merge_fixes(*, fix: Fix, into: Fix, by: Person, now: datetime) -> Fix:
    """Make a fix part of another: what became of the other became of it.

    Who was told, what it cost, who wants it, and what is asked about it go along; a yardstick stays with what
    it was sealed for. Both have to be open and of one issue, and the one that stays has to hold wherever the
    other did.
    """
    _lock_all()
    if fix.pk == into.pk:
        raise CannotMergeFixes(fix, into)
    old, new = held(fix=fix), held(fix=into)
    everywhere = new.unit is None or (old.unit is not None and new.unit.contains(old.unit))
    if old.issue_id != new.issue_id or not everywhere:
        raise CannotMergeFixes(old, new)
    _needs_follow(old, new)
    _offers_follow(old, new, by, now)
    _decisions_follow(old, new)
    known = Telling.objects.filter(fix=new)
    for telling in Telling.objects.filter(fix=old):
        if not known.filter(
            customer=telling.customer_id, person=telling.person_id, news=telling.news
        ).exists():
            telling.fix = new
            telling.save(update_fields=["fix"])
    Cost.objects.filter(fix=old).update(fix=new)
    if not Opportunity.objects.filter(fix=new).exists():
        Opportunity.objects.filter(fix=old).update(fix=new)
    Fix.objects.filter(merged_into=old).update(merged_into=new)
    old.merged_into = new
    old.save(update_fields=["merged_into"])
    note("fix.merged", about=old, by=by, at=now, into=new.pk)
    return old


def _lock_all() -> None:
    """Two at once could close a circle that neither of them sees."""
    open_ones = Fix.objects.open().select_for_update(of=("self",)).order_by("pk")
    list(open_ones.values_list("pk", flat=True))


def _needs_follow(old: Fix, new: Fix) -> None:
    needs = set(new.needs.values_list("pk", flat=True)) | set(old.needs.values_list("pk", flat=True))
    needs -= {old.pk, new.pk}
    waiting = list(old.needed_by.exclude(pk=new.pk))
    old.needs.clear()
    new.needs.set(needs)
    for one in waiting:
        one.needs.remove(old)
        one.needs.add(new)
    if new.pk in needed_in_turn({new.pk}):
        raise InACircle(old, new)


def _offers_follow(old: Fix, new: Fix, by: Person, now: datetime) -> None:
    """Nobody is asked to take on what is part of something else; if that looks for somebody, they are.

    Except who owns it, or is to judge it.
    """
    offer = waiting_offer(fix=old)
    if offer is None:
        return
    looks = new.accepted_at is None and waiting_offer(fix=new) is None
    judges = EvaluationPlan.objects.filter(fix=new, judge=offer.receiver_id).exists()
    if looks and not judges and offer.receiver_id != new.owner_id:
        FixOffer.objects.filter(pk=offer.pk).update(fix=new, giver=new.owner_id)
    else:
        close_offer(offer=offer, by=by, now=now)


def _decisions_follow(old: Fix, new: Fix) -> None:
    """What is to be decided is still to be decided; of two questions one is answered first."""
    asked = waiting_decision(fix=old)
    if asked is None:
        return
    if waiting_decision(fix=new):
        raise CannotMergeFixes(old, new)
    Decision.objects.filter(pk=asked.pk).update(fix=new)
    Fix.objects.filter(pk=new.pk).update(lane=old.lane)
