"""Plans are asked for, published and put aside from their pages, and matches are changed on the board."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from coalface.plan.actions import want_plan
from coalface.plan.forms import next_quarter
from coalface.records.models import Assignment, Plan, Slot
from tests.journeys.planning import match_of, plan_of, slot_at
from tests.people import client_for


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def draft(cast, now):
    return plan_of(cast, now)


@pytest.fixture
def day(draft, now):
    """Ten in the morning of the draft's second Tuesday, by the clock of the place."""
    return timezone.make_aware(datetime.combine(draft.starts_on, time(10))) + timedelta(days=8)


def send(person, name, /, *args, **data):
    return client_for(person).post(reverse(f"plan:{name}", args=args), data, follow=True)


def said(answer):
    return [str(message) for message in answer.context["messages"]]


def test_the_next_quarter_begins_where_the_calendar_says():
    found = [next_quarter(date(2026, month, 15)).isoformat() for month in (1, 6, 11)]
    assert found == ["2026-04-01", "2026-07-01", "2027-01-01"]


def test_the_next_quarter_is_asked_for_once(cast, now):
    page = client_for(cast.mina).get(reverse("plan:want_plan"))
    form = page.context["form"]
    wanted = {name: form[name].value() for name in ("starts_on", "until_on", "seed")}
    for _ in range(2):
        answer = send(cast.mina, "want_plan", unit=cast.root.pk, **wanted)
    assert b"Being computed" in answer.content
    plan = Plan.objects.get()
    assert (plan.unit, plan.starts_on, plan.made_at) == (cast.root, next_quarter(timezone.localdate()), None)


@pytest.mark.parametrize(
    "starts, until, words",
    [(9, 9, "after the first day"), (-90, -1, "have passed"), (1, 900, "a year and a month")],
    ids=["empty", "past", "long"],
)
def test_weeks_that_cannot_be_planned_are_refused(cast, now, starts, until, words):
    today = timezone.localdate()
    days = {"starts_on": today + timedelta(days=starts), "until_on": today + timedelta(days=until)}
    answer = send(cast.mina, "want_plan", unit=cast.root.pk, seed=1, **days)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)


def test_publishing_says_first_what_follows_and_then_does_it(cast, draft, day):
    match_of(draft, cast.olga, slot_at(cast, day), cast.petra)
    page = client_for(cast.mina).get(reverse("plan:publish", args=[draft.pk])).content
    assert b"<strong>1</strong> of us gets an invitation" in page
    assert b"<strong>1</strong> customer is asked to come" in page
    assert said(send(cast.mina, "publish", draft.pk)) == ["Published: 1 match is arranged."]
    assert Assignment.objects.get().encounter.guests.get().customer == cast.petra


def test_a_draft_is_discarded_and_what_is_published_is_not(cast, draft, now):
    assert said(send(cast.mina, "discard", draft.pk)) == ["The draft was discarded."]
    assert said(send(cast.mina, "publish", draft.pk)) == [
        "There is nothing to publish: it was discarded or is not made yet."
    ]
    published = plan_of(cast, now, published_at=now, published_by=cast.mina)
    assert said(send(cast.mina, "discard", published.pk)) == [
        "It is published: plan its weeks again instead."
    ]


def test_the_same_weeks_are_planned_again(cast, draft):
    send(cast.mina, "plan_again", draft.pk, seed=9)
    again = Plan.objects.get(follows=draft)
    assert (again.starts_on, again.until_on, again.seed, again.made_at) == (
        draft.starts_on, draft.until_on, 9, None,
    )  # fmt: skip


def test_a_match_is_moved_locked_and_taken_out(cast, draft, day):
    match = match_of(draft, cast.olga, slot_at(cast, day), cast.petra)
    other = slot_at(cast, day + timedelta(days=7))
    answer = send(cast.mina, "move", match.pk, slot=other.pk, back="q=olga&as=csv&by=people")
    assert said(answer) == ["It is moved, and locked."]
    assert answer.request["QUERY_STRING"] == f"by=people&q=olga&at={match.pk}"
    match.refresh_from_db()
    assert (match.slot, match.way, match.locked) == (other, "by_hand", True)
    send(cast.mina, "unlock", match.pk)
    assert Assignment.objects.filter(locked=True).count() == 0
    send(cast.mina, "lock", match.pk)
    assert Assignment.objects.filter(locked=True).count() == 1
    assert said(send(cast.mina, "withdraw", match.pk)) == ["It is taken out of the plan."]
    assert Assignment.objects.standing().count() == 0


def test_a_move_that_is_impossible_says_why_and_changes_nothing(cast, draft, day):
    first, second = slot_at(cast, day), slot_at(cast, day + timedelta(days=1))
    match = match_of(draft, cast.olga, first, cast.petra)
    match_of(draft, cast.olga, second, cast.rosa)
    full = slot_at(cast, day + timedelta(days=2))
    match_of(draft, cast.rolf, full, cast.quentin)
    beside = slot_at(cast, second.starts_at + timedelta(minutes=10))
    assert said(send(cast.mina, "move", match.pk, slot=beside.pk)) == [
        "Olga Lindner meets customers somewhere else then. Nothing was changed."
    ]
    assert said(send(cast.mina, "move", match.pk, slot=full.pk)) == [
        "All seats of that slot are taken. Nothing was changed."
    ]
    for nowhere in ("0", "x", "9" * 30):
        assert said(send(cast.mina, "move", match.pk, slot=nowhere)) == [
            "That slot is not there any more. Nothing was changed."
        ]
    match.refresh_from_db()
    assert (match.slot, match.locked) == (first, False)


def test_what_is_over_is_not_changed(cast, now):
    plan = plan_of(cast, now - timedelta(days=30), published_at=now, published_by=cast.mina)
    match = match_of(plan, cast.olga, slot_at(cast, now - timedelta(days=2)), cast.petra)
    words = ["It has begun, is over, or was taken out. Nothing was changed."]
    assert said(send(cast.mina, "withdraw", match.pk)) == words


def test_only_who_plans_changes_anything(cast, draft, day):
    match = match_of(draft, cast.olga, slot_at(cast, day), cast.petra)
    for name, pk in (("move", match.pk), ("withdraw", match.pk), ("publish", draft.pk), ("take_back", 1)):
        assert client_for(cast.olga).post(reverse(f"plan:{name}", args=[pk])).status_code == 403
    assert Assignment.objects.standing().count() == 1


def offer(cast, at, **more):
    given = {"format": cast.visit.pk, "unit": cast.north.pk, "starts_at": f"{at:%Y-%m-%dT%H:%M}", "seats": 2}
    return send(cast.mina, "offer_slots", **(given | more))


def test_slots_are_offered_every_week_by_the_clock_of_the_place(cast, now):
    cast.north.time_zone = "America/New_York"
    cast.north.save(update_fields=["time_zone"])
    at = (now + timedelta(days=9)).replace(hour=10, minute=0)
    answer = offer(cast, at, repeat_until=(at + timedelta(days=14)).date().isoformat())
    assert said(answer) == ["3 slots are offered."]
    there = ZoneInfo("America/New_York")
    assert [one.starts_at.astimezone(there).hour for one in Slot.objects.all()] == [10, 10, 10]


@pytest.mark.parametrize(
    "days, more, words",
    [
        (-2, {}, "This time has passed"),
        (9, {"repeat_until": "2020-01-01"}, "This is before the first one"),
        (9, {"seats": "0"}, "greater than or equal to 1"),
    ],
    ids=["past", "backwards", "no-seat"],
)
def test_a_slot_that_cannot_be_is_refused(cast, now, days, more, words):
    answer = offer(cast, now + timedelta(days=days), **more)
    assert (answer.status_code, words in answer.content.decode(), Slot.objects.count()) == (422, True, 0)


def test_a_slot_is_taken_back_with_what_was_in_it(cast, draft, day, now):
    slot = slot_at(cast, day)
    match_of(draft, cast.olga, slot, cast.petra)
    page = client_for(cast.mina).get(reverse("plan:slot", args=[slot.pk])).content
    assert b"1 draft loses a match." in page
    assert said(send(cast.mina, "take_back", slot.pk)) == ["Taken back; 1 match went with it."]
    assert Slot.objects.open().count() == 0
    begun = slot_at(cast, now - timedelta(hours=1))
    assert said(send(cast.mina, "take_back", begun.pk)) == ["It has begun. Nothing was changed."]


def test_a_plan_that_is_being_computed_offers_nothing_yet(cast, now):
    today = timezone.localdate()
    wanted = want_plan(
        unit=cast.root, starts_on=today, until_on=today + timedelta(days=90), seed=1, by=cast.mina, now=now
    )
    page = client_for(cast.mina).get(reverse("plan:plan", args=[wanted.pk])).content.decode()
    assert ("Publish" in page, "Open the board" in page) == (False, False)
