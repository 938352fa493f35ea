"""The pages of a check: filters, what is foreseen, amendments, and what is said with a verdict."""

import pytest
from django.urls import reverse
from django.utils import timezone

from coalface.act.actions import ship
from coalface.records.models import EvaluationPlan, Verdict
from coalface.verify.actions import ask_customers_instead, judge
from tests.people import client_for
from tests.verify import at, done, issue, planned, proposed_fix, said, shipped, week
from tests.verify.test_judging import card_block
from tests.verify.test_pages import plan_body, text

pytestmark = pytest.mark.django_db


def test_the_list_is_narrowed_by_what_stands_in_the_address(cast):
    worked = card_block(cast)
    judge(fix=worked, by=cast.adam, now=at(week(30)))
    open_one = proposed_fix(cast, issue(cast, "Fees"), unit=cast.south)
    planned(cast, open_one)
    fay, address = client_for(cast.fay), reverse("verify:index")

    def shown(query):
        return [line.fix for line in fay.get(f"{address}?{query}").context["lines"]]

    assert shown("show=verified") == shown("show=verified&unit=" + str(cast.north.pk)) == [worked]
    assert shown("show=planned") == [open_one]
    assert shown("show=planned&unit=" + str(cast.north.pk)) == []
    assert "No verdict matches what you chose." in fay.get(f"{address}?show=worse").content.decode()
    file = b"".join(fay.get(f"{address}?show=verified&as=csv").streaming_content).decode()
    assert file.count("\n") == 2
    assert "no_control, season_unknown" in file


def test_while_filling_in_the_page_says_when_it_could_be_decided(cast):
    about, other = issue(cast, "Cards"), issue(cast, "Fees")
    done([cast.north], 500, first=0, last=20, by=cast.adam)
    said(about, cast.north, [20] * 10, first=10)
    said(other, cast.north, [30] * 10, first=10)
    fix, mina = proposed_fix(cast, about), client_for(cast.mina)
    address = reverse("verify:register", args=[fix.pk])
    body = plan_body(cast, look="1", judge="")
    done([cast.north], 500, first=20, last=(timezone.localdate() - week(0)).days // 7, by=cast.adam)
    alone = mina.post(address, body)
    assert not EvaluationPlan.objects.exists()
    assert alone.context["foreseen"].before.events == 200
    assert "in four of five cases" in alone.content.decode()
    beside = mina.post(address, body | {"control_issues": [other.pk]}).context["foreseen"]
    assert beside.before.control == 300
    assert beside.found.on > beside.alone.on == alone.context["foreseen"].found.on
    rare = mina.post(address, body | {"smallest_effect": "0.95"})
    assert rare.context["foreseen"].found.on is None
    assert "Counts can never decide this" in rare.content.decode()


def test_a_yardstick_is_amended_on_a_page_and_everybody_reads_why(cast):
    fix = shipped(cast, proposed_fix(cast, issue(cast, "Cards")))
    address, adam = reverse("verify:amend", args=[fix.pk]), client_for(cast.adam)
    assert client_for(cast.fay).get(address).status_code == 403
    assert adam.get(address).status_code == 200
    body = plan_body(cast, smallest_effect=0.2)
    assert adam.post(address, body | {"lag_days": 7}).status_code == 422
    same = adam.post(address, body | {"reason": "Just so"})
    assert "nothing was changed" in same.content.decode()
    done_so = adam.post(address, body | {"reason": "Letters take a week.", "lag_days": 7})
    assert done_so.url == reverse("verify:verdict", args=[fix.pk])
    page = text(client_for(cast.fay), "verify:verdict", fix.pk)
    assert "Letters take a week." in page
    assert 'days until it can be felt <span class="soft">0 → 7' in page


def test_before_it_ships_amending_is_registering_anew(cast):
    fix = proposed_fix(cast, issue(cast, "Cards"))
    planned(cast, fix)
    address = reverse("verify:amend", args=[fix.pk])
    assert client_for(cast.adam).get(address).url == reverse("verify:register", args=[fix.pk])


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("overlapping:{fix}", "cannot be told apart"),
        ("merged:{issue}", "became part of this issue"),
        ("recounted:45:10000", "the time before comes to 45 of 10,000"),
        ("altered", "somebody changed it without an amendment"),
        ("unsealed", "before yardsticks were sealed"),
        ("clocks_changed", "another time zone"),
        ("amended:2", "amended 2 times"),
        ("control_touched:{fix}", "was changed as well meanwhile"),
        ("control_unknown", "So it is not called verified"),
        ("days_unknown", "For some days after the change"),
        ("data_begin_late", "does not reach back that far"),
        ("channel_closed", "as if a way to complain had been closed"),
        ("substitution", "the complaints may only have moved"),
        ("not_below_expected", "What luck alone would have left"),
        ("naive_disagrees", "A plain comparison of before and after"),
        ("spike_left_out", "a spike falls by itself"),
        ("trend", "rising or falling before already"),
        ("season", "goes up and down with the year"),
        ("few_events", "only a large effect can be shown"),
        ("totals_only", "Only sums are known"),
    ],
)
def test_each_warning_has_its_sentence(cast, code, words):
    fix = shipped(cast, proposed_fix(cast, issue(cast, "Cards")))
    Verdict.objects.create(
        fix=fix,
        ruling="not_enough_evidence",
        basis="counts",
        warnings=[code.format(fix=fix.pk, issue=fix.issue_id)],
        events_after=1,
        after_from=week(20),
        after_until=week(21),
        judged_by=cast.adam,
        judged_at=at(week(21)),
    )
    assert words in text(client_for(cast.fay), "verify:verdict", fix.pk)


def judged_so(cast, fix, **more):
    when = {"after_from": week(20), "after_until": week(21), "judged_at": at(week(21))}
    given = {"ruling": "not_enough_evidence", "basis": "counts", "judged_by": cast.adam} | when | more
    return Verdict.objects.create(fix=fix, **given)


def test_what_became_more_is_not_said_to_be_about_as_few(cast):
    fix = shipped(cast, proposed_fix(cast, issue(cast, "Cards")))
    said_with_it = ["not_below_expected", "few_events"]
    expected = {"expected": 143, "expected_low": 110, "expected_high": 181}
    judged_so(cast, fix, events_after=201, missing="events", warnings=said_with_it, **expected)
    page = text(client_for(cast.fay), "verify:verdict", fix.pk)
    assert "It was named more often than luck alone would have left." in page
    assert "about as few" not in page
    assert "only a large effect can be shown" not in page
    assert "named too rarely before" in page


def test_a_verdict_beside_something_says_how_that_went_and_not_that_it_was_counted_so(cast):
    fix = shipped(cast, proposed_fix(cast, issue(cast, "Cards")))
    beside = {"control_before": 32, "control_exposure_before": 85}
    EvaluationPlan.objects.update(events_before=110, exposure_before=316, **beside)
    after = {"events_after": 201, "exposure_after": 417, "control_after": 52, "control_exposure_after": 105}
    ratio = {"ratio": 1.0526, "ratio_low": 0.6398, "ratio_high": 1.7319, "p": 0.84}
    judged_so(cast, fix, method="difference_in_differences", **after, **ratio)
    for page in ("verify:index",), ("verify:verdict", fix.pk):
        assert (
            "What it is compared with came to 52 of 105 after and 32 of 85 before; "
            "against that it is named 1.05 times as often (0.64–1.73)."
        ) in text(client_for(cast.fay), *page)


def test_the_weeks_end_where_nothing_is_known_any_more(cast):
    about = issue(cast, "Cards")
    done([cast.north], 500, first=0, last=30, by=cast.adam)
    said(about, cast.north, [4] * 25, first=5)
    fix = shipped(cast, proposed_fix(cast, about, unit=cast.north, owner=cast.fay))
    judge(fix=fix, by=cast.adam, now=at(week(30)))
    chart = client_for(cast.fay).get(reverse("verify:verdict", args=[fix.pk])).context["chart"]
    assert chart.weeks[-1].starts_on == week(29)
    assert chart.weeks[-1].count == 4


def test_what_is_compared_with_too_little_is_told_so(cast):
    about, other = issue(cast, "Cards"), issue(cast, "Fees")
    done([cast.north], 500, first=0, last=(timezone.localdate() - week(0)).days // 7, by=cast.adam)
    said(about, cast.north, [60] * 10, first=10)
    said(other, cast.north, [3] * 10, first=10)
    fix = proposed_fix(cast, about)
    body = plan_body(cast, look="1", judge="") | {"control_issues": [other.pk]}
    page = client_for(cast.mina).post(reverse("verify:register", args=[fix.pk]), body).content.decode()
    assert "what it is compared with was named only 30 times before" in page


def test_where_nobody_else_could_judge_the_page_says_why_customers_are_asked(cast):
    fix = proposed_fix(cast, issue(cast, "Cards"), owner=cast.mina)
    ask_customers_instead(fix=fix, by=cast.mina, now=at(week(20)))
    ship(fix=fix, by=cast.mina, now=at(week(20)))
    for person in (cast.olga, cast.rolf, cast.adam):
        person.grants.all().delete()
    assert "nobody judges their own fix" in text(client_for(cast.fay), "verify:verdict", fix.pk)
