"""The share of customers who heard in time what became of what they raised."""

from datetime import timedelta

import pytest
from django.urls import reverse

from coalface.act.actions import ship, write_letter
from coalface.measure.actions import take_snapshots
from coalface.measure.queries import told_figures
from coalface.methods.results import wilson
from coalface.people.actions import choose
from tests.people import NOW, client_for, welcome
from tests.verify import issue, planned, proposed_fix, said

pytestmark = pytest.mark.django_db
LIVE = NOW + timedelta(days=7)
OVER = LIVE + timedelta(days=31)


def live(cast, title, customers):
    about = issue(cast, title)
    for customer in customers:
        said(about, cast.north, [1], first=10, customer=customer)
    fix = proposed_fix(cast, about)
    planned(cast, fix)
    return ship(fix=fix, by=cast.sven, now=LIVE)


def test_the_share_told_counts_customers_once_the_days_for_telling_are_over(cast):
    them = welcome(*(f"Guest{number} Lang" for number in range(6)), unit=cast.north)
    live(cast, "The bell", them)
    for one in them[:4]:
        write_letter(customer=one, by=None, now=LIVE + timedelta(days=5))
    write_letter(customer=them[4], by=None, now=LIVE + timedelta(days=30, hours=1))
    assert told_figures(LIVE + timedelta(days=29)) is None
    share = wilson(4, 6)
    assert told_figures(OVER) == {
        "estimate": share.estimate, "low": share.low, "high": share.high, "n": 6,
    }  # fmt: skip


def test_who_was_told_of_one_thing_and_not_of_another_was_not_told(cast):
    them = welcome(*(f"Guest{number} Lang" for number in range(5)), unit=cast.north)
    live(cast, "The bell", them)
    for one in them:
        write_letter(customer=one, by=None, now=LIVE)
    live(cast, "The queue", them[:1])
    assert told_figures(OVER)["estimate"] == wilson(4, 5).estimate


def test_few_customers_are_hidden_and_the_page_shows_the_rest(cast):
    live(cast, "The bell", [cast.petra, cast.quentin, cast.rosa])
    assert told_figures(OVER) is None
    choose(key="small_organisation_below", value=2, by=cast.mina, now=NOW)
    live(cast, "The queue", welcome(*(f"Guest{number} Lang" for number in range(5)), unit=cast.north))
    take_snapshots(now=OVER)
    page = client_for(cast.fay).get(reverse("measure:contact")).content.decode()
    assert "Did those who raised it hear what became of it?" in page
    assert "raised something that was changed or declined within a year; heard within 30 days." in page
    assert '<span class="soft">n = 8</span>' in page
