"""Two people at once: who made it never judges it, nobody the same day, customers where nobody else is."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from coalface.act.actions import open_fix, ship
from coalface.people.actions import grant
from coalface.records.models import (
    CustomerAnswer,
    Event,
    Grant,
    Lane,
    OutgoingMessage,
    Role,
    Ruling,
    Verdict,
)
from coalface.verify.actions import ask_due, judge_due
from coalface.worker.actions import drain
from tests.journeys.conftest import Clock, clock  # noqa: F401  (a fixture)
from tests.journeys.test_reopening import LIVE, card_block
from tests.people import NOW, Cast, client_for
from tests.people.test_two_at_once import at_once
from tests.verify import at, issue, said, week

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def sent(sends: list[tuple[Client, str, dict]]) -> list[int]:
    """The answers to these forms, all sent in the same moment."""
    return at_once(lambda one: one[0].post(one[1], one[2]).status_code, sends)


def test_who_made_it_does_not_judge_it_and_nobody_on_the_day_it_ships(cast: Cast, clock: Clock):  # noqa: F811
    grant(person=cast.sven, role=Role.LEADER, unit=cast.root, by=None, now=NOW)
    clock.now = at(week(LIVE), hour=12)
    fix = card_block(cast)
    here, judge = reverse("verify:verdict", args=[fix.pk]), reverse("verify:judge", args=[fix.pk])
    sven, adam = client_for(cast.sven), client_for(cast.adam)
    assert "Judge now" not in adam.get(here).content.decode()
    assert sent([(sven, judge, {}), (adam, judge, {})]) == [403, 302]
    assert judge_due(now=clock.now) == []
    assert not Verdict.objects.exists()
    clock.now = at(week(LIVE + 10))
    sven, adam, olga = client_for(cast.sven), client_for(cast.adam), client_for(cast.olga)
    assert "Judge now" not in sven.get(here).content.decode()
    assert "Judge now" in adam.get(here).content.decode()
    assert sent([(sven, judge, {}), (adam, judge, {}), (olga, judge, {})]) == [403, 302, 302]
    verdict = Verdict.objects.get()
    assert (verdict.ruling, verdict.judged_by in (cast.adam, cast.olga)) == (Ruling.VERIFIED, True)


def alone(cast: Cast):
    """Mina is the only one who could judge, and she makes it herself; two customers raised it."""
    Grant.objects.exclude(person=cast.mina).delete()
    about = issue(cast, "The bell")
    for customer in (cast.petra, cast.quentin):
        said(about, cast.north, [1, 1], first=LIVE - 3, customer=customer)
    given = {"owner": cast.mina, "by": cast.mina, "now": at(week(LIVE - 1))}
    return open_fix(issue=about, title="A bell", lane=Lane.THIS_WEEK, due_on=week(LIVE), **given)


def test_where_nobody_else_is_customers_are_asked_on_a_later_day_and_once(
    cast: Cast,
    clock: Clock,  # noqa: F811
):
    fix = alone(cast)
    clock.now = at(week(LIVE), hour=9)
    mina = client_for(cast.mina)
    page = mina.get(reverse("verify:register", args=[fix.pk])).content.decode()
    assert reverse("verify:register_customers", args=[fix.pk]) in page
    mina.post(reverse("verify:register_customers", args=[fix.pk]))
    ship(fix=fix, by=cast.mina, now=clock.now)
    judge, ask = (reverse(f"verify:{name}", args=[fix.pk]) for name in ("judge", "ask"))
    assert mina.post(judge).status_code == 403
    two = [(mina, ask, {}), (client_for(cast.mina), ask, {})]
    assert sent(two) == [302, 302]
    assert ask_due(now=clock.now) == []
    assert not CustomerAnswer.objects.exists()
    assert (
        "Customers are asked from the day after it shipped."
        in mina.get(reverse("verify:verdict", args=[fix.pk])).content.decode()
    )
    clock.wait(days=1)
    assert sent(two) == [302, 302]
    assert (
        CustomerAnswer.objects.count() == OutgoingMessage.objects.filter(customer__isnull=False).count() == 2
    )
    links = [
        reverse("verify:better", args=[message.about["token"]])
        for message in OutgoingMessage.objects.filter(customer__isnull=False)
    ]
    assert sent([(Client(), link, {"better": "yes"}) for link in links]) == [302, 302]
    verdict = Verdict.objects.get()
    assert (verdict.ruling, verdict.basis, verdict.judged_by) == (Ruling.VERIFIED, "customers", None)
    drain(now=clock.now + timedelta(days=1))
    assert Event.objects.filter(kind="fix.judged").count() == 1
