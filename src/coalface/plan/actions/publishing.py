"""From a draft to the calendar: each match becomes an encounter, through the one door to a customer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from coalface.customers.actions import NoConsent, Restricted, TooSoon, approach
from coalface.plan.queries.conflicts import in_the_way
from coalface.plan.queries.plans import ancestors, key_of, to_arrange, unfinished_publications
from coalface.plan.queries.problem import CHANNELS
from coalface.records.history import note
from coalface.records.models import (
    Assignment,
    ChosenBy,
    Customer,
    Encounter,
    FormatKind,
    Guest,
    Person,
    Plan,
    Purpose,
    Slot,
    Way,
)

from .encounters import plan_encounter
from .withdrawing import withdraw

AT_ONCE: Final = 100
WHY: Final = {Restricted: "restricted", NoConsent: "no_consent", TooSoon: "too_soon"}


class NotMadeYet(Exception):
    """The worker has not made this plan yet, or could not make it."""


class Discarded(Exception):
    """This plan was put aside."""


class AlreadyPublished(Exception):
    """What is published is not put aside: plan the weeks anew instead."""


@dataclass(frozen=True, slots=True)
class Published:
    """What became of the matches: arranged, dropped because something stands in the way, still to do."""

    arranged: int
    dropped: tuple[Assignment, ...]
    waiting: int


def publish(*, plan: Plan, by: Person | None, now: datetime, most: int = AT_ONCE) -> Published:
    """Publish a draft and arrange its first matches; the worker arranges the others. Twice is once."""
    _mark(pk=plan.pk, by=by, now=now)
    return arrange(plan=plan, now=now, most=most)


@transaction.atomic
def _mark(*, pk: int, by: Person | None, now: datetime) -> Plan:
    plan = Plan.objects.select_for_update().get(pk=pk)
    if plan.published_at:
        return plan
    if plan.discarded_at:
        raise Discarded(plan)
    if not plan.made_at or plan.failure:
        raise NotMadeYet(plan)
    Plan.objects.filter(pk__in=ancestors(plan), published_at=None, discarded_at=None).update(discarded_at=now)
    plan.published_at, plan.published_by = now, by
    plan.save(update_fields=["published_at", "published_by"])
    note("plan.published", about=plan, by=by, at=now)
    return plan


@transaction.atomic
def discard(*, plan: Plan, by: Person | None, now: datetime) -> Plan:
    """Put a draft aside: it holds nobody and nothing. Twice is once."""
    held = Plan.objects.select_for_update().get(pk=plan.pk)
    if held.published_at:
        raise AlreadyPublished(held)
    if held.discarded_at is None:
        held.discarded_at = now
        held.save(update_fields=["discarded_at"])
        note("plan.discarded", about=held, by=by, at=now)
    return held


def arrange(*, plan: Plan, now: datetime, most: int = AT_ONCE) -> Published:
    """Arrange the next matches of a published plan, each person in a slot in a transaction of its own."""
    plan = Plan.objects.select_related("published_by").get(pk=plan.pk)
    take_over(plan=plan, now=now)
    arranged, dropped = 0, []
    for person, slot in to_arrange(plan, now)[:most]:
        done, gone = _arrange(plan=plan, person_id=person, slot_id=slot, now=now)
        arranged += done
        dropped += gone
    return Published(arranged, tuple(dropped), len(to_arrange(plan, now)))


def arrange_published(*, now: datetime) -> int:
    """What the worker does each round: go on where a publication was too large at once, or was broken off."""
    return sum(arrange(plan=plan, now=now).arranged for plan in unfinished_publications(now))


@transaction.atomic
def _arrange(*, plan: Plan, person_id: int, slot_id: int, now: datetime) -> tuple[int, list[Assignment]]:
    """Whoever else plans something for this person, or takes a seat in this slot, waits until it is done."""
    person = Person.objects.select_for_update().get(pk=person_id)
    slot = Slot.objects.select_for_update(of=("self",)).select_related("format", "unit").get(pk=slot_id)
    theirs = Assignment.objects.standing().filter(plan=plan, person=person, slot=slot)
    matches = list(theirs.select_related("customer", "encounter").order_by("id"))
    if found := in_the_way(person=person, slot=slot, plan=plan, now=now, but=[one.pk for one in matches]):
        return 0, [one for one in matches if _drop(match=one, why=found[0], plan=plan, now=now)]
    there = next((one.encounter for one in matches if one.encounter), None)
    invited = set(Guest.objects.filter(encounter=there).values_list("customer_id", flat=True))
    new = [one for one in matches if one.encounter_id is None and one.customer_id not in invited]
    dropped = [one for one in new if one.customer and not _reach_out(match=one, plan=plan, now=now)]
    coming = [one for one in new if one not in dropped]
    if coming:
        _put_into_the_calendar(plan=plan, person=person, slot=slot, there=there, coming=coming, now=now)
    return len(coming), dropped


def _reach_out(*, match: Assignment, plan: Plan, now: datetime) -> bool:
    """By mail if they agreed to that, else by phone; who may not be reached is dropped, and why is noted."""
    why = ""
    for channel in CHANNELS:
        try:
            more = {"purpose": Purpose.CONVERSATION, "by": plan.published_by, "now": now}
            made = approach(customer=match.customer, channel=channel, **more)
        except (Restricted, NoConsent, TooSoon) as refused:
            why = WHY[type(refused)]
            if not isinstance(refused, NoConsent):
                break
        else:
            if made.customer_id != match.customer_id:  # merged since: one entry stands for both
                match.customer = made.customer
                match.save(update_fields=["customer"])
            return True
    _drop(match=match, why=why, plan=plan, now=now)
    return False


def _drop(*, match: Assignment, why: str, plan: Plan, now: datetime) -> bool:
    return withdraw(match=match, by=plan.published_by, now=now, why=why)


def _put_into_the_calendar(
    *,
    plan: Plan,
    person: Person,
    slot: Slot,
    there: Encounter | None,
    coming: Sequence[Assignment],
    now: datetime,
) -> None:
    customers = [one.customer for one in coming if one.customer]
    if there:
        for customer in customers:
            invite(encounter=there, customer=customer, by=plan.published_by, now=now)
        return
    by_hand = any(one.way == Way.BY_HAND for one in coming)
    coming[0].encounter = plan_encounter(
        format=slot.format,
        unit=slot.unit,
        starts_at=slot.starts_at,
        minutes=slot.minutes,
        person=person,
        customers=customers,
        chosen_by=ChosenBy.PERSON if by_hand and customers else ChosenBy.PLANNER,
        announced=slot.format.kind != FormatKind.INCOGNITO,
        by=plan.published_by,
        now=now,
    )
    coming[0].save(update_fields=["encounter"])


@transaction.atomic
def invite(*, encounter: Encounter, customer: Customer, by: Person | None, now: datetime) -> Guest:
    """Let one more customer come to an encounter that is planned; they were approached before."""
    guest, new = Guest.objects.get_or_create(encounter=encounter, customer=customer)
    if new:
        note("guest.invited", about=encounter, by=by, at=now, customer=str(customer.pk))
    return guest


@transaction.atomic
def take_over(*, plan: Plan, now: datetime) -> int:
    """What the plans before had arranged and this one keeps is this one's; the rest is called off."""
    replaced = list(
        Assignment.objects.standing()
        .filter(plan__in=ancestors(plan), plan__published_at__isnull=False, slot__starts_at__gt=now)
        .select_for_update(of=("self",))
        .order_by("id")
    )
    if not replaced:
        return 0
    mine = {key_of(match): match for match in Assignment.objects.standing().filter(plan=plan)}
    gone = [match for match in replaced if key_of(match) not in mine]
    for match in gone:
        withdraw(match=match, by=plan.published_by, now=now, why="planned_anew")
    for match in replaced:
        if match in gone:
            continue
        match.refresh_from_db()
        encounter, match.encounter, match.withdrawn_at = match.encounter, None, now
        match.save(update_fields=["encounter", "withdrawn_at"])
        Assignment.objects.filter(pk=mine[key_of(match)].pk).update(encounter=encounter)
    return len(replaced)
