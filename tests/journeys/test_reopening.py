"""What did not last is tried again: by one click or by itself, and whoever heard of it hears that as well."""

from datetime import timedelta

import pytest
from django.urls import reverse

from coalface.act.actions import Size, leave_out, open_fix, send_what_lies, ship
from coalface.reactions import named
from coalface.records.models import Amendment, Customer, Feedback, Fix, Lane, Ruling, Telling, Verdict
from coalface.verify.actions import judge_due, register_plan
from coalface.worker.actions import drain, run_ticks, send_messages
from tests.edges.smtp import Mailbox
from tests.journeys.conftest import Clock
from tests.journeys.reading import Reader
from tests.people import Cast
from tests.verify import at, done, issue, said, week
from tests.verify.test_judging import spread

pytestmark = [pytest.mark.django_db, pytest.mark.database]
JOBS = named(judge_due, send_what_lies)
DAY = timedelta(days=1)
LIVE = 62  # the week in which it ships


def card_block(cast: Cast) -> Fix:
    """42 in 10,000 contacts in the ten weeks before, 18 after; five other issues as in every year."""
    about = issue(cast, "Cards are blocked abroad")
    for place, rate in enumerate((12, 30, 55, 80, 20)):
        other = issue(cast, f"Something else {place}")
        said(other, cast.north, spread(rate) * 5, first=LIVE - 10)
        said(other, cast.south, spread(rate + 7) * 5, first=LIVE - 10)
    done([cast.north, cast.south], 500, first=LIVE - 10, last=LIVE + 10, by=cast.adam)
    said(about, cast.north, spread(42), first=LIVE - 10)
    said(about, cast.north, spread(18), first=LIVE)
    fix = open_fix(
        issue=about, title="Warn before the card is blocked", lane=Lane.THIS_WEEK, owner=cast.sven,
        due_on=week(LIVE), by=cast.sven, now=at(week(LIVE - 1)), size=Size(worth=4, effort=2),
    )  # fmt: skip
    register_plan(
        fix=fix, measure="contacts", baseline_from=week(LIVE - 10), baseline_until=week(LIVE),
        smallest_effect=0.2, judge=cast.adam, by=cast.mina, now=at(week(LIVE)),
    )  # fmt: skip
    return ship(fix=fix, by=cast.sven, now=at(week(LIVE), hour=10))


def night(clock: Clock) -> None:
    """A night on: what is due is done, what follows from it happens, and the mail leaves."""
    clock.now += DAY
    run_ticks(now=clock.now, jobs=JOBS)
    drain(now=clock.now)
    send_messages(now=clock.now)


def at_night_of(clock: Clock, place: int) -> None:
    clock.now = at(week(place)) - DAY
    night(clock)


def told_everybody(cast: Cast, clock: Clock) -> Fix:
    """Petra complained twice, Rosa once and is left out, Fay wrote it down: they hear that it is live."""
    clock.now = at(week(LIVE), hour=11)
    fix = card_block(cast)
    said(fix.issue, cast.north, [1, 1], first=LIVE - 9, customer=cast.petra)
    [last] = said(fix.issue, cast.north, [1], first=LIVE - 9, customer=cast.rosa)
    Feedback.objects.filter(pk=last.feedback_id).update(reported_by=cast.fay)
    Customer.objects.filter(pk=cast.petra.pk).update(language="fr")
    drain(now=clock.now)
    leave_out(fix=fix, news="shipped", customers=[cast.rosa.pk], by=cast.mina, now=clock.now)
    mina, batch = Reader(cast.mina), reverse("act:batch", args=[fix.pk, "shipped"])
    mina.send(mina.open(batch), reverse("act:send_news", args=[fix.pk, "shipped"]))
    night(clock)
    return fix


def sent_to(mailbox: Mailbox) -> list[tuple[str, str]]:
    """Whom the mails of tellings went to, and whether they say that it did not last."""
    return sorted((mail["To"], mail["Message-ID"].split("-")[2]) for mail in mailbox.mails if _tells(mail))


def _tells(mail) -> bool:
    return mail["Message-ID"].startswith("<told-")


THE_FIRST = [("fay@lindner.example", "shipped"), ("petra@home.example", "shipped")]
AGAIN = [("fay@lindner.example", "reopened"), ("petra@home.example", "reopened")]


def test_a_yardstick_amended_after_shipping_shows_what_it_was_and_both_its_seals(cast: Cast, clock: Clock):
    clock.now = at(week(LIVE + 1))
    fix = card_block(cast)
    sealed = fix.evaluation_plan.digest
    adam, fay = Reader(cast.adam), Reader(cast.fay)
    page = adam.open(reverse("verify:amend", args=[fix.pk]))
    assert page.says("What it was, what it becomes, and your reason stay readable beside every verdict.")
    refused = adam.send(page, "", lag_days=7)
    assert refused.status == 422
    adam.send(page, "", lag_days=7, reason="Letters take a week.")
    amendment = Amendment.objects.get()
    assert (amendment.digest_before, len(amendment.digest_after)) == (sealed, 64)
    assert amendment.digest_after != sealed
    verdict = reverse("verify:verdict", args=[fix.pk])
    assert fay.open(verdict).says(
        "Letters take a week.",
        "Adam Nowak, ",
        "days until it can be felt 0 → 7",
        f"Seal {sealed[:16]} → {amendment.digest_after[:16]}",
    )
    assert fay.open(reverse("act:fix", args=[fix.pk])).says("The yardstick was amended · Adam Nowak")
    clock.now = at(week(LIVE + 11))
    adam = Reader(cast.adam)
    adam.send(adam.open(verdict), reverse("verify:judge", args=[fix.pk]))
    assert "amended:1" in Verdict.objects.get().warnings


def test_opened_again_with_one_click_whoever_was_told_is_told_and_nobody_else(
    cast: Cast, clock: Clock, mailbox: Mailbox
):
    fix = told_everybody(cast, clock)
    assert sent_to(mailbox) == THE_FIRST
    at_night_of(clock, LIVE + 10)
    adam = Reader(cast.adam)
    page = adam.open(reverse("verify:verdict", args=[fix.pk]))
    page = adam.send(page, reverse("verify:reopen", args=[fix.pk]))
    assert page.says("Opened again. Its owner is asked, and whoever was told hears it.")
    night(clock)
    assert ("fay@lindner.example", "reopened") in sent_to(mailbox)
    assert ("petra@home.example", "reopened") not in sent_to(mailbox), "the cap holds"
    for place in range(LIVE + 11, LIVE + 16):
        at_night_of(clock, place)
    assert [one for one in sent_to(mailbox) if one[1] == "reopened"] == AGAIN
    assert not Telling.objects.filter(customer=cast.rosa).exists()
    sven = Reader(cast.sven)
    assert sven.open(reverse("act:fix", args=[Fix.objects.get(follows=fix).pk])).says(
        "Will you look after this?"
    )


def relapsed(cast: Cast, clock: Clock) -> tuple[Fix, Fix]:
    """Verified, then it comes back: opened again by itself."""
    fix = told_everybody(cast, clock)
    at_night_of(clock, LIVE + 10)
    assert Verdict.objects.get().ruling == Ruling.VERIFIED
    done([cast.north, cast.south], 500, first=LIVE + 10, last=LIVE + 16, by=cast.adam)
    said(fix.issue, cast.north, [8] * 6, first=LIVE + 10)
    at_night_of(clock, LIVE + 16)
    assert Verdict.objects.first().ruling == Ruling.RELAPSED
    night(clock)
    return fix, Fix.objects.get(follows=fix)


def test_what_relapses_is_opened_again_by_itself_and_told_again(cast: Cast, clock: Clock, mailbox: Mailbox):
    fix, again = relapsed(cast, clock)
    for place in (LIVE + 17, LIVE + 25, LIVE + 30):
        at_night_of(clock, place)
    news = sent_to(mailbox)
    assert [one for one in news if one[1] == "reopened"] == AGAIN
    assert len(news) == len(set(news)), "nobody hears anything twice"
    page = Reader(cast.fay).open(reverse("verify:verdict", args=[fix.pk]))
    assert page.says("It was opened again.")
    assert (again.lane, again.kind, again.worth, again.owner) == (
        Lane.THIS_WEEK,
        fix.kind,
        fix.worth,
        cast.adam,
    )


def test_a_second_attempt_is_accepted_waits_for_others_swallows_a_double_and_is_told_anew(
    cast: Cast, clock: Clock, mailbox: Mailbox
):
    _, again = relapsed(cast, clock)
    here, sven, mina = reverse("act:fix", args=[again.pk]), Reader(cast.sven), Reader(cast.mina)
    given = {"issue": again.issue, "lane": Lane.THIS_WEEK, "due_on": week(LIVE + 20), "now": clock.now}
    first = open_fix(title="New cards", owner=cast.sven, by=cast.sven, **given)
    double = open_fix(title="Warn them again", owner=cast.gus, by=cast.gus, **given)
    mina.send(mina.open(reverse("act:needs", args=[again.pk])), "", needs=first.pk)
    mina.send(mina.open(reverse("act:merge", args=[double.pk])), "", into=again.pk)
    double.refresh_from_db()
    assert double.merged_into == again
    page = sven.send(sven.open(here), reverse("act:accept", args=[again.pk]))
    assert page.says("It is yours.", "New cards")
    for fix in (again, first):
        address = reverse("verify:register", args=[fix.pk])
        mina.send(
            mina.open(address),
            "",
            judge=cast.adam.pk,
            baseline_from=week(LIVE + 6),
            baseline_until=week(LIVE + 16),
        )
        sven.insist(sven.open(here), reverse("act:ship", args=[fix.pk]))
    again.refresh_from_db()
    assert again.shipped_at is None, "what it needs has not shipped"
    sven.insist(sven.open(here), reverse("act:ship", args=[again.pk]))
    again.refresh_from_db()
    assert again.shipped_at == clock.now
    for place in (LIVE + 17, LIVE + 30, LIVE + 35):
        at_night_of(clock, place)
    heard = {(row.person or row.customer).name for row in Telling.objects.filter(fix=again, news="shipped")}
    assert {"Fay Burns", "Gus Meyer", "Petra Frei", "Rosa Conti"} <= heard
