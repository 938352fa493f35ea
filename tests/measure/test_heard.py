"""What guests say about us counts in full groups, and for nobody by themselves."""

import pytest

from coalface.measure.actions import take_snapshots
from coalface.measure.queries import heard_by_my_guests, heard_figures, mine
from coalface.meet.actions import answer_about_us
from coalface.methods.results import wilson
from tests.measure import ago, met
from tests.people import NOW, client_for, welcome

pytestmark = pytest.mark.django_db


def answered(cast, person, answers, days=20.0, sale=None):
    """Each guest of this person says whether we listened."""
    guests = welcome(*(f"{person.name} {days} {n}" for n in range(len(answers))), unit=cast.north)
    for number, (guest, yes) in enumerate(zip(guests, answers, strict=True)):
        encounter = met(cast, person, days, [guest])
        when = ago(days - 1 - number / 100)
        answer_about_us(guest=encounter.guests.get(), listened=yes, felt_like_a_sale=sale, now=when)


def test_below_a_group_nothing_is_said(cast):
    answered(cast, cast.olga, [True] * 4)
    assert heard_figures(NOW) == {"listened": None, "felt_like_a_sale": None}
    assert heard_by_my_guests(cast.olga, NOW).listened is None


def test_a_figure_moves_by_whole_groups_only(cast):
    share = wilson(4, 5)
    told = {"estimate": share.estimate, "low": share.low, "high": share.high, "n": 5}
    answered(cast, cast.olga, [True, True, False, True, True], days=30)
    assert heard_figures(NOW)["listened"] == told
    answered(cast, cast.rolf, [False] * 4, days=20)
    assert heard_figures(NOW)["listened"] == told
    answered(cast, cast.rolf, [False], days=10)
    assert heard_figures(NOW)["listened"]["n"] == 10


def test_what_is_older_than_a_year_goes_by_whole_groups_too(cast):
    answered(cast, cast.olga, [True] * 5, days=400)
    assert heard_figures(NOW)["listened"] is None
    answered(cast, cast.olga, [False] * 5, days=20)
    assert heard_figures(NOW)["listened"]["n"] == 5


def test_mine_is_shown_to_me_when_the_others_are_none_or_enough(cast):
    answered(cast, cast.olga, [True] * 5, days=30, sale=False)
    assert heard_by_my_guests(cast.olga, NOW).listened == wilson(5, 5)
    assert heard_by_my_guests(cast.olga, NOW).felt_like_a_sale == wilson(0, 5)
    answered(cast, cast.rolf, [True] * 5, days=20)
    assert mine(cast.olga, NOW).heard.listened == wilson(5, 5)
    assert mine(cast.rolf, NOW).heard.listened == wilson(5, 5)
    assert heard_by_my_guests(cast.mina, NOW).listened is None


def test_and_hidden_when_a_few_others_could_be_had_by_subtraction(cast):
    answered(cast, cast.olga, [True] * 3, days=30)
    answered(cast, cast.rolf, [False] * 2, days=20)
    answered(cast, cast.olga, [True] * 2, days=10)
    assert heard_figures(NOW)["listened"]["n"] == 5
    assert heard_by_my_guests(cast.olga, NOW).listened is None


def test_on_the_page(cast):
    answered(cast, cast.olga, [True, True, True, True, False], sale=False)
    take_snapshots(now=NOW)
    page = client_for(cast.olga).get("/measure/contact/").content.decode()
    assert "Your guests: you listened" in page
