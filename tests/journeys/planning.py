"""A quarter that was planned: slots, matches, what is impossible, and the pages about them."""

from datetime import datetime, timedelta

from django.urls import reverse

from coalface.records.models import (
    Assignment,
    Commitment,
    Customer,
    Issue,
    Person,
    Plan,
    PlanConflict,
    PlanRemedy,
    RemedyKind,
    RemedyPart,
    Slot,
    Way,
)
from tests.people import Cast

CONFIRMED = ("publish", "discard", "plan_again")


def slot_at(cast: Cast, at: datetime, **more: object) -> Slot:
    """A slot in the north, for one of us and one customer unless something else is said."""
    given = {"format": cast.visit, "unit": cast.north, "minutes": 30, "offered_by": cast.mina}
    return Slot.objects.create(starts_at=at, offered_at=at - timedelta(days=90), **(given | more))


def plan_of(cast: Cast, now: datetime, **more: object) -> Plan:
    """The quarter from the Monday after on: a draft that was computed, unless something else is said."""
    first = now.date() + timedelta(days=7 - now.weekday())
    given = {
        "unit": cast.root,
        "starts_on": first,
        "until_on": first + timedelta(weeks=13),
        "seed": 7,
        "made_by": cast.mina,
        "asked_at": now,
        "made_at": now,
        "awareness_as_of": now.date(),
        "objective": 12.5,
        "bound": 12.63,
        "owed": 48,
        "met": 46,
        "distance": 0.11,
        "distance_by_chance": 0.19,
    }
    return Plan.objects.create(**(given | more))


def match_of(plan: Plan, person: Person, slot: Slot, customer: Customer | None, **more: object) -> Assignment:
    """Somebody meets a customer, or whoever comes."""
    given = {"deficit": 0, "among": 3, "seed": plan.seed, "drawn_at": plan.asked_at, "way": Way.BEST}
    return Assignment.objects.create(plan=plan, person=person, slot=slot, customer=customer, **(given | more))


def plan_ahead(cast: Cast, now: datetime) -> Plan:
    """A plan of the whole organisation with its first match, and one week in which not all find a seat."""
    before = plan_of(cast, now - timedelta(days=90), published_at=now, published_by=cast.mina)
    plan = plan_of(cast, now, follows=before, changed=2, kept=44)
    match_of(plan, cast.olga, slot_at(cast, _at(plan, 0)), cast.petra, locked=True)
    conflict = PlanConflict.objects.create(plan=plan, missing=2)
    conflict.people.add(cast.rolf)
    conflict.slots.add(slot_at(cast, _at(plan, 1)))
    for kind in RemedyKind:
        PlanRemedy.objects.create(conflict=conflict, kind=kind, number=2)
    more_to_do(plan, cast.rolf, slot_at(cast, _at(plan, 2)))
    too_few = PlanConflict.objects.create(plan=plan, missing=1, customers=3, proven=False)
    too_few.people.add(cast.olga)
    return plan


def more_to_do(plan: Plan, person: Person, slot: Slot) -> None:
    """Somebody and a slot more in every way out of the first conflict."""
    days = {"first_on": plan.starts_on, "last_on": plan.starts_on + timedelta(days=29)}
    for remedy in PlanRemedy.objects.filter(conflict=plan.conflicts.first()):
        if remedy.kind != RemedyKind.ADD_SEATS:
            RemedyPart.objects.create(remedy=remedy, person=person, number=1, **days)
        if remedy.kind in (RemedyKind.ADD_SEATS, RemedyKind.OPEN_MORE_SLOTS_TO):
            RemedyPart.objects.create(remedy=remedy, slot=slot, number=2)


def add_to_plan(cast: Cast, number: int, guest: Customer, colleague: Person) -> None:
    """One more match, one more slot, one more plan and one more promise."""
    plan = the_plan()
    slot = slot_at(cast, _at(plan, number), seats=2)
    way = Way.values[number % len(Way.values)]
    match = match_of(plan, colleague, slot, guest, way=way, last_met_on=plan.asked_at.date())
    match.issues.add(*Issue.objects.order_by("-pk")[:1])
    slot_at(cast, _at(plan, number) + timedelta(hours=1))
    match_of(plan.follows, colleague, slot_at(cast, _at(plan, number) + timedelta(hours=2)), guest)
    conflict = plan.conflicts.first()
    conflict.people.add(colleague)
    conflict.slots.add(slot)
    more_to_do(plan, colleague, slot)
    plan_of(cast, plan.asked_at - timedelta(days=200 + number))
    Commitment.objects.create(job=f"Job {number}", every_days=30, starts_on=plan.starts_on)


def the_plan() -> Plan:
    """The one that everything is about."""
    return Plan.objects.filter(follows__isnull=False).get()


def plan_lists() -> dict[str, str]:
    """The pages with a row for each of something."""
    board = reverse("plan:board", args=[the_plan().pk])
    return {
        "plans": reverse("plan:plans"),
        "plan board": board,
        "plan board by customers": board + "?by=customers",
        "what is found on the board": board + "?q=colleague&unit=north",
        "what changed": reverse("plan:plan_changes", args=[the_plan().pk]),
        "slots": reverse("plan:slots"),
        "promises": reverse("plan:promises"),
    }


def plan_pages() -> dict[str, str]:
    """The pages about one of them."""
    match = Assignment.objects.filter(plan=the_plan()).order_by("-pk").first()
    return {
        "one plan": reverse("plan:plan", args=[the_plan().pk]),
        **{f"{name} a plan": reverse(f"plan:{name}", args=[the_plan().pk]) for name in CONFIRMED},
        "ask for a plan": reverse("plan:want_plan"),
        "offer slots": reverse("plan:offer_slots"),
        "a match": reverse("plan:match", args=[match.pk]),
        "another customer": reverse("plan:replace_customer", args=[match.pk]),
        "a slot": reverse("plan:slot", args=[match.slot_id]),
    }


def _at(plan: Plan, number: int) -> datetime:
    days = (plan.starts_on - plan.asked_at.date()).days + number % 60
    return plan.asked_at.replace(hour=9, minute=number % 60) + timedelta(days=days)
