"""The journey on one page: looked at by everybody, changed by those who confirm issues."""

import itertools
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from coalface.hear.actions import NewFeedback, take_in
from coalface.records.models import Cohort, Handoff, Touchpoint
from coalface.understand.actions import connect, count_cohort, judge_touchpoints
from coalface.understand.queries import Reached
from tests.people import NOW, client_for
from tests.understand.test_journey import chain_of, counted, stop_of, way_of
from tests.understand.test_pages import cost, page, press, text

pytestmark = pytest.mark.django_db

BILL = {"name": "The first bill", "stage": "joining", "owner": ""}
JANUARY = {"name": "January", "from_on": "2026-01-01", "until_on": "2026-02-01"}


def names(response):
    return [stop.touchpoint.name for stop in response.context["way"].stops]


def test_everybody_looks_and_who_confirms_issues_changes(cast):
    assert "No touchpoint yet" in text(page(cast.fay, "journey"))
    assert "Add the first" not in text(page(cast.olga, "journey"))
    assert "Add the first" in text(page(cast.adam, "journey"))
    assert reverse("understand:journey") in text(page(cast.fay, "index"))
    till, bill = way_of(cast, "Till", "Bill")
    link = connect(giver=till, taker=bill, by=cast.adam, now=NOW)
    cohort = counted(cast, [till, bill], 10, 9)
    for person in (cast.olga, cast.fay, cast.ada):
        assert "Change the way" not in text(page(person, "journey", edit=1))
        for name, args in (
            ("add_touchpoint", []),
            ("change_touchpoint", ["till"]),
            ("move_touchpoint", ["till"]),
            ("remove_touchpoint", ["till"]),
            ("connect", ["till"]),
            ("assign_link", [link.pk]),
            ("disconnect", [link.pk]),
            ("count", ["new"]),
            ("remove_cohort", [cohort.pk]),
            ("restore", []),
        ):
            assert press(person, name, *args).status_code == 403
            assert page(cast.adam, name, *args).status_code == 405
    assert page(cast.fay, "touchpoints").url == reverse("understand:journey")


def test_a_touchpoint_is_added_last_in_its_stage(cast):
    way_of(cast, "Till", "Counter")
    added = press(cast.adam, "add_touchpoint", **BILL | {"owner": cast.north.pk})
    assert "Issues can be met at “The first bill” now." in text(added)
    bill = Touchpoint.objects.get(key="the-first-bill")
    assert (bill.stage, bill.order, bill.owner) == ("joining", 1, cast.north)
    assert names(added) == ["The first bill", "Till", "Counter"]


def test_what_was_written_badly_stays_on_the_page(cast):
    press(cast.adam, "add_touchpoint", **BILL)
    taken = press(cast.adam, "add_touchpoint", **BILL)
    assert (taken.status_code, "has this short name already" in text(taken)) == (422, True)
    for wrong in ({"name": ""}, {"stage": "someday"}, {"owner": "x"}):
        again = press(cast.adam, "add_touchpoint", **BILL | {"name": "Other"} | wrong)
        assert again.status_code == 422
    assert 'value="Other"' in text(again)
    assert press(cast.adam, "change_touchpoint", "the-first-bill", **BILL | {"name": ""}).status_code == 422
    press(cast.adam, "add_touchpoint", **BILL | {"key": "second-bill"})
    assert set(Touchpoint.objects.values_list("key", flat=True)) == {"the-first-bill", "second-bill"}


def test_a_touchpoint_is_changed_moved_and_dropped_somewhere(cast):
    way_of(cast, "Till", "Counter", "Bill")
    opened = page(cast.adam, "journey", edit=1, change="till")
    assert 'value="Till"' in text(opened)
    press(cast.adam, "change_touchpoint", "till", name="Cash desk", stage="using", owner="")
    assert names(page(cast.fay, "journey")) == ["Cash desk", "Counter", "Bill"]
    moved = press(cast.adam, "move_touchpoint", "till", step="later")
    assert (names(moved), moved.redirect_chain[0][0].endswith("#touchpoint-till")) == (
        ["Counter", "Cash desk", "Bill"],
        True,
    )
    press(cast.adam, "move_touchpoint", "bill", stage="before", place=0)
    assert names(page(cast.fay, "journey")) == ["Bill", "Counter", "Cash desk"]
    assert "end of the way" in text(press(cast.adam, "move_touchpoint", "bill", step="earlier"))
    assert "end of the way" in text(press(cast.adam, "move_touchpoint", "bill", stage="nowhere", place=0))


def undo(person, response):
    return press(person, "restore", token=response.context["removed"]["token"])


def test_what_was_taken_away_comes_back(cast):
    look, till, bill = chain_of(cast, "Look", "Till", "Bill")
    stop_of(cast, "Extra", order=9)
    gone = press(cast.adam, "remove_touchpoint", "extra")
    assert "“Extra” was taken away." in text(gone)
    assert "“Extra” is back." in text(undo(cast.adam, gone))
    assert "cannot be taken back" in text(undo(cast.adam, gone))
    assert "it stays" in text(press(cast.adam, "remove_touchpoint", "till"))
    link = Handoff.objects.get(giver=look)
    gone = press(cast.adam, "disconnect", link.pk)
    assert "“Look → Till” was taken away." in text(gone)
    undo(cast.adam, gone)
    assert Handoff.objects.filter(ended_at=None).count() == 2
    before = counted(cast, [look, till, bill], 10, 9, 8, source="Ledger")
    gone = press(cast.adam, "remove_cohort", before.pk)
    assert not Cohort.objects.exists()
    undo(cast.adam, gone)
    again = Cohort.objects.get()
    assert (again.name, again.from_on, again.until_on, again.source) == (
        before.name,
        before.from_on,
        before.until_on,
        "Ledger",
    )
    assert list(again.counts.order_by("pk").values_list("reached", flat=True)) == [10, 9, 8]
    assert "cannot be taken back" in text(press(cast.adam, "restore", token="forged"))
    assert page(cast.adam, "journey", removed="forged").context["removed"] is None


def test_touchpoints_are_connected_with_an_owner(cast):
    look, till, bill = way_of(cast, "Look", "Till", "Bill")
    assert page(cast.adam, "journey", connect="look").context["panel"].form.initial == {"taker": till}
    press(cast.adam, "connect", "look", taker=till.pk, owner=cast.north.pk)
    link = Handoff.objects.get()
    assert (link.giver, link.taker, link.owner) == (look, till, cast.north)
    assert "North answers for it" in text(page(cast.fay, "journey"))
    press(cast.adam, "assign_link", link.pk, owner=cast.south.pk)
    assert "South answers for it" in text(page(cast.fay, "journey"))
    assert press(cast.adam, "assign_link", link.pk, owner="x").status_code == 422
    assert press(cast.adam, "connect", "bill", taker=till.pk).status_code == 422
    circle = press(cast.adam, "connect", "till", taker=look.pk)
    assert (circle.status_code, "back to where it began" in text(circle)) == (422, True)
    twice = press(cast.adam, "connect", "look", taker=bill.pk)
    assert (twice.status_code, "leads on from a step already" in text(twice)) == (422, True)


def test_a_cohort_is_typed_and_the_weakest_link_named(cast):
    chain_of(cast, "Look", "Apply", "Check", "Sign", "Use")
    form = dict(
        zip(
            [f"reached-{key}" for key in ("look", "apply", "check", "sign", "use")],
            (1000, 900, 855, 650, 630),
            strict=True,
        )
    )
    said = text(press(cast.adam, "count", "new", **JANUARY | form))
    assert "The weakest link, proven: from “Check” to “Sign”." in said
    assert "650 of 855 went on, between 73 and 79 %" in said
    assert "205 lost here, 55 % of all losses" in said
    cohort = Cohort.objects.get()
    opened = page(cast.adam, "journey", cohort=cohort.pk, count=cohort.pk)
    assert opened.context["panel"].form.initial["reached-sign"] == 650
    corrected = press(
        cast.adam, "count", cohort.pk, **JANUARY | form | {"open-check": 200, "excused-look": 1}
    )
    assert "The weakest link, proven: from “Look” to “Apply”." in text(corrected)
    assert "200 may still go on" in text(corrected)
    assert "1 needed it no longer" in text(corrected)


def test_where_intervals_overlap_no_link_is_the_weakest(cast):
    counted(cast, chain_of(cast, "Look", "Apply", "Check"), 100, 90, 79)
    assert "No link is proven weakest: the intervals overlap." in text(page(cast.fay, "journey"))


PASTED = "Look\t1'000\n apply;900\nCheck 855\n\n"


def test_two_columns_are_pasted(cast):
    chain_of(cast, "Look", "Apply", "Check")
    assert press(cast.adam, "count", "new", pasted=PASTED, **JANUARY).status_code == 200
    assert list(Cohort.objects.get().counts.order_by("pk").values_list("reached", flat=True)) == [
        1000,
        900,
        855,
    ]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"pasted": "Nowhere 5"}, "“Nowhere 5” is no touchpoint"),
        ({"pasted": "Look 5.5"}, "“Look 5.5” is no touchpoint"),
        ({"pasted": "Look"}, "“Look” is no touchpoint"),
        ({"pasted": "Look 99999999999"}, "is no touchpoint"),
        ({}, "at least one touchpoint"),
        ({"reached-look": "-1"}, "greater than or equal to 0"),
        ({"reached-look": 5, "reached-apply": 6}, "More came here than could have gone on"),
        ({"reached-look": 5, "until_on": "2025-12-01"}, "comes after the first"),
        ({"reached-look": 5, "from_on": ""}, "required"),
        ({"reached-look": 5, "name": ""}, "required"),
    ],
    ids=[
        "unknown",
        "part",
        "no number",
        "huge",
        "none",
        "negative",
        "more",
        "backwards",
        "no day",
        "no name",
    ],
)
def test_numbers_that_do_not_fit_are_kept_and_explained(cast, wrong, words):
    chain_of(cast, "Look", "Apply")
    refused = press(cast.adam, "count", "new", **JANUARY | {"source": "Our ledger"} | wrong)
    assert (refused.status_code, words in text(refused), "Our ledger" in text(refused)) == (422, True, True)
    assert not Cohort.objects.exists()


def test_without_links_nobody_can_be_counted(cast):
    way_of(cast, "Look", "Till")
    assert "Connect two touchpoints first" in text(page(cast.adam, "journey", count="new"))


def lately(cast, stop, *rows, **more):
    at = timezone.now() - timedelta(days=3)
    given = {"source": "web", "source_id": "", "channel": "web", "kind": "complaint", "unit": cast.north}
    take_in(
        rows=[
            NewFeedback(touchpoint=stop, received_at=at, csat=csat, text=words, **given | more)
            for csat, words in rows
        ],
        by=None,
        now=at,
    )


def test_a_touchpoint_says_what_it_is_like_in_figures_and_in_words(cast):
    till = stop_of(cast, "Till")
    press(cast.adam, "propose", confirm="yes", title="Waiting", kind="service", touchpoint=till.pk)
    lately(cast, till, *[(1, f"Dreadful {n}") for n in range(9)], *[(5, "Lovely")] * 11, customer=cast.petra)
    judge_touchpoints(now=timezone.now())
    for name, args in (("journey", []), ("touchpoint", ["till"])):
        shown = text(page(cast.olga, name, *args))
        assert "45 % misery (26–66)" in shown
        assert "55 % rated 5 (34–74)" in shown
    leader, member = (text(page(person, "touchpoint", "till")) for person in (cast.olga, cast.fay))
    assert "Dreadful 8" in leader and "Lovely" in leader and "Petra Frei" in leader and "Waiting" in leader
    assert "Dreadful" not in member and "Petra" not in member
    assert "that you may read" in member


def test_too_few_ratings_are_not_shown(cast):
    till = stop_of(cast, "Till")
    lately(cast, till, *[(1, "")] * 4)
    judge_touchpoints(now=timezone.now())
    assert "not enough answers" in text(page(cast.fay, "journey"))
    assert "So few rated it" in text(page(cast.fay, "touchpoint", "till"))
    assert (
        "%" not in text(page(cast.fay, "touchpoint", "till")).split("What it is like")[1].split("<aside")[0]
    )


def test_the_way_and_a_touchpoint_cost_the_same_for_few_and_many(cast):
    def grow(first, last):
        stops = [stop_of(cast, f"Stop{n}", order=n) for n in range(first, last)]
        for giver, taker in itertools.pairwise(stops):
            connect(giver=giver, taker=taker, owner=cast.north, by=cast.adam, now=NOW)
        for stop in stops:
            lately(cast, stop, *[(rating, f"{stop.name} {rating}") for rating in (1, 1, 3, 5, 5)])
        counts = [Reached(stop, 100 - place) for place, stop in enumerate(stops)]
        days = {"from_on": date(2026, 1, first + 1), "until_on": date(2026, 3, 1)}
        count_cohort(name=f"From {first}", counts=counts, by=cast.adam, now=NOW, **days)
        judge_touchpoints(now=timezone.now())

    grow(0, 3)
    few = [
        cost(cast.adam, "journey"),
        cost(cast.adam, "journey", edit=1),
        cost(cast.adam, "touchpoint", "stop0"),
    ]
    grow(3, 12)
    many = [
        cost(cast.adam, "journey"),
        cost(cast.adam, "journey", edit=1),
        cost(cast.adam, "touchpoint", "stop0"),
    ]
    assert many == few == [12, 12, 13]


def test_the_way_is_taken_along(cast):
    stops = chain_of(cast, "Look", "Till")
    counted(cast, stops, 10, 9)
    for rows in ("touchpoints", "links"):
        answer = client_for(cast.fay).get(reverse("understand:journey"), {"as": "csv", "rows": rows})
        assert b"Look" in answer.getvalue()
