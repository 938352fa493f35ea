"""What is impossible is written down with what would resolve it, and done from the page that says so."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from coalface.people.actions import grant
from coalface.plan.actions import (
    InThePast,
    NotFromHere,
    NotSoManySeats,
    TakenBack,
    add_seats,
    commit_level,
    make,
    offer_slots,
    plan_anew,
    take_back,
    take_remedy,
    want_plan,
)
from coalface.records.history import history_of
from coalface.records.models import Customer, Plan, PlanRemedy, Role, Slot
from tests.journeys.planning import plan_ahead
from tests.people import NOW, client_for
from tests.plan.planned import FIRST, STARTS, UNTIL

LAST = UNTIL - timedelta(days=1)


@pytest.fixture
def plan(cast):
    """Olga and Rolf owe an encounter each, and there is one seat."""
    return too_tight(cast)


def too_tight(cast, **more):
    commit_level(level="top", every_days=28, starts_on=date(2025, 3, 1), by=cast.mina, now=NOW)
    offer_slots(format=cast.visit, unit=cast.north, starts_at=FIRST, by=cast.mina, now=NOW, **more)
    weeks = {"starts_on": STARTS, "until_on": UNTIL, "seed": 7}
    return computed(want_plan(unit=cast.root, by=cast.mina, now=NOW, **weeks))


def computed(plan):
    make(plan=plan, now=NOW)
    return Plan.objects.get(pk=plan.pk)


def told(plan):
    """Each conflict, and of each remedy the code, the number, and who or where how many."""
    return [
        (
            [person.name for person in conflict.people.order_by("name")],
            [slot.starts_at for slot in conflict.slots.order_by("starts_at")],
            (conflict.missing, conflict.customers, conflict.proven),
            {
                remedy.kind: (
                    remedy.number,
                    [
                        (part.person or part.slot.starts_at, part.number, part.first_on, part.last_on)
                        for part in remedy.parts.all()
                    ],
                )
                for remedy in conflict.remedies.all()
            },
        )
        for conflict in plan.conflicts.all()
    ]


def test_who_is_in_whose_way_is_written_down_with_what_would_resolve_it(cast, plan):
    assert (plan.owed, plan.met) == (2, 1)
    without = {cast.olga, cast.rolf} - {plan.assignments.get().person}
    owed = [(without.pop(), 1, STARTS, LAST)]
    assert told(plan) == [
        (
            ["Olga Lindner", "Rolf Huber"],
            [FIRST],
            (1, None, True),
            {"add_seats": (1, [(FIRST, 1, None, None)]), "lower_owed": (1, owed)},
        )
    ]


def test_too_few_customers_are_counted_and_how_many_more_would_do(cast):
    Customer.objects.exclude(pk=cast.petra.pk).delete()
    [(people, _, numbers, remedies)] = told(too_tight(cast, seats=2))
    assert (people, numbers) == (["Olga Lindner", "Rolf Huber"], (1, 1, True))
    assert {kind: number for kind, (number, _) in remedies.items()} == {
        "ask_more_customers": 1,
        "lower_owed": 1,
    }


def test_seats_at_another_place_are_named_where_somebody_has_time(cast):
    for person in (cast.olga, cast.rolf):
        person.positions.update(unit=cast.south)
    found = told(too_tight(cast, seats=2))
    assert [(people, slots) for people, slots, _, _ in found] == [
        (["Olga Lindner"], []),
        (["Rolf Huber"], []),
    ]
    for (*_, remedies), person in zip(found, (cast.olga, cast.rolf), strict=True):
        theirs = (person, 1, STARTS, LAST)
        assert remedies == {
            "offer_more_slots": (1, [theirs]),
            "open_more_slots_to": (1, [theirs, (FIRST, 1, None, None)]),
            "lower_owed": (1, [theirs]),
        }


def test_seats_that_were_missing_are_added_once_and_planned_anew_everybody_has_theirs(cast, plan):
    remedy = PlanRemedy.objects.get(kind="add_seats")
    assert [take_remedy(remedy=remedy, by=cast.mina, now=NOW) for _ in range(2)] == [1, 0]
    assert Slot.objects.get().seats == 2
    assert [event.kind for event in history_of(remedy)] == ["remedy.taken"]
    again = computed(plan_anew(plan=plan, seed=8, by=cast.mina, now=NOW))
    assert (again.owed, again.met, told(again)) == (2, 2, [])


def test_seats_are_added_only_to_slots_to_come_and_only_from_there(cast, plan):
    remedy, slot = PlanRemedy.objects.get(kind="add_seats"), Slot.objects.get()
    wish = {"by": cast.mina, "now": NOW}
    with pytest.raises(NotFromHere):
        take_remedy(remedy=PlanRemedy.objects.get(kind="lower_owed"), **wish)
    for number in (0, 500):
        with pytest.raises(NotSoManySeats):
            add_seats(slot=slot, number=number, **wish)
    with pytest.raises(InThePast):
        take_remedy(remedy=remedy, by=cast.mina, now=FIRST)
    take_back(slot=slot, **wish)
    with pytest.raises(TakenBack):
        take_remedy(remedy=remedy, **wish)
    remedy.refresh_from_db()
    assert (Slot.objects.get().seats, remedy.taken_at) == (1, None)


def ahead(cast):
    """A plan of weeks that really lie ahead."""
    plan = plan_ahead(cast, timezone.now())
    return plan, plan.conflicts.first().remedies.get(kind="add_seats")


def text(answer):
    return " ".join(answer.content.decode().split())


def test_each_way_out_is_said_with_its_numbers_and_where_to_do_it(cast):
    plan, remedy = ahead(cast)
    said = text(client_for(cast.mina).get(reverse("plan:plan", args=[plan.pk])))
    for words in (
        "1 person wants more than these slots hold: 2 encounters find no seat.",
        "Any one of these resolves it",
        "2 more seats",
        "2 new slots</strong> at times they can take:",
        "2 seats left over",
        "2 more customers",
        "2 encounters less promised",
        "No way was found for 1 person, though none is ruled out",
        reverse("plan:take_remedy", args=[plan.pk, remedy.pk]),
        f"{reverse('plan:commit')}?person={cast.rolf.pk}",
        reverse("plan:plan_again", args=[plan.pk]),
    ):
        assert words in said


def test_one_click_adds_the_seats_and_the_page_says_so(cast):
    plan, remedy = ahead(cast)
    mina, address = client_for(cast.mina), reverse("plan:take_remedy", args=[plan.pk, remedy.pk])
    assert "2 seats were added. Plan again to use them." in text(mina.post(address, follow=True))
    assert "That was done already." in text(mina.post(address, follow=True))
    assert "Added: plan again to use it" in text(mina.get(reverse("plan:plan", args=[plan.pk])))
    assert remedy.parts.get().slot.seats == 3
    other = plan.conflicts.first().remedies.get(kind="lower_owed")
    assert mina.post(reverse("plan:take_remedy", args=[plan.pk, other.pk])).status_code == 404


def test_nobody_adds_seats_where_they_do_not_plan(cast):
    plan, remedy = ahead(cast)
    address = reverse("plan:take_remedy", args=[plan.pk, remedy.pk])
    grant(person=cast.sven, role=Role.PROGRAMME_MANAGER, unit=cast.south, by=None, now=NOW)
    assert [client_for(who).post(address).status_code for who in (cast.olga, cast.sven)] == [403, 404]
    assert remedy.parts.get().slot.seats == 1


def test_a_slot_gets_more_seats_on_its_own_page(cast):
    _, remedy = ahead(cast)
    slot, mina = remedy.parts.get().slot, client_for(cast.mina)
    address = reverse("plan:add_seats", args=[slot.pk])
    assert "2 seats were added." in text(mina.post(address, {"number": 2}, follow=True))
    assert "Add one seat at least" in text(mina.post(address, {"number": "-1"}, follow=True))
    Slot.objects.filter(pk=slot.pk).update(cancelled_at=NOW)
    assert "It has begun or was taken back" in text(mina.post(address, {"number": 1}, follow=True))
    slot.refresh_from_db()
    assert slot.seats == 3


def test_what_is_arranged_by_hand_begins_with_the_slot_and_a_promise_with_the_person(cast):
    _, remedy = ahead(cast)
    slot, mina = remedy.parts.get().slot, client_for(cast.mina)
    form = mina.get(reverse("plan:encounter"), {"person": cast.rolf.pk, "slot": slot.pk}).context["form"]
    assert (form["person"].value(), form["unit"].value()) == (str(cast.rolf.pk), cast.north.pk)
    assert form["starts_at"].initial == slot.starts_at.replace(microsecond=0)
    promise = mina.get(reverse("plan:commit"), {"person": cast.rolf.pk}).context["form"]
    assert promise["person"].value() == str(cast.rolf.pk)
    assert mina.get(reverse("plan:encounter"), {"slot": "x"}).status_code == 200
