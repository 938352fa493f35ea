"""Three people and a few customers: the owner alone closes the loop, with a customer's later yes."""

import re

import pytest
from django.urls import reverse

from coalface.customers.actions import NewConsent, NewCustomer, add_customers, record_consents
from coalface.people.actions import add_person, found_organisation, grant, open_account
from coalface.plan.actions import add_format
from coalface.records.models import (
    Basis,
    Channel,
    Customer,
    CustomerAnswer,
    Depth,
    Encounter,
    Fix,
    Issue,
    IssueKind,
    Lane,
    Person,
    Purpose,
    Role,
    Ruling,
    Unit,
    Verdict,
)
from coalface.understand.actions import confirm_issue, propose_issue, set_route
from coalface.worker.actions import drain, run_ticks, send_messages
from tests.journeys.conftest import Clock
from tests.journeys.reading import Page, Reader
from tests.people import PASSWORD

WORDS = "You said Friday, and on Friday the parts were not there."
LARGE_ONLY = ("Programme", "Plan")
LEVELS = ("Front line", "Supervisor", "Middle", "Level")


@pytest.fixture
def owner(db: None, clock: Clock) -> Person:
    """Hanna, who owns a workshop, and two who work for her."""
    now = clock.now
    shop = found_organisation(name="Berg Bicycles", key="berg", time_zone="Europe/Zurich", now=now)
    hanna, *_ = (
        add_person(
            name=name, unit=shop, starts_on=now.date(), email=f"{name.lower()}@berg.example", by=None, now=now
        )
        for name in ("Hanna", "Timo", "Lea")
    )
    for role in (Role.LEADER, Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR):
        grant(person=hanna, role=role, unit=shop, by=None, now=now)
    open_account(person=hanna, email="hanna@berg.example", password=PASSWORD, by=None, now=now)
    add_format(key="chat", name="A chat at the bench", depth=Depth.CONVERSING, minutes=15, by=hanna, now=now)
    return hanna


@pytest.fixture
def jonas(owner: Person, clock: Clock) -> Customer:
    """A customer who may be written to when something got better."""
    shop = Unit.objects.get()
    row = NewCustomer(name="Jonas Wirth", email="jonas@home.example", unit=shop)
    (customer,) = add_customers(rows=[row], by=owner, now=clock.now)
    agreed = NewConsent(customer=customer, channel=Channel.EMAIL, purpose=Purpose.TELLING, wording="1")
    record_consents(rows=[agreed], by=owner, now=clock.now)
    return customer


def parts_are_a_known_issue(owner: Person, clock: Clock) -> None:
    issue = propose_issue(title="Parts are late", kind=IssueKind.SERVICE, by=owner, now=clock.now)
    confirm_issue(issue=issue, by=owner, now=clock.now)
    set_route(issue=issue, phrases=["parts were not there"], by=owner, now=clock.now)


def the_rail(page: Page) -> list[str]:
    return [words for words in LARGE_ONLY if words in page.links]


def she_talks_with_jonas_at_the_bench(hanna: Reader, jonas: Customer) -> None:
    page = hanna.open(reverse("meet:drop_in"))
    page = hanna.send(page, "", customer="Jonas", minutes=10)
    meeting = Encounter.objects.get()
    page = hanna.send(page, reverse("meet:note", args=[meeting.pk]), text=WORDS, kind="complaint")
    remark = meeting.remarks.get()
    assert remark.customer == jonas
    page = hanna.send(page, reverse("meet:dispose", args=[remark.pk]), answer="owned")
    assert hanna.send(page, reverse("meet:finish", args=[meeting.pk])).says("Finished. Thank you.")


def she_changes_it_and_lets_him_judge(hanna: Reader, owner: Person, clock: Clock) -> Fix:
    assert hanna.open(reverse("understand:index")).says("Parts are late")
    opening = hanna.open(reverse("act:open_fix", args=[Issue.objects.get().pk]))
    page = hanna.send(
        opening,
        "",
        title="No day is promised before the parts are here",
        lane=Lane.THIS_WEEK,
        owner=owner.pk,
        due_on=clock.now.date(),
    )
    fix = Fix.objects.get()
    assert fix.accepted_at, "who opens a fix for herself has accepted it"
    yardstick = hanna.open(reverse("verify:register", args=[fix.pk]))
    assert yardstick.says("Nobody but its owner could judge this here. Let those who raised it judge.")
    page = hanna.send(yardstick, reverse("verify:register_customers", args=[fix.pk]))
    assert page.says("those who raised it will be asked")
    assert hanna.send(page, reverse("act:ship", args=[fix.pk])).says("Shipped.")
    return fix


def jonas_is_asked_and_says_yes(hanna: Reader, fix: Fix, clock: Clock, mailoutbox: list) -> None:
    page = hanna.open(reverse("verify:verdict", args=[fix.pk]))
    assert hanna.send(page, reverse("verify:ask", args=[fix.pk])).says("1 customer is asked; 0 cannot be.")
    send_messages(now=clock.now)
    (mail,) = mailoutbox
    assert mail.to == ["jonas@home.example"]
    link = re.search(r"https?://[^/\s]+(/c/better/\S+)", mail.body).group(1)

    clock.wait(days=2)
    jonas = Reader()
    asked = jonas.open(link)
    assert asked.says("Is it better now?", fix.title)
    thanked = jonas.send(asked, link, better="yes")
    assert thanked.says("Thank you", "You say it is better.")


def test_the_loop_is_closed_by_one_owner_and_a_customers_later_yes(
    owner: Person, jonas: Customer, clock: Clock, mailoutbox: list
):
    hanna = Reader(owner)
    first = hanna.open("/")
    assert first.says("You have not met a customer yet.")
    assert the_rail(first) == []
    parts_are_a_known_issue(owner, clock)

    clock.wait(hours=2)
    she_talks_with_jonas_at_the_bench(hanna, jonas)
    drain(now=clock.now)
    clock.wait(days=1)
    fix = she_changes_it_and_lets_him_judge(hanna, owner, clock)
    clock.wait(days=8)
    jonas_is_asked_and_says_yes(Reader(owner), fix, clock, mailoutbox)

    verdict = Verdict.objects.get()
    assert (verdict.ruling, verdict.basis, verdict.judged_by) == (Ruling.VERIFIED, Basis.CUSTOMERS, None)
    page = Reader(owner).open(reverse("verify:verdict", args=[fix.pk]))
    assert page.says("Verified", "Those who raised it were asked later, and say it is better.")

    drain(now=clock.now)
    send_messages(now=clock.now)
    assert [mail.to for mail in mailoutbox] == [["jonas@home.example"], ["hanna@berg.example"]]
    assert CustomerAnswer.objects.get().better is True


@pytest.mark.parametrize(
    "page", ["home:week", "people:index", "people:add", "act:index", "measure:awareness", "measure:contact"]
)
def test_a_small_organisation_is_asked_for_no_levels_and_sees_no_programme(
    owner: Person, clock: Clock, page: str
):
    run_ticks(now=clock.now)
    shown = Reader(owner).open(reverse(page))
    assert (shown.status, the_rail(shown)) == (200, [])
    assert [level for level in LEVELS if level in shown.words] == []
