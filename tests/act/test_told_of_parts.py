"""Who asked only for what became part of another fix hears what became of that one."""

from datetime import timedelta

import pytest

from coalface.act.actions import (
    decline_fix,
    merge_fixes,
    register_opportunity,
    send_what_lies,
    ship,
    validate,
)
from coalface.act.queries import customers_who_raised
from coalface.measure.queries.told import told_figures
from coalface.records.models import Feedback, Fix, Lane, News, Policy, Ruling, Telling, Verdict
from coalface.worker.actions import drain
from tests.act.test_fixes import opened
from tests.people import NOW, welcome
from tests.verify import issue, planned, proposed_fix, said

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LIVE = NOW + timedelta(days=7)
DAYS = timedelta(days=3)


def tellings(news):
    rows = Telling.objects.filter(news=news).select_related("customer", "person").order_by("id")
    return sorted((row.customer or row.person).name for row in rows)


def all_told(now):
    drain(now=now)
    send_what_lies(now=now + DAYS)
    drain(now=now + DAYS)


def one_of_two(cast):
    """In the south Gus brought it in and proposed a change, in the north Fay; Ursula wanted the first one."""
    about = issue(cast, "The bell")
    ursula, wants, not_this = welcome("Ursula Beck", "Wanda Wish", "Nora Nay", unit=cast.south)
    for place, person, customer in ((cast.south, cast.gus, ursula), (cast.north, cast.fay, cast.petra)):
        [mention] = said(about, place, [1], first=11, customer=customer)
        Feedback.objects.filter(pk=mention.feedback_id).update(reported_by=person)
    part = opened(cast, issue=about, unit=cast.south, owner=cast.mina, lane=Lane.OPPORTUNITY)
    wanted = register_opportunity(fix=part, customers_wanted=1, smallest_share=0.1, by=cast.mina, now=NOW)
    for customer, yes in ((wants, True), (not_this, False)):
        validate(opportunity=wanted, customer=customer, wants=yes, by=cast.mina, now=NOW)
    kept = proposed_fix(cast, about)
    merge_fixes(fix=part, into=kept, by=cast.mina, now=NOW)
    return Fix.objects.get(pk=part.pk), kept


OURS = ["Fay Burns", "Gus Meyer", "Mina Aziz"]
THEIRS = ["Petra Frei", "Ursula Beck", "Wanda Wish"]


def test_when_the_one_that_stayed_ships_and_is_verified(cast):
    part, kept = one_of_two(cast)
    planned(cast, kept)
    ship(fix=kept, by=cast.sven, now=LIVE)
    all_told(LIVE)
    assert tellings(News.SHIPPED) == sorted(OURS + THEIRS)
    assert sorted(one.name for one in customers_who_raised(Fix.objects.get(pk=kept.pk))) == THEIRS
    then = LIVE + timedelta(days=100)
    Verdict.objects.create(
        fix=kept, ruling=Ruling.VERIFIED, basis="customers", judged_by=cast.adam, judged_at=then
    )
    all_told(then)
    assert tellings(News.VERDICT) == sorted(OURS + THEIRS)
    assert not Telling.objects.filter(fix=part).exists()


def test_when_the_one_that_stayed_is_declined(cast):
    _, kept = one_of_two(cast)
    decline_fix(fix=kept, reason="Too dear.", by=cast.sven, now=LIVE)
    all_told(LIVE)
    assert tellings(News.DECLINED) == sorted(OURS + THEIRS)


def test_they_count_in_the_share_told_as_well(cast):
    Policy.objects.create(key="smallest_group", value=3, set_by=cast.ada, set_at=NOW)
    _, kept = one_of_two(cast)
    decline_fix(fix=kept, reason="Too dear.", by=cast.sven, now=LIVE)
    all_told(LIVE)
    share = told_figures(LIVE + timedelta(days=31))
    assert (share["estimate"], share["n"]) == (1.0, 3)
