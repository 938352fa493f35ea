"""The product finds each truth that is planted in the demo bank, and shows no more than that."""

import json
from datetime import date, timedelta

import pytest
from django.db.models import Count, Q

from coalface.act.queries import chain_of_issue, standing_of
from coalface.demo.actions.bank_changes import SATURDAYS
from coalface.demo.actions.bank_counter import TITLE as RECEIPT
from coalface.demo.actions.bank_fixes import STORIES, called
from coalface.demo.actions.bank_opportunity import TITLE as LIMIT
from coalface.demo.actions.bank_people import KEEP_IT_TO_THEMSELVES, MEETS_NOBODY, MEETS_ONLY_THE_HAPPY
from coalface.demo.actions.bank_year import Year
from coalface.demo.actions.chance import at
from coalface.hear.queries import my_reports, thanks_due, way_of
from coalface.home.queries import summary
from coalface.measure.queries import costs_and_gains, mine, newest, unheard
from coalface.meet.queries import care_walk_of, standing, walk_of
from coalface.plan.actions import join_calendar, make, plan_anew, publish, refresh_calendars, take_back
from coalface.records.models import (
    Approach,
    Assignment,
    Awareness,
    Cohort,
    Competitor,
    CompetitorMention,
    Consequence,
    Customer,
    Digest,
    Encounter,
    Fix,
    FormatKind,
    Issue,
    Level,
    Mention,
    OutgoingMessage,
    Person,
    Plan,
    Position,
    Reflection,
    Telling,
    Theme,
    Transcript,
    Verbatim,
    Verdict,
)
from coalface.understand.queries import journey
from coalface.worker.actions import drain
from tests.demo import acted
from tests.demo.conftest import LAST_DAY
from tests.edges.radicale import SECRET, USER, CalendarServer

pytestmark = pytest.mark.django_db

EVENING = at(LAST_DAY, 23, 45)


def standing_verdict(issue: Issue) -> Verdict:
    return Fix.objects.get(issue=issue, shipped_at__isnull=False).verdicts.first()


def test_the_bank_is_as_large_as_told(bank: Year):
    assert (
        Person.objects.count(),
        Position.objects.filter(level=Level.TOP).count(),
        Customer.objects.count(),
        len(bank.bank.branches()),
    ) == (114, 9, 3000, 6)


def test_everything_that_had_to_follow_has_followed(bank: Year):
    assert not Consequence.objects.filter(done_at=None).exists()
    assert not OutgoingMessage.objects.filter(sent_at=None).exists()


def test_a_transcript_waits_with_two_things_noted_and_more_proposed(bank: Year):
    transcript = Transcript.objects.get()
    how_far = standing(transcript)
    assert (how_far.settled, how_far.noted, how_far.proposed > 5) == (2, 2, True)
    assert transcript.encounter.attendances.filter(person=bank.bank.leaders[0]).exists()


def test_nothing_is_said_more_than_three_times_and_four_hundred_things_are_said(bank: Year):
    said = Verbatim.objects.order_by().values("text").annotate(times=Count("pk"))
    assert max(row["times"] for row in said) <= 3
    assert len(said) >= 400


def test_two_competitors_have_an_owner_and_are_found_by_name_and_others_wait_to_be_named(bank: Year):
    known = Competitor.objects.annotate(times=Count("mentions")).order_by("name")
    assert [(one.name, one.owner.name, one.times > 0) for one in known] == [
        ("Alpenrose Direct", "Salome Huber", True),
        ("Meadow Mutual", "Ines Caduff", True),
    ]
    texts = CompetitorMention.objects.filter(competitor__name="Meadow Mutual").select_related(
        "clause__verbatim"
    )
    assert all("Meadow Mutual" in mention.clause.text for mention in texts)
    assert CompetitorMention.objects.filter(competitor=None, settled_at=None).count() > 3


def test_the_fix_that_worked_is_verified_by_both_kinds_of_evidence(bank: Year):
    verdict = standing_verdict(bank.issues["card_block"])
    assert verdict.ruling == "verified"
    assert verdict.ratio_high < 1
    assert verdict.events_after < verdict.expected_low
    assert verdict.judged_by != verdict.fix.owner


def test_the_fix_that_did_nothing_reads_no_change(bank: Year):
    verdict = standing_verdict(bank.issues["branch_wait"])
    assert verdict.ruling == "no_change"
    assert 0.9 < verdict.ratio_low < verdict.ratio_high < 1.1


def test_the_fix_that_regressed_to_the_mean_is_not_believed_and_the_naive_ratio_is_a_warning(bank: Year):
    verdict = standing_verdict(bank.issues["statement_fee"])
    assert verdict.ruling not in ("verified", "improved_not_proven")
    assert verdict.naive_ratio < 0.5
    assert verdict.ratio_low < 1 < verdict.ratio_high


@pytest.mark.parametrize("key", acted.SENTENCES)
def test_each_verdict_is_one_plain_sentence(bank: Year, key: str):
    fix = acted.shipped(bank, key)
    assert acted.whole_sentence(key, fix) in acted.page(bank, "Mirjam Kofler", f"/verify/{fix.pk}/")


def test_the_yardstick_that_was_amended_says_what_and_why(bank: Year):
    changes = acted.amended(acted.shipped(bank, "branch_wait"))
    assert [what[1:] for what in changes if what[1] == "lag_days"] == [("lag_days", 0, 14)]
    assert changes[0][0].startswith("For the first two weeks half of the screens showed the wrong numbers.")


def test_fixes_wait_in_their_lanes_the_late_and_the_easy_first(bank: Year):
    assert acted.to_do() == acted.TO_DO


def test_offers_were_left_lying_given_back_and_wait(bank: Year):
    assert acted.not_taken() == [
        ("Henrik Lauber", "left lying", False),
        ("Konrad Bellmann", "given back", True),
        ("Ines Caduff", "waits", False),
    ]


def test_one_fix_became_part_of_another_and_one_waits_for_another(bank: Year):
    [same] = Fix.objects.filter(merged_into__isnull=False)
    assert (same.unit.name, same.merged_into.title) == ("Altmatt", acted.TO_DO[0][1])
    assert [fix.title for fix in called(acted.TO_DO[3][1]).needs.all()] == [acted.TO_DO[5][1]]


def test_in_a_meeting_two_things_were_decided_and_the_next_has_its_agenda(bank: Year):
    held, coming = acted.both_meetings(bank)
    decided = [(item.fix.title, item.decision.answer, item.minutes != "") for item in held if item.decision]
    assert decided == [(SATURDAYS.title, "no", True), (acted.TO_DO[7][1], "not_yet", True)]
    assert coming[0].fix == acted.shipped(bank, "branch_wait"), "what was left open comes first"
    assert {item.topic for item in coming} == {"decide", "overdue", "returned", "verdict"}


def test_what_was_declined_says_why_and_those_who_asked_were_told(bank: Year):
    fix = called(SATURDAYS.title)
    reason = "Whoever serves you on Saturday morning is missing on Thursday evening"
    assert reason in acted.page(bank, "Sofia Marques", f"/act/{fix.pk}/")
    assert fix.tellings.filter(customer__isnull=False, news="declined").count() > 2


def test_an_opportunity_was_wanted_and_built_and_is_not_surely_adopted_yet(bank: Year):
    found = standing_of(called(LIMIT).opportunity)
    assert (found.want, found.asked, found.wanted) == (9, 11, 8)
    assert (found.verdict.ruling, found.verdict.offered) == ("not_enough_evidence", 61)


def test_the_screen_did_not_help_its_owner_asked_why_and_is_asked_for_a_second_attempt(bank: Year):
    fix = acted.shipped(bank, "branch_wait")
    assert "nobody ever asked for the figures." in acted.page(bank, "Nadine Roth", f"/act/{fix.pk}/")
    assert acted.asked_again(fix) == ["Nadine Roth"]


def test_what_was_heard_and_done_is_public_on_posters_and_in_the_weekly_mail(bank: Year):
    everywhere = [SATURDAYS.title, LIMIT, RECEIPT, STORIES[0].title]
    assert acted.in_public(bank) == acted.in_public(bank, "altmatt") == everywhere
    assert acted.in_public(bank, "corneau") == [SATURDAYS.title, LIMIT, STORIES[0].title]
    assert acted.in_the_mail() == {SATURDAYS.title, LIMIT}


def test_costs_and_gains_are_said_with_their_intervals(bank: Year):
    found = costs_and_gains(EVENING)
    assert (found.report, found.hours, found.money) == (48_000, 415, {"CHF": 5_757_800})
    assert (found.fixes, found.verified) == (6, 2)
    assert 0 < found.each.low < found.each.each < found.each.high
    assert [(one.currency, 0 < one.low < one.high) for one in found.worth] == [("CHF", True)]


def test_one_chain_is_whole_and_others_show_what_is_missing(bank: Year):
    missing = {
        key: chain_of_issue(bank.issues[key]).missing for key in ("card_block", "fx_rate", "bereavement")
    }
    assert missing == {"card_block": "", "fx_rate": "verdict", "bereavement": "fix"}


def test_only_the_front_line_knows_what_families_go_through_after_a_death(bank: Year):
    known = dict(
        Awareness.objects.filter(issue=bank.issues["bereavement"], as_of=LAST_DAY).values_list(
            "group", "value"
        )
    )
    assert known[Level.FRONT_LINE] > 0.5
    assert {group: value for group, value in known.items() if value > 0} == {
        Level.FRONT_LINE: known[Level.FRONT_LINE]
    }


def test_a_leader_is_shown_what_they_have_not_heard(bank: Year):
    chief = bank.bank.named["Verena Amsler"]
    titles = [entry.issue.title for entry in unheard(chief, EVENING, Q(), most=22)]
    assert bank.issues["bereavement"].title in titles


def test_the_leader_who_meets_only_the_happy_reads_it_on_their_own_page(bank: Year):
    own = mine(bank.bank.named[MEETS_ONLY_THE_HAPPY], EVENING)
    assert own.guests.unhappy.share_met == 0
    assert own.guests.unhappy.verdict == "under_sampled"
    assert 0.2 < own.guests.unhappy.share_base < 0.3
    assert own.chosen_by == {"account_team": 24}


def test_the_leader_who_met_nobody_reads_it_on_their_own_page(bank: Year):
    own = mine(bank.bank.named[MEETS_NOBODY], EVENING)
    assert (own.direct, own.observed, own.minutes) == (None, None, {})


def test_two_leaders_who_keep_their_clock_to_themselves_are_in_no_figure_but_the_median(bank: Year):
    figures = newest("contact", bank.bank.root).figures
    shown = {row["person"] for row in figures["clocks"]}
    kept = {bank.bank.named[name].pk for name in KEEP_IT_TO_THEMSELVES}
    assert (len(shown), shown & kept) == (7, set())
    assert (figures["median"]["n"], figures["median"]["published"]) == (9, 7)
    assert figures["median"]["never"] is None
    assert figures["stretches"] is None


def test_the_summary_names_nobody_who_has_not_published(bank: Year):
    text = json.dumps(summary(now=EVENING), default=str)
    assert MEETS_NOBODY not in text


def test_nobody_is_approached_twice_within_the_gap(bank: Year):
    last: dict = {}
    for customer, when in Approach.objects.order_by("at", "pk").values_list("customer_id", "at"):
        assert customer not in last or (when - last[customer]).days >= 90
        last[customer] = when


def test_customers_who_raised_what_was_verified_were_told(bank: Year):
    fix = Fix.objects.get(issue=bank.issues["card_block"])
    assert Telling.objects.filter(fix=fix, customer__isnull=False).count() > 20
    assert Telling.objects.filter(fix=fix, person__isnull=False).count() > 5


def test_sofia_reads_what_became_of_what_she_passed_on_and_is_thanked(bank: Year):
    sofia = bank.bank.named["Sofia Marques"]
    about = bank.issues["atm_receipt"]
    ways = [way_of(feedback) for feedback in my_reports(sofia)]
    assert sum(way.stage == "judged" and way.issue == about for way in ways) >= 3
    assert [told.fix.issue for told in thanks_due(sofia, EVENING)] == [about]


def test_every_leader_got_the_weekly_mail_of_the_last_monday(bank: Year):
    got = set(Digest.objects.filter(week_of=date(2026, 10, 26)).values_list("person", flat=True))
    assert {leader.pk for leader in bank.bank.leaders} <= got
    assert not OutgoingMessage.objects.filter(template="home/digest", sent_at=None).exists()


@pytest.mark.parametrize("outcome", ["finished", "open"])
def test_some_encounters_are_finished_and_some_wait_for_somebody(bank: Year, outcome: str):
    held = Encounter.objects.held()
    unfinished = held.open().count()
    assert 0 < unfinished < held.count() / 2 if outcome == "open" else held.count() > unfinished


def test_some_things_wait_on_the_pile_of_the_unsure(bank: Year):
    assert 20 < Mention.objects.unsure().count() < 300
    assert Mention.objects.filter(Q(sorted_by="person")).count() > 100


def test_the_search_found_two_things_nobody_had_named_one_is_an_issue_now_and_one_waits(bank: Year):
    def spoken_of(theme: Theme) -> list[str]:
        return list(theme.theme_clauses.values_list("clause__verbatim__text", flat=True))

    named = Theme.objects.get(issue__title="The tax certificate comes too late or is wrong")
    assert sum("tax certificate" in words for words in spoken_of(named)) >= 6
    assert Mention.objects.counted().filter(issue=named.issue, settled_by__isnull=False).count() >= 6
    waiting = [spoken_of(theme) for theme in Theme.objects.waiting()]
    assert max(sum("video call" in words for words in told) for told in waiting) >= 6


def test_leaders_did_the_work_listened_and_walked_their_customers_way(bank: Year):
    walk, before = Encounter.objects.filter(format__kind=FormatKind.OWN_WALK).order_by("-starts_at")
    found = walk_of(walk)
    assert (found.before, found.totals.until_human, found.before_totals.until_human) == (before, 4, 5)
    assert found.totals.broke == 1 and found.difference < 0
    care = care_walk_of(Encounter.objects.get(format__kind=FormatKind.CARE_WALK))
    assert (care.cares, len(care.items)) == (2, 6)
    assert all(item.photo or item.words for item in care.items)
    told = OutgoingMessage.objects.filter(template="meet/in_the_way")
    assert {message.person.name for message in told} == {"Nadine Roth"}
    assert not Encounter.objects.held().filter(format__kind=FormatKind.SHIFT, shift=None).exists()


def test_guests_say_whether_we_listened_and_no_answer_shows_by_itself(bank: Year):
    heard = newest("contact", bank.bank.root).figures["heard"]
    assert heard["listened"]["n"] % 5 == 0 and heard["listened"]["n"] >= 20
    assert heard["felt_like_a_sale"]["estimate"] < 0.5 < heard["listened"]["estimate"]


def test_some_think_it_over_and_a_few_share_it(bank: Year):
    shared = Reflection.objects.exclude(shared_at=None).count()
    assert 0 < shared < Reflection.objects.count() < 60


def test_one_link_of_the_way_is_proven_weakest_and_of_a_few_none_is(bank: Year):
    many, few = Cohort.objects.order_by("-from_on")
    weakest = journey(cohort=many).weakest
    assert (weakest.handoff.giver.key, weakest.handoff.taker.key) == ("website", "open_account")
    assert weakest.link.loss_share > 0.5
    assert (journey(cohort=few).counted, journey(cohort=few).weakest) == (True, None)


def test_a_touchpoint_is_divided_and_others_are_what_they_are(bank: Year):
    moments = {stop.touchpoint.key: stop for stop in journey(cohort=None).stops if stop.shown}
    assert {key: stop.moment for key, stop in moments.items() if key != "open_account"} == {
        "advice": "misery",
        "branch_counter": "mediocre",
        "cash_machine": "mediocre",
        "app": "misery",
        "phone_line": "misery",
        "mortgage": "unclear",
    }
    assert [key for key, stop in moments.items() if stop.shown.split["divided"]] == ["advice"]
    assert moments["advice"].shown.split["impact"] == "hurts"


def test_the_chief_does_not_go_alone(bank: Year):
    chief = bank.bank.named["Verena Amsler"]
    visits = Encounter.objects.held().filter(attendances__person=chief)
    assert {visit.attendances.count() for visit in visits} == {2}


def test_the_bank_also_meets_in_groups_from_a_stage_and_incognito(bank: Year):
    kinds = ("focus_group", "event", "town_hall", "incognito")
    held = Encounter.objects.held().filter(format__kind__in=kinds)
    states = {one.format.kind: one.finishings.exists() for one in held}
    assert states == {"focus_group": True, "event": False, "town_hall": False, "incognito": True}
    hall = held.get(format__kind="town_hall")
    assert (hall.remarks.count(), hall.remarks.open().count()) == (3, 1)
    group = held.get(format__kind="focus_group")
    assert (group.guests.filter(came=True).count(), group.guests.filter(came=False).count()) == (5, 1)
    assert group.chosen_by == "planner"
    assert Encounter.objects.filter(stands_in_for__outcome="delegated").count() == 1


def test_the_next_quarter_is_planned_published_and_planned_again(bank: Year):
    before, after = Plan.objects.order_by("id")
    assert (after.follows, after.met, after.exact) == (before, after.owed, True)
    assert 0 < after.changed < after.kept
    assert None not in (before.published_at, after.published_at)
    matches = Assignment.objects.standing().filter(plan__isnull=False)
    assert {match.plan_id for match in matches} == {after.pk}
    assert not matches.filter(encounter=None).exists()


def test_the_chief_sees_her_quarter_in_her_own_calendar_and_planned_anew_only_what_changed(
    bank: Year, radicale: CalendarServer
):
    chief, manager = bank.bank.named["Verena Amsler"], bank.bank.named["Mirjam Kofler"]
    radicale.make()
    join_calendar(address=radicale.root, user_name=USER, password=SECRET, by=chief, now=EVENING)
    refresh_calendars(now=EVENING)
    plan = Plan.objects.latest("id")
    weeks = plan.starts_on, plan.until_on
    hers = Encounter.objects.filter(outcome="planned", attendances__person=chief, starts_at__gt=EVENING)
    before = radicale.shown(*weeks)
    assert sorted(one.decoded("DTSTART") for one in before.values()) == sorted(
        hers.values_list("starts_at", flat=True)
    )
    lost = Assignment.objects.standing().filter(plan=plan, person=chief).latest("slot__starts_at")
    uid = lost.encounter.invitations.get(person=chief).uid
    later = EVENING + timedelta(minutes=20)
    take_back(slot=lost.slot, by=manager, now=later)
    again = plan_anew(plan=plan, seed=1, by=manager, now=later)
    assert make(plan=again, now=later)
    publish(plan=again, by=manager, now=later)
    drain(now=later)
    refresh_calendars(now=later)
    after = radicale.shown(*weeks)
    assert (before.keys() - after.keys(), len(after.keys() - before.keys())) == ({uid}, 1)
    assert all(after[one].to_ical() == before[one].to_ical() for one in before.keys() & after.keys())
