"""Real complaints, from their file to an issue, a fix, and a verdict that knows what it does not know."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from coalface.act.actions import accept_fix, open_fix, ship
from coalface.importers.actions import bring_in
from coalface.importers.feedback.map import read_map
from coalface.records.models import Feedback, Fix, Issue, Lane, Mention, Ruling
from coalface.verify.actions import judge, register_plan
from coalface.worker.actions import drain
from tests.journeys.conftest import Clock
from tests.journeys.reading import Reader
from tests.people import NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.real]

MAP = Path(__file__).parents[2] / "docs" / "using" / "maps" / "cfpb.toml"
LABEL = "Incorrect information on your report"
TITLE = "My credit report says things about me that are wrong"


def test_a_real_complaint_reaches_a_verdict_that_says_what_is_missing(
    cast: Cast, clock: Clock, real_data: Path
):
    four_thousand_complaints_come_in(cast, real_data)
    adam = Reader(cast.adam)
    issue = adam_names_what_they_say(adam)
    the_mentions_are_there_and_can_be_opened(adam, issue)
    adam_settles_one_by_hand(adam, issue)
    fix = sven_ships_a_fix(cast, issue)
    verdict = judge(fix=fix, by=cast.mina, now=clock.wait(days=60))
    assert (verdict.ruling, verdict.missing) == (Ruling.NOT_ENOUGH_EVIDENCE, "exposure")
    page = Reader(cast.olga).open(reverse("verify:verdict", args=[fix.pk]))
    assert page.says("Not enough evidence", "Missing: how much was done", "reports_checked")


def four_thousand_complaints_come_in(cast: Cast, folder: Path) -> None:
    path = folder / "cfpb" / "complaints.csv.gz"
    map = read_map(MAP)
    run = bring_in(kind="feedback", path=path, reading=map.how, mapping=map.meaning, by=cast.adam, now=NOW)
    assert (run.taken_in, run.already_there, run.refused) == (4390, 0, 0)
    drain(now=NOW)
    assert Mention.objects.unsure().count() == Feedback.objects.filter(verbatim__isnull=False).count() == 1031


def adam_names_what_they_say(adam: Reader) -> Issue:
    """An analyst names it, gives it its words and the regulator's own label, and all is sorted again."""
    form = adam.open(reverse("understand:propose"))
    page = adam.send(form, "", title=TITLE, kind="product", confirm="yes")
    assert page.says(TITLE, "Nobody has said it yet", "No words lead here yet.")
    issue = Issue.objects.get()
    route = adam.open(reverse("understand:route", args=[issue.pk]))
    assert route.says("Labels of other systems")
    words = "incorrect* report*\ninaccurate\nwrong information\nnot mine\ndoes not belong to me"
    assert adam.send(route, "", phrases=words, topics=LABEL).says("What was said is being sorted again.")
    drain(now=NOW)
    return issue


def the_mentions_are_there_and_can_be_opened(adam: Reader, issue: Issue) -> None:
    named = Mention.objects.counted().filter(issue=issue)
    by_label = Feedback.objects.filter(topic=LABEL).count()
    assert by_label == 1282
    assert by_label < named.count() < 2000
    assert named.filter(clause__isnull=False, feedback__topic=LABEL).exists()
    rows = reverse("understand:mentions", args=[issue.pk])
    assert adam.open(rows).says(f"Said {named.count():,} times")
    in_april = named.filter(
        happened_at__gte="2019-04-01T00:00+02:00", happened_at__lt="2019-05-01T00:00+02:00"
    )
    assert adam.open(f"{rows}?from=2019-04-01&until=2019-05-01").says(f"Said {in_april.count()} times")


def adam_settles_one_by_hand(adam: Reader, issue: Issue) -> None:
    before = Mention.objects.unsure().count()
    pile = adam.open(reverse("understand:unsure"))
    assert pile.says(f"{before:,} waiting")
    first = Mention.objects.unsure().filter(issue=None).order_by("-happened_at", "-pk")[0]
    adam.send(pile, reverse("understand:settle", args=[first.pk]), decision="other", other=TITLE.upper())
    first.refresh_from_db()
    assert (first.issue, first.counted) == (issue, True)
    assert Mention.objects.unsure().count() == before - 1


def sven_ships_a_fix(cast: Cast, issue: Issue) -> Fix:
    """There is a plan, and nobody ever wrote down how many reports were checked."""
    fix = open_fix(
        issue=issue,
        title="Check each report against the register",
        lane=Lane.THIS_WEEK,
        owner=cast.sven,
        due_on=date(2026, 3, 20),
        by=cast.mina,
        now=NOW,
    )
    accept_fix(fix=fix, by=cast.sven, now=NOW)
    register_plan(
        fix=fix,
        measure="reports_checked",
        baseline_from=date(2019, 1, 1),
        baseline_until=date(2019, 4, 30),
        judge=cast.mina,
        by=cast.adam,
        now=NOW,
    )
    return ship(fix=fix, by=cast.sven, now=NOW + timedelta(days=3))
