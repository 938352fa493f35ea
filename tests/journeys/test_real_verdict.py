"""Water in the streets: real cases of a city, to a verdict that does not mistake the weather for the fix."""

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from coalface.importers.actions import bring_in
from coalface.importers.feedback.map import read_map
from coalface.importers.tasks import Hand
from coalface.records.models import Encounter, Fix, ImportRun, Issue, IssueKind, Lane, Mention, Ruling
from coalface.understand.actions import confirm_issue, propose_issue, set_route
from coalface.worker.actions import drain, run_ticks, send_messages
from tests.api import Program
from tests.journeys.city import BAY, OCEAN, Cases, City, city, without
from tests.journeys.conftest import Clock
from tests.journeys.reading import Page, Reader

pytestmark = [pytest.mark.django_db, pytest.mark.real]

MAP = Path(__file__).parents[2] / "docs" / "using" / "maps" / "sf311.toml"
TITLE = "Streets and cellars stand under water when it rains"
CHANGE = "Clear the street drains on the bay side before each storm"
WORDS = "On the eleventh my garage was under water, and the drain before it was full of leaves."
WATER = ("On_street", "On_property", "Flooding On_street", "Flooding On_property")
OTHERS = {
    "Post boxes and bus shelters are smeared": ("Graffiti - USPS", "Graffiti - ClearChannel", "Graffiti"),
    "It smells of sewers": ("From_catch_basin", "From_other_location", "From_side_sewer_vent"),
    "Broken windows stay broken": ("Glazier - Routine", "Glazier - Urgent", "Glazier - Emergency"),
    "Stairs and yards stay dirty": ("Laborer - Routine", "Laborer - Preventive", "Laborer - Urgent"),
}
# Nobody looked at what came after to choose these: a year until the storms of December 2014, the seven weeks
# around them that the product proposes to leave out, the first Monday of the new year, the end of the file.
FIRST, SPIKE_FROM, UNTIL = date(2013, 12, 30), date(2014, 11, 10), date(2014, 12, 29)
LIVE_ON, SUMMER, LAST = date(2015, 1, 5), date(2015, 6, 29), date(2015, 12, 28)


@dataclass(frozen=True)
class Rates:
    """What was counted of all that was counted, before and after."""

    before: int
    done_before: int
    after: int
    done_after: int

    @classmethod
    def of(cls, file: Cases, districts: tuple[str, ...], until: date) -> "Rates":
        """From the file itself: all cases of a side, those of water among them, without the storms."""
        sums = []
        for labels in (WATER, None):
            early = file.weeks(districts, FIRST, UNTIL, labels)
            stormy = (SPIKE_FROM - FIRST).days // 7
            sums.append(sum(without(early, stormy, len(early))))
            sums.append(sum(file.weeks(districts, LIVE_ON, until, labels)))
        return cls(sums[0], sums[2], sums[1], sums[3])

    def exactly(self) -> tuple[float, float, float, float]:
        """The ratio of the rates, its interval by Clopper and Pearson, and twice the smaller tail."""
        from scipy.stats import binom, binomtest

        n, fair = self.after + self.before, self.done_after / (self.done_after + self.done_before)
        ends = binomtest(self.after, n, fair).proportion_ci(0.95, method="exact")
        scale = self.done_before / self.done_after
        low, high = (end / (1 - end) * scale for end in (ends.low, ends.high))
        tails = binom.cdf(self.after, n, fair), binom.sf(self.after - 1, n, fair)
        return self.after / self.before * scale, low, high, 2 * min(tails)

    def against(self, other: "Rates") -> tuple[float, float, float]:
        """How much more than the other it rose, with the interval of a difference of logarithms."""
        change = math.log(self.exactly()[0] / other.exactly()[0])
        se = math.sqrt(sum(1 / n for n in (self.before, self.after, other.before, other.after)))
        return math.exp(change), math.exp(change - 1.959964 * se), math.exp(change + 1.959964 * se)


def times(ratio: float, low: float, high: float) -> str:
    return f"{ratio:.2f} times as often ({low:.2f}–{high:.2f})"


def morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 18, tzinfo=UTC)


def the_worker_runs(clock: Clock) -> None:
    run_ticks(now=clock.now)
    drain(now=clock.now)
    send_messages(now=clock.now)


def the_worker_carries() -> None:
    work = Hand()
    while work.go_on(stop=lambda: False):
        pass


def cases_come_in(at: City, clock: Clock, file: Cases, folder: Path) -> tuple[int, int, int]:
    """The file as it was that morning; what was in it before is not taken twice."""
    map, path = read_map(file.map(MAP, folder)), file.as_of(clock.now.date(), folder)
    run = bring_in(
        kind="feedback", path=path, reading=map.how, mapping=map.meaning, by=at.adam, now=clock.now
    )
    drain(now=clock.now)
    return run.taken_in, run.already_there, run.refused


def so_many_cases_there_were(at: City, file: Cases, until: date) -> Page:
    """The file's own counts, week by week and district by district, by the pages of the import."""
    mina = Reader(at.mina)
    assert "Bring in a list" in mina.open(reverse("verify:exposures")).links
    page = mina.open(reverse("importers:index") + "?kind=exposures")
    list = SimpleUploadedFile("cases by week.csv", file.exposures(FIRST, until).encode())
    page = mina.hand_in(page, "", file=list)
    mina.send(page, "")
    the_worker_carries()
    there = reverse("importers:run", args=[ImportRun.objects.latest("pk").pk])
    mina.send(mina.open(there), f"{there}approve/")
    the_worker_carries()
    return mina.open(there)


def adam_names_what_the_labels_mean(at: City, clock: Clock) -> Issue:
    for title, labels in ({TITLE: WATER} | OTHERS).items():
        issue = propose_issue(title=title, kind=IssueKind.SERVICE, by=at.adam, now=clock.now)
        confirm_issue(issue=issue, by=at.adam, now=clock.now)
        words = ["under water"] if labels == WATER else [f"about {title}"]
        set_route(issue=issue, phrases=words, topics=labels, by=at.adam, now=clock.now)
    the_worker_runs(clock)
    return Issue.objects.get(title=TITLE)


def olga_hears_it_from_a_resident(at: City, clock: Clock) -> None:
    """On a day between the two stretches, so that the counts are the file's alone."""
    olga = Reader(at.olga)
    olga.send(olga.open(reverse("meet:drop_in")), "", customer=at.rosa.name, unit=at.bay.pk, minutes=20)
    meeting = Encounter.objects.get()
    page = olga.open(reverse("meet:encounter", args=[meeting.pk]))
    page = olga.send(page, reverse("meet:note", args=[meeting.pk]), text=WORDS, kind="complaint")
    olga.send(page, reverse("meet:dispose", args=[meeting.remarks.get().pk]), answer="owned")
    the_worker_runs(clock)


def sven_takes_on_what_mina_opens(at: City, clock: Clock, issue: Issue) -> Fix:
    mina, sven = Reader(at.mina), Reader(at.sven)
    about = {"title": CHANGE, "lane": Lane.THIS_WEEK, "unit": at.bay.pk, "due_on": LIVE_ON}
    opened = mina.send(mina.open(reverse("act:open_fix", args=[issue.pk])), "", owner=at.sven.pk, **about)
    assert opened.says("Waiting for Sven Olsen to accept", WORDS)
    fix = Fix.objects.get()
    clock.wait(days=1)
    sven.send(sven.open(reverse("act:fix", args=[fix.pk])), reverse("act:accept", args=[fix.pk]))
    return fix


def mina_writes_down_how_it_will_be_judged(at: City, fix: Fix, bay: Rates, ocean: Rates) -> None:
    """A year without its storms is proposed; she chooses the other side beside."""
    mina = Reader(at.mina)
    page = mina.open(reverse("verify:register", args=[fix.pk]))
    proposed = page.form("").fields
    named = ("baseline_from", "baseline_until", "spike_from", "spike_until")
    assert [proposed[name] for name in named] == [[str(day)] for day in (FIRST, UNTIL, SPIKE_FROM, UNTIL)]
    chosen = {"control_units": at.ocean.pk, "judge": at.olga.pk}
    looked = mina.send(page, "", look=1, **chosen)
    assert looked.says(f"Counts can never decide this: it was named {bay.before} times before")
    assert mina.send(looked, "", **chosen).says("Registered. Now it can ship.")
    plan = Fix.objects.get().evaluation_plan
    assert (plan.events_before, plan.exposure_before) == (bay.before, bay.done_before)
    assert (plan.control_before, plan.control_exposure_before) == (ocean.before, ocean.done_before)
    assert plan.decidable_on is None


def sven_ships_it_and_nobody_can_change_the_yardstick(at: City, clock: Clock, fix: Fix) -> None:
    clock.now = morning(LIVE_ON)
    sven, mina = Reader(at.sven), Reader(at.mina)
    there = reverse("act:fix", args=[fix.pk])
    assert sven.send(sven.open(there), reverse("act:ship", args=[fix.pk])).says("Shipped.")
    fix.refresh_from_db()
    plan = fix.evaluation_plan
    assert (len(plan.digest), plan.registered_at < fix.shipped_at) == (64, True)
    assert mina.open(reverse("verify:register", args=[fix.pk])).says("how it is judged stays as it is")
    the_worker_runs(clock)


def olga_judges(at: City, clock: Clock, fix: Fix, bay: Rates, ocean: Rates) -> Page:
    """She did not make it; what she reads is what the file comes to."""
    there, judging = reverse("verify:verdict", args=[fix.pk]), reverse("verify:judge", args=[fix.pk])
    sven, olga = Reader(at.sven), Reader(at.olga)
    assert sven.insist(sven.open(there), judging).status == 403
    page = olga.send(olga.open(there), judging)
    verdict = fix.verdicts.latest("judged_at")
    assert (verdict.ruling, verdict.judged_by) == (Ruling.NOT_ENOUGH_EVIDENCE, at.olga)
    assert (verdict.events_after, verdict.exposure_after) == (bay.after, bay.done_after)
    assert (verdict.control_after, verdict.control_exposure_after) == (ocean.after, ocean.done_after)
    found = bay.against(ocean)
    assert (verdict.ratio, verdict.ratio_low, verdict.ratio_high) == pytest.approx(found, abs=1e-5)
    assert page.says(
        "Not enough evidence",
        "The numbers cannot say whether it helped. "
        f"After the change {bay.after} of {bay.done_after} cases named it; before, {bay.before} of "
        f"{bay.done_before}. What it is compared with (Westside) came to {ocean.after} of "
        f"{ocean.done_after} after and {ocean.before} of {ocean.done_before} before; against that it is "
        f"named {times(*found)}.",
        fix.evaluation_plan.digest[:16],
    )
    return page


def as_counted_it_would_have_been_called_worse(page: Page, bay: Rates) -> None:
    ratio, low, high, p = bay.exactly()
    assert low > 1
    assert p < 0.01
    assert page.says(f"As counted n = {bay.before + bay.after} × {ratio:.2f} {low:.2f}–{high:.2f}")
    assert page.says("It was named more often than luck alone would have left.")
    assert not page.says("as if a way to complain had been closed")


def the_storms_would_have_made_it_a_success(page: Page, file: Cases, bay: Rates) -> None:
    since = [sum(file.weeks(BAY, SPIKE_FROM, LIVE_ON, labels)) for labels in (WATER, None)]
    stormy = (since[0] + 1) / since[1]  # with what Olga heard between the storms and the fix
    naive = bay.after / bay.done_after / stormy
    assert naive < 0.6
    assert page.says(f"Comparing with the spike would say × {naive:.2f}.")


def the_chain_is_whole(at: City, fix: Fix, mailbox: list) -> None:
    raised = Mention.objects.counted().filter(
        issue=fix.issue, unit__path__startswith=at.bay.path, happened_at__lt=fix.shipped_at
    )
    page = Reader(at.mina).open(reverse("act:chain_of_fix", args=[fix.pk]))
    assert page.says("Nothing is missing: heard, changed, judged and told.", f"Said {raised.count():,} times")
    assert page.says("1 customer among them is known to us.", "1 customer told, 1 of us", CHANGE)
    status, chain = Program(at.mina, "chains:read").get(f"chains/fixes/{fix.pk}")
    assert (status, chain["heard"]["times"], chain["heard"]["customers"]) == (200, raised.count(), 1)
    [strand] = chain["strands"]
    told = {name: strand[name] for name in ("ruling", "told_customers", "told_people", "missing")}
    assert told == {"ruling": "not_enough_evidence", "told_customers": 1, "told_people": 1, "missing": ""}
    letters = {mail.to[0]: mail.body for mail in mailbox if CHANGE in mail.body}
    assert set(letters) == {at.sven.email, at.olga.email, at.rosa.email}


def all_others_read_it_in_public(at: City, clock: Clock, fix: Fix) -> None:
    """The cases name nobody, so whoever opened them reads what was heard and done."""
    mina = Reader(at.mina)
    there = reverse("act:publish", args=[fix.pk])
    words = {"heard_en": "Streets stand under water.", "did_en": "Drains are cleared before storms."}
    mina.send(mina.open(there), "", **words)
    the_worker_runs(clock)
    assert Reader().open(reverse("act_public:heard")).says("Drains are cleared before storms.")


def test_real_cases_with_their_counts_as_exposure_reach_a_verdict(
    clock: Clock, real_data: Path, tmp_path: Path, mailoutbox: list
):
    play(clock, real_data, tmp_path, mailoutbox)


def play(clock: Clock, folder: Path, tmp_path: Path, mailbox: list) -> None:
    """The whole story, from the Monday after the storms to the end of the file."""
    clock.now = morning(UNTIL)
    at, file = city(clock.now), Cases(folder / "sf311" / "cases.csv.gz")
    sides = {until: [Rates.of(file, side, until) for side in (BAY, OCEAN)] for until in (SUMMER, LAST)}
    assert cases_come_in(at, clock, file, tmp_path) == (6469, 0, 0)
    assert so_many_cases_there_were(at, file, UNTIL).says("624 rows are in")
    issue = adam_names_what_the_labels_mean(at, clock)
    olga_hears_it_from_a_resident(at, clock)
    fix = sven_takes_on_what_mina_opens(at, clock, issue)
    mina_writes_down_how_it_will_be_judged(at, fix, *sides[LAST])
    sven_ships_it_and_nobody_can_change_the_yardstick(at, clock, fix)
    clock.wait(days=4)
    the_worker_runs(clock)
    all_others_read_it_in_public(at, clock, fix)
    for day, came in ((SUMMER, (434, 6469, 0)), (LAST, (555, 6903, 0))):
        clock.now = morning(day)
        assert cases_come_in(at, clock, file, tmp_path) == came
        so_many_cases_there_were(at, file, day)
        page = olga_judges(at, clock, fix, *sides[day])
        the_storms_would_have_made_it_a_success(page, file, sides[day][0])
    as_counted_it_would_have_been_called_worse(page, sides[LAST][0])
    the_chain_is_whole(at, fix, mailbox)
