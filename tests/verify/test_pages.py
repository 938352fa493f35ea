"""The pages of verdicts, and the one on which a customer answers."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coalface.act.actions import ship
from coalface.records.models import CustomerAnswer, EvaluationPlan, Feedback, Fix, Mention, Policy, Verdict
from coalface.verify.actions import ask_customers_instead, judge
from coalface.verify.queries import token_of
from tests.people import client_for
from tests.verify import at, done, issue, planned, proposed_fix, said, shipped, week
from tests.verify.test_judging import a_usual_year, card_block, spread

pytestmark = pytest.mark.django_db


def text(client, name, *args):
    page = client.get(reverse(name, args=args))
    assert page.status_code == 200
    return " ".join(page.content.decode().split())


def count(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_list_says_what_each_fix_waits_for(cast):
    about = issue(cast, "A fee")
    done([cast.root], 500, first=0, last=20, by=cast.adam)
    said(about, cast.north, spread(60), first=10)
    shipped(cast, proposed_fix(cast, about), spike_from=week(12), spike_until=week(13))
    page = text(client_for(cast.fay), "verify:index")
    assert "Waiting to be judged" in page
    assert "can be decided on" in page
    planned(cast, proposed_fix(cast, issue(cast, "Another")))
    assert "To be shipped" in text(client_for(cast.fay), "verify:index")
    page = text(client_for(cast.fay), "verify:verdict", Fix.objects.first().pk)
    assert "without the spike 26 May – 2 Jun 2025" in page
    assert "the spike it was picked at" in page


def test_an_empty_list_says_what_comes_here(cast):
    assert "Nothing to judge yet" in text(client_for(cast.fay), "verify:index")


def test_the_list_asks_as_often_for_three_fixes_as_for_one(cast):
    def one_more(title):
        fix = shipped(cast, proposed_fix(cast, issue(cast, title)))
        judge(fix=fix, by=cast.adam, now=at(week(22)))
        shipped(cast, proposed_fix(cast, fix.issue))

    one_more("One")
    client = client_for(cast.fay)
    one = count(client, reverse("verify:index"))
    one_more("Two")
    one_more("Three")
    assert count(client, reverse("verify:index")) == one <= 11


def test_the_verdict_page_says_the_sentence_and_both_ways(cast):
    fix = card_block(cast)
    verdict = judge(fix=fix, by=cast.adam, now=at(week(30)))
    page = text(client_for(cast.fay), "verify:verdict", fix.pk)
    assert "After the change 18 of 10,000 contacts named it; before, 42 of 10,000." in page
    assert "That is 0.43 times as often (0.23–0.76)." in page
    assert f"Without a change about {verdict.expected:.0f} were to be expected" in page
    assert "It worked: it is named clearly less often" in page
    assert "The same, however often somebody looks" in page
    assert "There was nothing to compare with" in page
    assert "not to be believed" not in page
    assert "Judge now" not in page
    assert "Verified" in text(client_for(cast.fay), "verify:index")


def test_the_naive_ratio_is_struck_through_and_explained(cast):
    about = issue(cast, "A fee")
    fix = shipped(cast, proposed_fix(cast, about), spike_from=week(17), spike_until=week(20))
    Verdict.objects.create(
        fix=fix,
        ruling="improved_not_proven",
        basis="counts",
        after_from=week(20),
        after_until=week(30),
        events_after=3,
        exposure_after=100,
        ratio=None,
        ratio_low=0.5,
        p=0.0001,
        naive_ratio=0.41,
        judged_by=cast.adam,
        judged_at=at(week(30)),
    )
    page = text(client_for(cast.fay), "verify:verdict", fix.pk)
    assert "<del>× 0.41</del>" in page
    assert "mostly falls by itself" in page
    assert "0.50–∞" in page


def test_the_page_says_what_is_missing_and_keeps_older_verdicts(cast):
    fix = shipped(cast, proposed_fix(cast, issue(cast, "Cards")))
    judge(fix=fix, by=cast.adam, now=at(week(22)))
    judge(fix=fix, by=cast.adam, now=at(week(23)))
    page = text(client_for(cast.olga), "verify:verdict", fix.pk)
    assert "Missing: how much was done." in page
    assert "let those who raised it judge" in page
    assert "Earlier verdicts" in page
    assert "Judge now" in page


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("events", "cannot be verified by counts"),
        ("time", "Missing: time."),
        ("prior", "Missing: other issues"),
        ("", "had their chance"),
    ],
)
def test_each_thing_that_may_be_missing_has_its_sentence(cast, missing, words):
    fix = shipped(cast, proposed_fix(cast, issue(cast, "Cards")))
    Verdict.objects.create(
        fix=fix,
        ruling="not_enough_evidence",
        basis="counts",
        missing=missing,
        events_after=1,
        after_from=week(20),
        after_until=week(21),
        decidable_on=week(40),
        judged_by=cast.adam,
        judged_at=at(week(21)),
    )
    assert words in text(client_for(cast.fay), "verify:verdict", fix.pk)


def test_before_a_verdict_the_page_says_what_is_waited_for(cast):
    fay = client_for(cast.fay)
    fix = proposed_fix(cast, issue(cast, "Cards"))
    assert "Nobody has written down" in text(fay, "verify:verdict", fix.pk)
    ask_customers_instead(fix=fix, by=cast.mina, now=at(week(20)))
    assert "It has not shipped yet." in text(fay, "verify:verdict", fix.pk)
    ship(fix=fix, by=cast.sven, now=at(week(20)))
    assert "judged by the customers who raised it" in text(fay, "verify:verdict", fix.pk)
    assert "Customers are asked" in text(fay, "verify:index")
    dated = card_block(cast)
    assert "the numbers can decide on" in text(fay, "verify:verdict", dated.pk)
    EvaluationPlan.objects.filter(fix=dated).update(decidable_on=None)
    assert "named too rarely before" in text(fay, "verify:verdict", dated.pk)
    EvaluationPlan.objects.filter(fix=dated).update(exposure_before=0)
    assert "Nobody has recorded how many contacts" in text(fay, "verify:verdict", dated.pk)


def test_somebody_else_than_the_owner_judges_from_the_page(cast):
    cast.sven.grants.update(role="leader")
    fix = card_block(cast)
    address = reverse("verify:judge", args=[fix.pk])
    assert client_for(cast.fay).post(address).status_code == 403
    assert client_for(cast.sven).post(address).status_code == 403
    assert client_for(cast.adam).get(address).status_code == 405
    assert client_for(cast.adam).post(address).url == reverse("verify:verdict", args=[fix.pk])
    assert Verdict.objects.get().judged_by == cast.adam


def test_out_of_reach_nothing_is_judged(cast):
    cast.fay.grants.update(role="leader")
    fix = shipped(cast, proposed_fix(cast, issue(cast, "Cards"), unit=cast.south))
    assert client_for(cast.fay).post(reverse("verify:judge", args=[fix.pk])).status_code == 403
    other = proposed_fix(cast, issue(cast, "Fees"), unit=cast.south)
    assert client_for(cast.fay).get(reverse("verify:register", args=[other.pk])).status_code == 403


def test_what_cannot_be_judged_yet_says_why(cast):
    adam = client_for(cast.adam)
    fix = proposed_fix(cast, issue(cast, "Cards"))
    ask_customers_instead(fix=fix, by=cast.mina, now=at(week(20)))
    for name in ("verify:judge", "verify:ask"):
        page = adam.post(reverse(name, args=[fix.pk]), follow=True).content.decode()
        assert "shipped" in page
    ship(fix=fix, by=cast.sven, now=at(week(20)))
    page = adam.post(reverse("verify:judge", args=[fix.pk]), follow=True).content.decode()
    assert "judged by the customers who raised it" in page


def plan_body(cast, **more):
    return {
        "measure": "contacts",
        "baseline_from": week(10),
        "baseline_until": week(20),
        "lag_days": 0,
        "smallest_effect": 0.5,
        "judge": cast.adam.pk,
    } | more


def test_the_yardstick_is_chosen_on_a_page_with_a_sensible_first_guess(cast):
    about = issue(cast, "Cards")
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    for mention in said(about, cast.north, [9]):
        Mention.objects.filter(pk=mention.pk).update(happened_at=timezone.now() - timedelta(weeks=4))
    fix, mina = proposed_fix(cast, about), client_for(cast.mina)
    page = text(mina, "verify:register", fix.pk)
    assert f'value="{monday - timedelta(weeks=26)}"' in page
    assert "Some weeks stand out" in page
    assert "Nobody has recorded yet how much is done" in page
    address = reverse("verify:register", args=[fix.pk])
    assert mina.post(address, plan_body(cast)).url == reverse("act:fix", args=[fix.pk])
    assert EvaluationPlan.objects.get().judge == cast.adam
    assert client_for(cast.fay).get(address).status_code == 403


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"baseline_until": week(10)}, "This has to be later."),
        ({"baseline_until": week(500)}, "This time has to be over"),
        ({"baseline_from": "0001-01-01"}, "greater than or equal to 2000-01-01"),
        ({"spike_from": week(12)}, "A spike has two ends."),
        ({"spike_from": week(10), "spike_until": week(20)}, "The spike covers everything"),
    ],
)
def test_a_yardstick_that_cannot_be_is_refused_with_its_reason(cast, more, words):
    fix = proposed_fix(cast, issue(cast, "Cards"))
    page = client_for(cast.mina).post(reverse("verify:register", args=[fix.pk]), plan_body(cast, **more))
    assert words in page.content.decode()


def test_after_shipping_the_yardstick_stays(cast):
    fix, mina = shipped(cast, proposed_fix(cast, issue(cast, "Cards"))), client_for(cast.mina)
    assert "stays as it is" in text(mina, "verify:register", fix.pk)
    for name, body in (("verify:register", plan_body(cast)), ("verify:register_customers", {})):
        page = mina.post(reverse(name, args=[fix.pk]), body, follow=True)
        assert "stays as it is" in page.content.decode()


def test_where_nobody_else_could_judge_customers_are_proposed(cast):
    fix = proposed_fix(cast, issue(cast, "Cards"), owner=cast.mina)
    for person in (cast.olga, cast.rolf, cast.adam):
        person.grants.all().delete()
    mina = client_for(cast.mina)
    assert "Nobody but its owner could judge this" in text(mina, "verify:register", fix.pk)
    mina.post(reverse("verify:register_customers", args=[fix.pk]))
    assert EvaluationPlan.objects.get().basis == "customers"


def asked(cast):
    about = issue(cast, "The bell")
    now = timezone.now()
    said(about, cast.north, [1], customer=cast.petra)
    fix = proposed_fix(cast, about)
    ask_customers_instead(fix=fix, by=cast.mina, now=at(week(20)))
    ship(fix=fix, by=cast.sven, now=now - timedelta(days=2))
    page = client_for(cast.mina).post(reverse("verify:ask", args=[fix.pk]), follow=True)
    assert "1 customer is asked; 0 cannot be." in page.content.decode()
    assert "One customer who raised it was asked." in page.content.decode()
    return fix, reverse("verify:better", args=[token_of(CustomerAnswer.objects.get())])


def test_a_customer_answers_without_an_account(cast, client):
    fix, address = asked(cast)
    page = client.get(address).content.decode()
    assert "Yes, better" in page
    assert "No, not yet" in page
    assert fix.title in page
    assert client.post(address, {"better": "maybe"}).status_code == 200
    assert client.post(address, {"better": "yes"}).url == address
    page = client.get(address).content.decode()
    assert "You say it is better." in page
    assert "You can still change" not in page
    assert Verdict.objects.get().ruling == "verified"
    assert "this is settled" in client.post(address, {"better": "no"}).content.decode()
    page = text(client_for(cast.fay), "verify:verdict", fix.pk)
    assert "Those who raised it were asked later, and say it is better." in page


def test_until_the_verdict_a_customer_may_change_their_answer(cast, client):
    _, address = asked(cast)
    Policy.objects.create(key="customer_yes_needed", value=2, set_by=cast.mina, set_at=timezone.now())
    client.post(address, {"better": "yes"})
    assert "You can still change your answer" in client.get(address).content.decode()


def test_a_customer_reads_their_own_language_where_we_know_it(cast, client):
    _, address = asked(cast)
    for language in ("de", "xx"):
        cast.petra.language = language
        cast.petra.save()
        assert client.get(address).status_code == 200


def test_on_the_day_it_ships_a_customer_is_asked_to_wait(cast, client):
    _, address = asked(cast)
    Fix.objects.update(shipped_at=timezone.now())
    assert "Please give it a day" in client.post(address, {"better": "yes"}).content.decode()


def test_a_link_that_is_forged_or_old_is_explained(cast, client):
    _, address = asked(cast)
    forged = client.get(reverse("verify:better", args=["nothing"]))
    assert forged.status_code == 404
    assert "This link is not complete" in forged.content.decode()
    CustomerAnswer.objects.update(asked_at=timezone.now() - timedelta(days=91))
    assert client.get(address).status_code == 410


def test_a_verdict_page_asks_as_often_for_many_weeks_as_for_few(cast):
    about = issue(cast, "Cards")
    fix = shipped(cast, proposed_fix(cast, about))
    judge(fix=fix, by=cast.adam, now=at(week(22)))
    client, address = client_for(cast.adam), reverse("verify:verdict", args=[fix.pk])
    one = count(client, address)
    said(about, cast.north, spread(30), first=10)
    a_usual_year(cast)
    assert Feedback.objects.count() > 100
    assert count(client, address) == one == 18


def test_judging_from_two_windows_at_once_is_refused_by_nobody_and_counted_once(cast):
    fix = card_block(cast)
    for person in (cast.adam, cast.olga):
        client_for(person).post(reverse("verify:judge", args=[fix.pk]))
    assert Verdict.objects.count() == 1
