"""One remark, from a visit to a verdict and back to who said it, page by page."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from coalface.act.actions import send_what_lies
from coalface.hear.actions import NewFeedback, take_in
from coalface.records.models import (
    Assignment,
    Customer,
    Encounter,
    Fix,
    HandOver,
    Issue,
    IssueKind,
    Kind,
    Lane,
    OutgoingMessage,
    Remark,
    Unit,
)
from coalface.understand.actions import confirm_issue, propose_issue, set_route
from coalface.verify.actions import NewExposure, record_exposures
from coalface.worker.actions import drain, send_messages
from tests.journeys.conftest import Clock
from tests.journeys.reading import Page, Reader
from tests.people import Cast

WORDS = "My card was blocked abroad and nobody told me."
PRAISE = "Fay at the counter is always kind."
RUSH = "The forms ask me for my address twice."
WEEKS_BEFORE, WEEKS_AFTER, CONTACTS = 26, 14, 500
OTHERS = {"fees": 3, "hours": 2, "letters": 4, "parking": 1}


def the_worker_runs(clock: Clock) -> None:
    """What follows from what happened is done, and mail leaves."""
    drain(now=clock.now)
    send_messages(now=clock.now)


def customers_tapped(cast: Cast, clock: Clock, units: list[Unit], first: date, weeks: dict[str, list[int]]):
    """One-tap complaints of some weeks, without words, as the app delivers them."""
    rows = [
        NewFeedback(
            source="app",
            source_id=f"{first}-{topic}-{unit.key}-{week}-{number}",
            channel="app",
            kind=Kind.COMPLAINT,
            topic=topic,
            received_at=clock.now.replace(year=first.year, month=first.month, day=first.day)
            + timedelta(weeks=week, days=2),
            unit=unit,
        )
        for topic, counts in weeks.items()
        for week, count in enumerate(counts)
        for unit in units
        for number in range(count)
    ]
    take_in(rows=rows, by=cast.adam, now=clock.now)


def so_much_was_done(cast: Cast, clock: Clock, first: date, weeks: int) -> None:
    """The tills report how many contacts there were, week by week."""
    rows = [
        NewExposure(
            unit,
            "contacts",
            first + timedelta(weeks=week),
            first + timedelta(weeks=week + 1),
            CONTACTS,
            "till",
        )
        for week in range(weeks)
        for unit in (cast.north, cast.south, cast.office)
    ]
    record_exposures(rows=rows, by=cast.adam, now=clock.now)


def issues_are_known(cast: Cast, clock: Clock) -> Issue:
    """The analyst has written down what customers experience, and by which words it is known."""
    for topic in OTHERS:
        other = propose_issue(title=f"About {topic}", kind=IssueKind.SERVICE, by=cast.adam, now=clock.now)
        confirm_issue(issue=other, by=cast.adam, now=clock.now)
        set_route(issue=other, phrases=[f"about {topic}"], topics=[topic], by=cast.adam, now=clock.now)
    cards = propose_issue(
        title="Cards are blocked abroad", kind=IssueKind.SERVICE, by=cast.adam, now=clock.now
    )
    confirm_issue(issue=cards, by=cast.adam, now=clock.now)
    set_route(issue=cards, phrases=["card was blocked"], topics=["card"], by=cast.adam, now=clock.now)
    return cards


def half_a_year_has_passed(cast: Cast, clock: Clock) -> Issue:
    """Three blocked cards a week and place, and some of everything else."""
    cards = issues_are_known(cast, clock)
    first = clock.now.date() - timedelta(weeks=WEEKS_BEFORE)
    weeks = {topic: [rate] * WEEKS_BEFORE for topic, rate in OTHERS.items()}
    for unit in (cast.north, cast.south):
        customers_tapped(cast, clock, [unit], first, weeks)
    customers_tapped(cast, clock, [cast.north, cast.south], first, {"card": [3] * WEEKS_BEFORE})
    the_worker_runs(clock)
    return cards


def mina_draws_a_customer_for_olga(cast: Cast, clock: Clock) -> Encounter:
    mina = Reader(cast.mina)
    plan = mina.open(reverse("plan:index"))
    assert plan.says("Draw a customer")
    when = clock.now + timedelta(days=1, hours=2)
    drawn = mina.send(
        plan,
        reverse("plan:draw"),
        person=cast.olga.pk,
        format=cast.visit.pk,
        unit=cast.north.pk,
        starts_at=f"{when:%Y-%m-%dT%H:%M}",
    )
    assignment = Assignment.objects.get()
    assert drawn.says(f"Olga Lindner meets {assignment.customer.name}", "Why this customer")
    return assignment.encounter


def olga_meets_and_notes(cast: Cast, clock: Clock, meeting: Encounter, guest: Customer) -> Page:
    olga = Reader(cast.olga)
    assert olga.open("/").says("Next", guest.name)
    clock.wait(days=1, hours=4)
    there = reverse("meet:encounter", args=[meeting.pk])
    page = olga.send(olga.open(there), reverse("meet:hold", args=[meeting.pk]), minutes=40)
    assert page.says("Nothing is written down yet")
    note = reverse("meet:note", args=[meeting.pk])
    for text, kind in ((WORDS, Kind.COMPLAINT), (PRAISE, Kind.COMPLIMENT), (RUSH, Kind.OBSTACLE)):
        page = olga.send(page, note, text=text, kind=kind)
    assert page.says("3 things were said", WORDS, PRAISE, RUSH)
    assert Remark.objects.filter(customer=guest, noted_by=cast.olga).count() == 3
    return page


def she_answers_for_two_and_hands_one_over(cast: Cast, meeting: Encounter) -> None:
    olga = Reader(cast.olga)
    page = olga.open(reverse("meet:encounter", args=[meeting.pk]))
    answers = {
        WORDS: {"answer": "handed_over", "to": "Sven Olsen"},
        PRAISE: {"answer": "passed_on", "to": "Fay Burns"},
        RUSH: {"answer": "fixed_now"},
    }
    for text, answer in answers.items():
        remark = Remark.objects.get(verbatim__text=text)
        page = olga.send(page, reverse("meet:dispose", args=[remark.pk]), **answer)
    assert page.says("1 hand-over waits for Sven Olsen")


def it_is_finished_only_when_sven_has_accepted(cast: Cast, clock: Clock, meeting: Encounter) -> None:
    olga, sven = Reader(cast.olga), Reader(cast.sven)
    there, finish = reverse("meet:encounter", args=[meeting.pk]), reverse("meet:finish", args=[meeting.pk])
    refused = olga.insist(olga.open(there), finish)
    assert refused.says("Something came in meanwhile and wants an answer first")
    assert not meeting.finishings.exists()

    clock.wait(hours=3)
    assert sven.open("/").says("Olga Lindner asks you to take over")
    offered = sven.open(reverse("meet:hand_overs"))
    assert offered.says(WORDS)
    answer = reverse("meet:answer_hand_over", args=[HandOver.objects.get().pk])
    assert sven.send(offered, answer, answer="accept").says("It is yours now.")

    clock.wait(hours=1)
    finished = olga.send(olga.open(there), finish)
    assert finished.says("Finished. Thank you.", "Sven Olsen took it over from Olga Lindner")
    assert meeting.finishings.get().by == cast.olga


def the_issue_shows_the_quote(cast: Cast, clock: Clock, cards: Issue) -> None:
    the_worker_runs(clock)
    there = reverse("understand:issue", args=[cards.pk])
    assert Reader(cast.rolf).open(there).says(cards.title, WORDS)
    seen_by_all = Reader(cast.fay).open(there)
    assert seen_by_all.says(cards.title)
    assert not seen_by_all.says(WORDS), "customers' words are for who was there and for who leads there"


def mina_opens_a_fix_which_sven_accepts_and_ships(cast: Cast, clock: Clock, cards: Issue) -> Fix:
    mina, sven = Reader(cast.mina), Reader(cast.sven)
    clock.wait(days=5)
    opening = mina.open(reverse("act:open_fix", args=[cards.pk]))
    opened = mina.send(
        opening,
        "",
        title="A message before a card is blocked",
        lane=Lane.THIS_WEEK,
        owner=cast.sven.pk,
        due_on=clock.now.date() + timedelta(days=7),
    )
    assert opened.says("Waiting for Sven Olsen to accept", WORDS)
    fix = Fix.objects.get()
    page = sven.open(reverse("act:fix", args=[fix.pk]))
    page = sven.send(page, reverse("act:accept", args=[fix.pk]))
    assert page.says("how will it be judged?")
    too_early = sven.insist(page, reverse("act:ship", args=[fix.pk]))
    assert too_early.says("First write down how it will be judged; then ship it.")

    yardstick = mina.open(reverse("verify:register", args=[fix.pk]))
    registered = mina.send(yardstick, "", judge=cast.mina.pk, smallest_effect="0.5")
    assert registered.says("Registered. Now it can ship.")

    clock.wait(hours=2)
    page = sven.open(reverse("act:fix", args=[fix.pk]))
    assert sven.send(page, reverse("act:ship", args=[fix.pk])).says("Shipped.")
    fix.refresh_from_db()
    assert fix.shipped_at == clock.now
    return fix


def months_pass(cast: Cast, clock: Clock, cards_a_week: list[int]) -> None:
    first = clock.now.date() - timedelta(days=clock.now.weekday())
    clock.wait(weeks=len(cards_a_week), days=7 - clock.now.weekday())
    for unit in (cast.north, cast.south):
        weeks = {topic: [rate] * len(cards_a_week) for topic, rate in OTHERS.items()}
        customers_tapped(cast, clock, [unit], first, weeks | {"card": cards_a_week})
    the_worker_runs(clock)


def from_visit_to_shipped(cast: Cast, clock: Clock) -> tuple[Fix, Customer]:
    """The first half of the story, which both endings share."""
    cards = half_a_year_has_passed(cast, clock)
    meeting = mina_draws_a_customer_for_olga(cast, clock)
    guest = meeting.guests.get().customer
    olga_meets_and_notes(cast, clock, meeting, guest)
    she_answers_for_two_and_hands_one_over(cast, meeting)
    it_is_finished_only_when_sven_has_accepted(cast, clock, meeting)
    the_issue_shows_the_quote(cast, clock, cards)
    return mina_opens_a_fix_which_sven_accepts_and_ships(cast, clock, cards), guest


@pytest.mark.django_db
def test_a_remark_travels_from_a_visit_to_verified_and_back_to_who_said_it(
    cast: Cast, clock: Clock, mailoutbox: list
):
    so_much_was_done(cast, clock, clock.now.date() - timedelta(weeks=WEEKS_BEFORE + 2), WEEKS_BEFORE + 4)
    fix, guest = from_visit_to_shipped(cast, clock)
    so_much_was_done(cast, clock, clock.now.date() - timedelta(days=clock.now.weekday()), WEEKS_AFTER + 1)
    months_pass(cast, clock, [3] + [1, 0] * (WEEKS_AFTER // 2))

    mina = Reader(cast.mina)
    verdict = reverse("verify:verdict", args=[fix.pk])
    judged = mina.send(mina.open(verdict), reverse("verify:judge", args=[fix.pk]))
    assert judged.says("Verified", "Mina Aziz", "times as often", "were to be expected")
    assert Reader(cast.sven).open(verdict).says("Verified")

    the_worker_runs(clock)
    clock.wait(days=4)
    send_what_lies(now=clock.now)
    the_worker_runs(clock)
    told = {
        mail.to[0]: mail for mail in mailoutbox if fix.title in mail.body and "asks you" not in mail.subject
    }
    assert set(told) == {guest.email, cast.olga.email}
    assert "without you we would not have known" in told[guest.email].body
    assert verdict in told[cast.olga.email].body
    assert not OutgoingMessage.objects.filter(sent_at=None).exists()

    week = Reader(cast.olga).open("/")
    assert week.says("Of 3 things you raised, 3 resolved")
    remarks = Reader(cast.olga).open(reverse("meet:remarks") + "?status=resolved")
    assert remarks.says(WORDS, "Fixed since", fix.title)


@pytest.mark.django_db
def test_without_knowing_how_much_was_done_nothing_is_verified_and_the_page_says_what_is_missing(
    cast: Cast, clock: Clock, mailoutbox: list
):
    fix, guest = from_visit_to_shipped(cast, clock)
    months_pass(cast, clock, [3] + [1, 0] * (WEEKS_AFTER // 2))
    mina = Reader(cast.mina)
    page = mina.open(reverse("verify:verdict", args=[fix.pk]))
    judged = mina.send(page, reverse("verify:judge", args=[fix.pk]))
    assert judged.says("Not enough evidence", "Missing: how much was done", "contacts")
    the_worker_runs(clock)
    assert not [mail for mail in mailoutbox if guest.email in mail.to]
