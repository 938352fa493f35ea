"""One change: heard, offered, returned, offered again, accepted, decided, shipped."""

from datetime import timedelta

import pytest
from django.urls import reverse

from coalface.records.models import Encounter, Fix, Issue, IssueKind, Lane, Remark
from coalface.understand.actions import confirm_issue, propose_issue, set_route
from coalface.worker.actions import drain, run_ticks, send_messages
from tests.journeys.conftest import Clock
from tests.journeys.reading import Page, Reader
from tests.people import Cast

pytestmark = pytest.mark.django_db
WORDS = "The till was closed at noon again."
TITLE = "A second till from twelve to two"


def the_worker_runs(clock: Clock) -> None:
    drain(now=clock.now)
    send_messages(now=clock.now)


def olga_hears_of_closed_tills(cast: Cast, clock: Clock) -> Issue:
    issue = propose_issue(title="Tills closed at noon", kind=IssueKind.SERVICE, by=cast.adam, now=clock.now)
    confirm_issue(issue=issue, by=cast.adam, now=clock.now)
    set_route(issue=issue, phrases=["till was closed"], by=cast.adam, now=clock.now)
    olga = Reader(cast.olga)
    olga.send(olga.open(reverse("meet:drop_in")), "", customer="Petra Frei", minutes=10)
    meeting = Encounter.objects.get()
    page = olga.open(reverse("meet:encounter", args=[meeting.pk]))
    page = olga.send(page, reverse("meet:note", args=[meeting.pk]), text=WORDS, kind="complaint")
    olga.send(page, reverse("meet:dispose", args=[meeting.remarks.get().pk]), answer="owned")
    the_worker_runs(clock)
    return issue


def mina_opens_it_for_sven(cast: Cast, clock: Clock, issue: Issue) -> Fix:
    mina = Reader(cast.mina)
    page = mina.send(
        mina.open(reverse("act:open_fix", args=[issue.pk])),
        "",
        title=TITLE,
        lane=Lane.NEEDS_A_DECISION,
        decider=cast.rolf.pk,
        decide_by=clock.now.date() + timedelta(days=14),
        owner=cast.sven.pk,
        due_on=clock.now.date() + timedelta(days=30),
        worth=4,
        effort=2,
    )
    assert page.says("Opened. It is yours until they say yes.", "Waiting for Sven Olsen to accept", WORDS)
    the_worker_runs(clock)
    return Fix.objects.get()


def here(fix: Fix) -> str:
    return reverse("act:fix", args=[fix.pk])


def sven_gives_it_back(cast: Cast, clock: Clock, fix: Fix) -> None:
    sven = Reader(cast.sven)
    assert sven.open("/").says("Mina Aziz asks you to look after", TITLE)
    page = sven.open(here(fix))
    assert page.says("Will you look after this?")
    answered = sven.send(
        page, reverse("act:give_back", args=[fix.pk]), reason="Fay knows the tills, I do not."
    )
    assert answered.says("Given back, with your reason.")
    the_worker_runs(clock)


def mina_asks_fay_who_lets_time_run_out(cast: Cast, clock: Clock, fix: Fix) -> None:
    mina = Reader(cast.mina)
    assert mina.open(here(fix)).says("Sven Olsen, who gave it back:", "Fay knows the tills, I do not.")
    ask_fay(mina, cast, fix)
    clock.wait(days=8)
    run_ticks(now=clock.now)
    the_worker_runs(clock)
    assert mina.open(here(fix)).says("Fay Burns, who did not answer in time", "Nobody has said yes to it.")
    assert not Remark.objects.resolved(clock.now).exists(), "what goes round and round resolves nothing"


def ask_fay(mina: Reader, cast: Cast, fix: Fix) -> Page:
    page = mina.send(mina.open(reverse("act:offer", args=[fix.pk])), "", to=cast.fay.pk)
    assert page.says("Asked. It stays yours until they say yes.")
    return page


def fay_accepts_and_rolf_decides(cast: Cast, clock: Clock, fix: Fix) -> None:
    fay, rolf = Reader(cast.fay), Reader(cast.rolf)
    page = fay.send(fay.open(here(fix)), reverse("act:accept", args=[fix.pk]))
    assert page.says("It is yours.", "Rolf Huber decides by")
    assert rolf.open("/").says("Decide:", TITLE)
    page = rolf.send(rolf.open(here(fix)), reverse("act:decide", args=[fix.pk]), answer="do_it")
    assert page.says("Decided: it is done.")


def fay_ships_it_on_the_board(cast: Cast, clock: Clock, fix: Fix) -> None:
    mina, fay = Reader(cast.mina), Reader(cast.fay)
    yardstick = mina.open(reverse("verify:register", args=[fix.pk]))
    mina.send(yardstick, reverse("verify:register_customers", args=[fix.pk]))
    clock.wait(days=1)
    board = fay.open(reverse("act:board"))
    assert board.says("In work 1", TITLE, "ready to ship")
    board = fay.send(board, reverse("act:move", args=[fix.pk]), to="shipped")
    assert board.says("Shipped. From now on it is counted whether it helped.", "Shipped 1")


def test_a_change_goes_through_everybodys_hands_until_it_is_live(cast: Cast, clock: Clock, mailoutbox: list):
    issue = olga_hears_of_closed_tills(cast, clock)
    fix = mina_opens_it_for_sven(cast, clock, issue)
    sven_gives_it_back(cast, clock, fix)
    mina_asks_fay_who_lets_time_run_out(cast, clock, fix)
    ask_fay(Reader(cast.mina), cast, fix)
    the_worker_runs(clock)
    fay_accepts_and_rolf_decides(cast, clock, fix)
    fay_ships_it_on_the_board(cast, clock, fix)
    assert list(Remark.objects.resolved(clock.now)) == [Remark.objects.get()]
    about_it = [(mail.to[0].partition("@")[0], mail.subject) for mail in mailoutbox if TITLE in mail.body]
    assert about_it == [
        ("sven", "Mina Aziz asks you to look after a change"),
        ("rolf", "Mina Aziz asks for your decision"),
        ("mina", "Sven Olsen gave a change back to you"),
        ("fay", "Mina Aziz asks you to look after a change"),
        ("mina", "Fay Burns did not answer in time"),
        ("fay", "Mina Aziz asks you to look after a change"),
    ]
