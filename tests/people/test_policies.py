"""An organisation chooses its numbers; the earlier choices stay on record."""

import pytest

from coalface.people.actions import OutOfRange, choose
from coalface.policies import POLICIES, number, numbers
from coalface.records.models import Policy
from tests.people import NOW, Cast, client_for


def test_the_newest_choice_holds_and_the_earlier_ones_stay(cast: Cast):
    assert number("half_life_days") == 90
    for value in (30, 60):
        choose(key="half_life_days", value=value, by=cast.ada, now=NOW)
    assert number("half_life_days") == 60
    assert list(Policy.objects.values_list("value", flat=True)) == [60, 30]


def test_numbers_of_one_kind_come_together(cast: Cast):
    choose(key="depth_reading", value=0.1, by=cast.ada, now=NOW)
    assert numbers("depth_") == {
        key.removeprefix("depth_"): choice.default
        for key, choice in POLICIES.items()
        if key.startswith("depth_")
    } | {"reading": 0.1}


@pytest.mark.parametrize("value", [2, 51, float("nan"), float("inf")])
def test_a_number_out_of_range_is_refused(cast: Cast, value: float):
    with pytest.raises(OutOfRange):
        choose(key="smallest_group", value=value, by=cast.ada, now=NOW)


def test_the_page_shows_every_policy_and_takes_a_choice(cast: Cast):
    browser = client_for(cast.ada)
    assert browser.get("/people/policies/").content.decode().count("our default") == len(POLICIES)
    answer = browser.post("/people/policies/smallest_group/", {"value": "7"})
    assert (answer.status_code, number("smallest_group")) == (302, 7)
    assert "Ada Kovacs" in browser.get("/people/policies/").content.decode()


def test_bad_numbers_are_answered_with_what_is_allowed(cast: Cast):
    browser = client_for(cast.ada)
    assert "From 3 to 50" in browser.post("/people/policies/smallest_group/", {"value": "1"}).content.decode()
    assert browser.post("/people/policies/smallest_group/", {"value": "five"}).status_code == 200
    assert browser.get("/people/policies/no_such_policy/").status_code == 404
    assert number("smallest_group") == 5


def test_only_who_manages_people_chooses(cast: Cast):
    assert client_for(cast.fay).get("/people/policies/").status_code == 403
    assert client_for(cast.fay).post("/people/policies/smallest_group/", {"value": "7"}).status_code == 403


def test_who_manages_one_place_chooses_nothing_for_all(cast: Cast):
    cast.sven.grants.update(role="programme_manager")
    browser = client_for(cast.sven)
    assert browser.get("/people/policies/").status_code == 403
    assert browser.post("/people/policies/smallest_group/", {"value": "3"}).status_code == 403
    assert "/people/policies/" not in browser.get("/people/").content.decode()
    assert number("smallest_group") == 5
