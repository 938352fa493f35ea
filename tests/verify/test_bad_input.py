"""What can go wrong around a check, each seen through to what its page says."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from coalface.act.actions import ship
from coalface.customers.actions import erase
from coalface.records.models import Exposure, Mention, Unit
from coalface.understand.actions import merge
from coalface.verify.actions import judge
from tests.people import Cast, client_for
from tests.verify import at, issue, planned, proposed_fix, raised_by, said, week
from tests.verify.test_judging import card_block, spread

pytestmark = pytest.mark.django_db


def nothing_was_done(cast: Cast, fix) -> None:
    Exposure.objects.update(quantity=0)


def nobody_records_any_more(cast: Cast, fix) -> None:
    Exposure.objects.filter(from_on__gte=week(20)).delete()


def some_weeks_are_not_recorded(cast: Cast, fix) -> None:
    Exposure.objects.filter(from_on=week(25)).delete()


def it_was_live_before_anything_is_known(cast: Cast, fix) -> None:
    Mention.objects.filter(happened_at__lt=at(week(20))).delete()


def another_fix_goes_live(cast: Cast, fix) -> None:
    other = proposed_fix(cast, fix.issue)
    planned(cast, other)
    ship(fix=other, by=cast.sven, now=at(week(22)))


def an_issue_becomes_part_of_it(cast: Cast, fix) -> None:
    twin = issue(cast, "Card refused in Spain")
    said(twin, cast.north, spread(20) + spread(5), first=10)
    judge(fix=fix, by=cast.adam, now=at(week(21)))
    merge(issue=twin, into=fix.issue, by=cast.adam, now=at(week(25)))


def a_customer_is_erased(cast: Cast, fix) -> None:
    raised_by(cast.petra, fix.issue)
    erase(customer=cast.petra, by=cast.mina, now=at(week(22)))


def the_clocks_are_others(cast: Cast, fix) -> None:
    Unit.objects.update(time_zone="Asia/Tokyo")


@pytest.mark.parametrize(
    ("happens", "words"),
    [
        (nothing_was_done, "Missing: how much was done."),
        (nobody_records_any_more, "Missing: how much was done."),
        (some_weeks_are_not_recorded, "For some days after the change nobody recorded how much was done"),
        (it_was_live_before_anything_is_known, "Missing: the time before."),
        (another_fix_goes_live, "counts alone do not verify either of them"),
        (an_issue_becomes_part_of_it, "“Card refused in Spain” became part of this issue during the check."),
        (a_customer_is_erased, "After the change 18 of 10,000 contacts named it; before, 42 of 10,000."),
        (the_clocks_are_others, "another time zone than when this was registered"),
    ],
    ids=lambda one: one.__name__ if callable(one) else "",
)
def test_each_has_its_outcome_on_the_page(cast, happens: Callable, words: str):
    fix = card_block(cast)
    happens(cast, fix)
    adam = client_for(cast.adam)
    page = adam.post(reverse("verify:judge", args=[fix.pk]), follow=True)
    assert (page.status_code, page.redirect_chain) == (
        200,
        [(reverse("verify:verdict", args=[fix.pk]), 302)],
    )
    assert words in page.content.decode()
    assert adam.get(reverse("verify:index")).status_code == 200
