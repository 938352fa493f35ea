"""What the pages say of plans, slots and promises, and what they cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coalface.people.actions import grant
from coalface.plan.actions import commit_level, commit_person
from coalface.records.models import Assignment, Plan, Role, Slot
from tests.journeys.planning import add_to_plan, match_of, plan_ahead, plan_lists, plan_of, slot_at
from tests.people import client_for, join, welcome


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def plan(cast, now):
    return plan_ahead(cast, now)


def page(person, name, /, *args, **params):
    return client_for(person).get(reverse(f"plan:{name}", args=args), params)


def text(answer):
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("name", ["plans", "slots", "promises"])
def test_planning_a_quarter_is_for_the_programme_manager(cast, name):
    for person in (cast.olga, cast.adam, cast.fay, cast.ada):
        assert page(person, name).status_code == 403
    assert page(cast.mina, name).status_code == 200


def test_what_is_empty_says_how_to_begin(cast, now):
    assert b"No plan yet" in page(cast.mina, "plans").content
    assert b"No slots to come" in page(cast.mina, "slots").content
    assert b"Nobody has promised anything yet" in page(cast.mina, "promises").content
    assert b"Nobody meets anybody yet" in page(cast.mina, "board", plan_of(cast, now).pk).content


def test_a_plan_says_first_how_good_it_is(cast, plan):
    said = text(page(cast.mina, "plan", plan.pk))
    assert "Of 48 encounters owed, 46 have their match; within 1.1 % of the best possible." in said
    assert "Consistent with random choice" in said
    assert "1 person wants more than these slots hold: 2 encounters find no seat." in said
    assert "Against the plan before, 2 matches are different. 44 stayed as they were." in said


def test_a_plan_that_is_the_best_or_unlike_chance_says_so(cast, now):
    best = plan_of(cast, now, exact=True, distance=0.3)
    said = text(page(cast.mina, "plan", best.pk))
    assert "no better plan exists" in said
    assert "Unlike random choice" in said
    assert "Nothing: every promise has its match." in said


@pytest.mark.parametrize(
    "more, words",
    [
        ({"made_at": None}, "It is being computed"),
        ({"failure": "too_large"}, "It could not be computed"),
        ({}, "as a draft it holds nothing"),
    ],
    ids=["computing", "failed", "draft"],
)
def test_a_plan_says_how_it_stands(cast, now, more, words):
    assert words in text(page(cast.mina, "plan", plan_of(cast, now, **more).pk))


def test_the_board_shows_the_day_in_the_persons_time_zone(cast, now):
    plan = plan_of(cast, now)
    cast.root.time_zone = "Asia/Tokyo"
    cast.root.save(update_fields=["time_zone"])
    at = timezone.now().replace(hour=20, minute=30) + timedelta(days=20)
    match_of(plan, cast.olga, slot_at(cast, at), cast.petra)
    said = text(page(cast.mina, "board", plan.pk))
    assert f"{at + timedelta(hours=9):%a} {(at + timedelta(hours=9)).day} " in said and "05:30" in said


def test_the_board_is_narrowed_by_name_and_unit_and_shown_by_customer(cast, plan, now):
    match_of(plan, cast.gus, slot_at(cast, now + timedelta(days=21), unit=cast.south), cast.rosa)
    rows = lambda **params: [one.name for one in page(cast.mina, "board", plan.pk, **params).context["page"]]  # noqa: E731
    assert rows() == ["Gus Meyer", "Olga Lindner", "Rolf Huber"]
    assert rows(q="gus") == rows(unit="south") == ["Gus Meyer"]
    assert rows(by="customers") == ["Petra Frei", "Rosa Conti"]
    assert rows(q="nobody") == []


def test_a_match_says_why_and_only_who_plans_there_sees_it(cast, plan):
    match = Assignment.objects.get()
    assert "never met yet" in text(page(cast.mina, "match", match.pk))
    grant(person=cast.sven, role=Role.PROGRAMME_MANAGER, unit=cast.north, by=None, now=timezone.now())
    answers = (
        page(cast.sven, "match", match.pk),
        page(cast.sven, "board", plan.pk),
        page(cast.sven, "plan", plan.pk),
    )
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert page(cast.sven, "slot", match.slot_id).status_code == 200


def test_what_changed_says_who_gets_which_other_slot_and_customer(cast, now):
    plan = plan_of(cast, now, follows=(before := plan_of(cast, now, published_at=now)))
    at = now + timedelta(days=20)
    first, second, third = (slot_at(cast, at + timedelta(days=day)) for day in (0, 1, 2))
    for of, slot, person, customer in (
        (before, first, cast.olga, cast.petra),  # stays as it is
        (plan, first, cast.olga, cast.petra),
        (before, second, cast.olga, cast.rosa),  # another slot, the same customer
        (plan, third, cast.olga, cast.rosa),
        (before, third, cast.rolf, cast.quentin),  # another customer, the same slot
        (plan, third, cast.rolf, None),
        (before, first, cast.gus, cast.quentin),  # nothing any more
    ):
        match_of(of, person, slot, customer)
    found = page(cast.mina, "plan_changes", plan.pk).context["lines"]
    assert [(one.person, one.before.match.slot, one.after and one.after.match.slot) for one in found] == [
        (cast.gus, first, None),
        (cast.olga, second, third),
        (cast.rolf, third, third),
    ]
    assert [(one.same_slot, one.same_customer) for one in found] == [
        (False, False),
        (False, True),
        (True, False),
    ]
    assert b"There is no plan before" in page(cast.mina, "plan_changes", before.pk).content
    rows = page(cast.mina, "plan_changes", plan.pk, **{"as": "csv"}).getvalue().decode().splitlines()
    assert len(rows) == 4 and rows[2].startswith("Olga Lindner;" if ";" in rows[0] else "Olga Lindner,")


def test_a_customer_who_cannot_come_is_replaced_by_one_of_the_next_best(cast, now):
    plan = plan_of(cast, now)
    match = match_of(plan, cast.olga, slot_at(cast, now + timedelta(days=20)), cast.petra)
    match_of(plan, cast.rolf, slot_at(cast, now + timedelta(days=21)), cast.quentin)
    address = reverse("plan:replace_customer", args=[match.pk])
    assert address in page(cast.mina, "match", match.pk).content.decode()
    offered = page(cast.mina, "replace_customer", match.pk)
    assert [row.card.match.customer for row in offered.context["rows"]] == [cast.rosa]
    assert "never met yet" in text(offered)
    mina = client_for(cast.mina)
    refused = mina.post(address, {"customer": cast.quentin.pk}, follow=True)
    assert "meets somebody by this plan already" in text(refused)
    assert mina.post(address, {"customer": "nobody"}).status_code == 404
    assert mina.post(address, {"customer": cast.rosa.pk}).url == reverse("plan:match", args=[match.pk])
    match.refresh_from_db()
    assert (match.customer, match.locked, match.way) == (cast.rosa, True, "by_hand")
    assert client_for(cast.olga).post(address, {"customer": cast.petra.pk}).status_code == 403


def test_slots_stand_by_week_with_the_seats_that_are_taken(cast, now):
    published = plan_of(cast, now, published_at=now, published_by=cast.mina)
    at = now + timedelta(days=9)
    slot, draft = slot_at(cast, at, seats=2), slot_at(cast, at + timedelta(hours=1))
    match_of(published, cast.olga, slot, cast.petra)
    match_of(published, cast.olga, slot, cast.rosa)
    match_of(plan_of(cast, now), cast.olga, draft, cast.petra)
    answer = page(cast.mina, "slots")
    assert [(one.pk, one.taken) for _, of in answer.context["by_week"] for one in of] == [
        (slot.pk, 1),
        (draft.pk, 0),
    ]
    assert list(page(cast.mina, "slots", unit="south").context["page"]) == []


def test_a_promise_shows_how_it_was_kept_only_for_enough_people(cast, now):
    since = timezone.localdate() - timedelta(days=200)
    commit_person(person=cast.fay, every_days=30, starts_on=since, by=cast.mina, now=now)
    commit_level(level="top", every_days=30, starts_on=since, by=cast.mina, now=now)
    kept = lambda: [(one.people, one.kept) for one in page(cast.mina, "promises").context["lines"]]  # noqa: E731
    assert sorted(kept()) == [(1, None), (2, None)]
    for number in range(3):
        join(f"Tia{number} More", cast.root, "top")
    assert sorted(kept(), key=lambda one: one[0]) == [(1, None), (5, 0.0)]


def test_the_pages_cost_the_same_for_few_and_many(cast, plan, now):
    def add(first, last):
        for number in range(first, last):
            [guest] = welcome(f"Guest{number} Lang", unit=cast.north)
            add_to_plan(cast, number, guest, join(f"P{number} More", cast.north, "front_line"))

    def costs():
        client, found = client_for(cast.mina), {}
        pages = plan_lists() | {"plan": reverse("plan:plan", args=[plan.pk])}
        for name, address in pages.items():
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            found[name] = len(asked)
        return found

    add(0, 3)
    few = costs()
    add(3, 50)
    assert costs() == few
    assert (Plan.objects.count(), Slot.objects.count()) == (52, 153)
