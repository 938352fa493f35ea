"""What did not last is tried again, and whoever was told hears it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from coalface.act.actions import AlreadyDeclined, decline_fix
from coalface.people.actions import leave, successor
from coalface.records.models import Event, Fix, Lane, Ruling, Verdict
from coalface.verify.actions import NotShipped, judge, judge_due, reopen, reopen_what_did_not_last
from tests.people import client_for
from tests.verify import at, done, issue, proposed_fix, said, week
from tests.verify.test_judging import card_block

pytestmark = pytest.mark.django_db


def follow(fix, ruling, now):
    """What follows from a verdict, as the worker would have it."""
    event = Event.objects.filter(kind="fix.judged", payload__ruling=ruling).get()
    return reopen_what_did_not_last(event=event, now=now)


def test_a_fix_that_made_it_worse_is_tried_again_by_its_owner(cast):
    fix = card_block(cast, after=90)
    judge(fix=fix, by=cast.adam, now=at(week(30)))
    again = follow(fix, "worse", at(week(30)))
    again = Fix.objects.get(pk=again.pk)
    assert (again.follows, again.issue, again.title, again.unit, again.opened_by) == (
        fix,
        fix.issue,
        fix.title,
        fix.unit,
        cast.adam,
    )
    assert (again.accepted_at, again.shipped_at, again.due_on) == (
        None,
        None,
        week(30) + timedelta(days=28),
    )
    assert Event.objects.get(kind="fix.opened", about_id=str(again.pk)).payload["owner"] == cast.sven.pk
    told = Event.objects.get(kind="fix.reopened")
    assert (told.about_id, told.payload) == (str(fix.pk), {"again": again.pk, "issue": fix.issue_id})


def test_who_has_left_meanwhile_opens_nothing_their_successor_does(cast):
    fix = card_block(cast, after=90)
    judge(fix=fix, by=cast.adam, now=at(week(30)))
    leave(person=cast.adam, on=week(30), by=cast.ada, now=at(week(30)))
    again = follow(fix, "worse", at(week(31)))
    assert again.opened_by == successor(person=cast.adam, now=at(week(31))) != cast.adam


def test_a_fix_that_worked_is_not_tried_again(cast):
    fix = card_block(cast)
    judge(fix=fix, by=cast.adam, now=at(week(30)))
    assert follow(fix, "verified", at(week(30))) is None
    assert Fix.objects.count() == 1


def test_opened_again_twice_it_is_one_attempt(cast):
    fix = card_block(cast)
    first = reopen(fix=fix, by=cast.olga, now=at(week(30)))
    assert reopen(fix=fix, by=cast.adam, now=at(week(31))) == first
    assert Event.objects.filter(kind="fix.reopened").count() == 1


def test_what_was_decided_once_is_not_put_to_the_vote_again(cast):
    fix = card_block(cast)
    Fix.objects.update(lane=Lane.NEEDS_A_DECISION)
    assert reopen(fix=fix, by=cast.olga, now=at(week(30))).lane == Lane.THIS_WEEK


def test_what_never_shipped_is_not_opened_again(cast):
    fix = proposed_fix(cast, issue(cast, "Cards"))
    with pytest.raises(NotShipped):
        reopen(fix=fix, by=cast.olga, now=at(week(30)))
    decline_fix(fix=fix, reason="Not now", by=cast.sven, now=at(week(20)))
    with pytest.raises(AlreadyDeclined):
        reopen(fix=fix, by=cast.olga, now=at(week(30)))


def test_somebody_who_judges_opens_it_again_with_one_click(cast):
    fix = card_block(cast)
    judge(fix=fix, by=cast.adam, now=at(week(30)))
    address = reverse("verify:reopen", args=[fix.pk])
    assert client_for(cast.fay).post(address).status_code == 403
    adam = client_for(cast.adam)
    assert "Open it again" in adam.get(reverse("verify:verdict", args=[fix.pk])).content.decode()
    answer = adam.post(address)
    again = Fix.objects.get(follows=fix)
    assert answer.url == reverse("act:fix", args=[again.pk])
    page = adam.get(reverse("verify:verdict", args=[fix.pk])).content.decode()
    assert "See the second attempt" in page
    assert "Open it again" not in page
    assert (
        "the first one did not last" in adam.get(reverse("verify:verdict", args=[again.pk])).content.decode()
    )


def verified(cast):
    fix = card_block(cast)
    assert judge(fix=fix, by=cast.adam, now=at(week(30))).ruling == Ruling.VERIFIED
    return fix


def test_a_cusum_looks_every_night_and_what_comes_back_has_relapsed(cast):
    fix = verified(cast)
    done([cast.north, cast.south], 500, first=30, last=36, by=cast.adam)
    said(fix.issue, cast.north, [8] * 6, first=30)
    [verdict] = judge_due(now=at(week(36)))
    assert (verdict.ruling, verdict.judged_by) == (Ruling.RELAPSED, cast.adam)
    assert judge_due(now=at(week(37))) == []


def test_what_stays_away_is_looked_at_in_silence(cast):
    fix = verified(cast)
    done([cast.north, cast.south], 500, first=30, last=44, by=cast.adam)
    said(fix.issue, cast.north, [2] * 14, first=30)
    for place in range(31, 45):
        assert judge_due(now=at(week(place))) == []
    assert Verdict.objects.count() == 1
