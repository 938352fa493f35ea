"""What was said is written down without a signal, and arrives once, whatever happens to phone or server."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Browser, expect

from coalface.plan.actions import plan_encounter
from coalface.records.models import Customer, Encounter, Feedback, Person, Remark
from tests.browser.between import line_to
from tests.browser.phone import Phone
from tests.journeys.rows import House
from tests.people import client_for

WORDS = "I had to say my number three times."
MORE = "“Grüezi”, she said – and then:\nnothing."
LONG_AGO = "2009-04-01T08:00:00Z"


def meeting(ours: House, person: Person, *guests: Customer) -> Encounter:
    """One that begins in ten minutes."""
    now = timezone.now()
    return plan_encounter(
        format=ours.cast.visit,
        unit=ours.cast.north,
        starts_at=now + timedelta(minutes=10),
        person=person,
        customers=guests,
        chosen_by="planner",
        by=ours.cast.mina,
        now=now,
    )


@pytest.fixture
def visit(ours: House) -> Encounter:
    """Olga is about to meet Quentin."""
    return meeting(ours, ours.cast.olga, ours.cast.quentin)


@pytest.fixture
def phones(browser: Browser, site: str) -> Iterator[Callable[..., Phone]]:
    """As many phones as a test needs."""
    contexts = []

    def phone(person: Person | None, at: str = "", **more: object) -> Phone:
        context = browser.new_context(viewport={"width": 390, "height": 800}, accept_downloads=True, **more)
        contexts.append(context)
        one = Phone(context, at or site)
        if person:
            one.sign_in(key_of(person))
        return one

    yield phone
    for context in contexts:
        context.close()


@pytest.fixture
def olgas(phones: Callable[..., Phone], ours: House, visit: Encounter) -> Phone:
    """Olga's phone, with the page installed."""
    phone = phones(ours.cast.olga)
    phone.install()
    return phone


def key_of(person: Person) -> str:
    """The key of a new session of theirs."""
    return client_for(person).cookies["sessionid"].value


def said(person: Person) -> list[tuple[str, str]]:
    """What this person wrote down, in the order of their device."""
    rows = Remark.objects.filter(noted_by=person).exclude(device="").order_by("sequence")
    return list(rows.values_list("verbatim__text", "kind"))


def test_it_opens_without_a_network_after_one_visit(olgas: Phone):
    olgas.has_signal(False)
    page = olgas.new_tab()
    expect(page.locator("#text")).to_be_focused()
    expect(page.locator("#place")).to_contain_text("Quentin Roy")
    expect(page.get_by_text("Quentin Roy", exact=True)).to_be_visible()


def test_what_is_noted_without_a_signal_arrives_with_it(olgas: Phone, visit: Encounter, ours: House):
    olgas.has_signal(False)
    olgas.write(WORDS)
    olgas.keep()
    olgas.write(MORE, "Idea", "Somebody")
    olgas.keep()
    olgas.stands("2 wait for a signal")
    assert said(ours.cast.olga) == []
    olgas.has_signal(True)
    olgas.arrived()
    assert said(ours.cast.olga) == [(WORDS, "complaint"), (MORE, "idea")]
    first, second = Remark.objects.filter(encounter=visit).order_by("sequence")
    assert (first.customer, second.customer) == (ours.cast.quentin, None)
    visit.refresh_from_db()
    assert visit.outcome == "held"


def test_a_draft_survives_a_killed_tab(olgas: Phone, ours: House):
    olgas.page.locator("#text").press_sequentially("I had to say")
    olgas.page.get_by_text("Need", exact=True).click()
    olgas.kill_tab()
    page = olgas.open()
    expect(page.locator("#text")).to_have_value("I had to say")
    expect(page.get_by_label("Need", exact=True)).to_be_checked()
    olgas.keep()
    olgas.arrived()
    assert said(ours.cast.olga) == [("I had to say", "need")]


def test_what_it_is_about_is_one_tap_more_and_survives_too(olgas: Phone, ours: House):
    olgas.write(WORDS)
    olgas.page.locator("#reading-fold summary").click()
    olgas.page.get_by_text("The price", exact=True).click()
    olgas.kill_tab()
    page = olgas.open()
    expect(page.get_by_label("The price", exact=True)).to_be_checked()
    olgas.keep()
    olgas.write(MORE, "Idea")
    olgas.keep()
    olgas.arrived()
    first, second = Remark.objects.filter(noted_by=ours.cast.olga).exclude(device="").order_by("sequence")
    assert (first.about, second.about) == ("price", "")


def test_somebody_met_by_chance_is_noted_with_the_meeting(olgas: Phone, ours: House):
    olgas.has_signal(False)
    olgas.page.locator("#place").select_option("met")
    olgas.write(WORDS, "Complaint")
    olgas.keep()
    expect(olgas.page.locator("#place")).to_contain_text("I met somebody")
    olgas.write(MORE, "Idea", "One of us")
    olgas.keep()
    olgas.has_signal(True)
    olgas.arrived()
    first, second = Remark.objects.filter(noted_by=ours.cast.olga).exclude(device="").order_by("sequence")
    assert first.encounter == second.encounter
    assert (first.encounter.outcome, first.encounter.minutes) == ("held", 10)
    assert (first.said_by, second.said_by) == ("customer", "employee")


def test_who_was_met_by_chance_is_found_or_their_name_stays_a_note(olgas: Phone, ours: House):
    page = olgas.page
    for name in ("Rosa Conti", "Somebody from the mill"):
        olgas.has_signal(False)
        page.locator("#place").select_option("met")
        page.locator("#called").fill(name)
        olgas.write(f"{name}: {WORDS}", "Complaint")
        olgas.keep()
        expect(page.locator("#place")).to_contain_text(name)
        expect(page.locator("#called")).to_have_value("")
        olgas.has_signal(True)
        olgas.arrived()
    found, unknown = Remark.objects.filter(noted_by=ours.cast.olga).exclude(device="").order_by("sequence")
    assert (found.customer, found.reading, found.encounter.guests.get().customer) == (
        ours.cast.rosa,
        None,
        ours.cast.rosa,
    )
    assert (unknown.customer, unknown.reading.text) == (None, "It was Somebody from the mill.")
    assert not unknown.encounter.guests.exists()


def test_something_heard_in_passing_is_reported_on_their_behalf(olgas: Phone, ours: House):
    olgas.page.locator("#place").select_option("feedback")
    olgas.write(WORDS)
    olgas.keep()
    olgas.arrived()
    heard = Feedback.objects.get(verbatim__text=WORDS)
    assert (heard.reported_by, heard.unit, heard.kind) == (ours.cast.olga, ours.cast.root, "complaint")


def test_a_second_person_on_the_phone_neither_sees_nor_sends(olgas: Phone, ours: House):
    olgas.has_signal(False)
    olgas.write(WORDS)
    olgas.keep()
    olgas.page.locator("#text").fill("half a sentence")
    olgas.sign_in(key_of(ours.cast.rolf))
    olgas.has_signal(True)
    page = olgas.new_tab()
    expect(page.get_by_text("1 note of somebody else waits on this phone")).to_be_visible()
    expect(page.locator("#text")).to_have_value("")
    expect(page.locator(".item")).to_have_count(0)
    assert WORDS not in page.content()
    olgas.stands("All sent")
    assert Remark.objects.filter(verbatim__text=WORDS).count() == 0
    olgas.sign_in(key_of(ours.cast.olga))
    page = olgas.new_tab()
    expect(page.locator("#text")).to_have_value("half a sentence")
    expect(olgas.line(WORDS)).to_contain_text("Sent.")
    assert said(ours.cast.olga) == [(WORDS, "complaint")]


def test_what_nobody_wrote_is_claimed_by_a_person(phones: Callable[..., Phone], ours: House):
    phone = phones(None)
    phone.install()
    expect(phone.page.get_by_text("Nobody has signed in on this phone yet.")).to_be_visible()
    phone.write(WORDS)
    phone.keep()
    phone.page.locator("#text").fill("and one more")
    phone.sign_in(key_of(ours.cast.fay))
    page = phone.new_tab()
    expect(page.get_by_text("2 notes were written on this phone while nobody was signed in.")).to_be_visible()
    assert WORDS not in page.content()
    page.get_by_role("button", name="They are mine").click()
    expect(page.locator("#text")).to_have_value("and one more")
    expect(phone.line(WORDS)).to_contain_text("Sent.")
    heard = Feedback.objects.get(verbatim__text=WORDS)
    assert (heard.reported_by, heard.unit) == (ours.cast.fay, ours.cast.north)


def test_a_session_that_ends_meanwhile_keeps_the_queue_and_asks(olgas: Phone, ours: House):
    olgas.has_signal(False)
    olgas.write(WORDS)
    olgas.keep()
    Session.objects.all().delete()
    olgas.has_signal(True)
    expect(olgas.page.get_by_text("You are signed out. Everything you wrote is kept here")).to_be_visible()
    assert olgas.states() == ["waiting"]
    olgas.page.get_by_role("link", name="Sign in").click()
    olgas.page.get_by_label("Email").fill(ours.cast.olga.email)
    olgas.page.get_by_label("Password").fill("a long password")
    olgas.page.get_by_role("button", name="Sign in").click()
    expect(olgas.page.locator("#note")).to_be_visible()
    olgas.arrived()
    assert said(ours.cast.olga) == [(WORDS, "complaint")]


def test_an_error_of_the_server_a_portal_and_a_lost_answer_lose_nothing(
    phones: Callable[..., Phone], ours: House, visit: Encounter, site: str
):
    troubles = ["error", "portal", "lost", "error"]
    with line_to(site) as line:
        phone = phones(ours.cast.olga, at=line.site)
        phone.install()
        line.trouble = lambda method, path: troubles.pop() if method == "PUT" and troubles else ""
        phone.write(WORDS)
        phone.keep()
        phone.write(MORE, "Idea")
        phone.keep()
        for _ in range(4):
            phone.page.evaluate("dispatchEvent(new Event('online'))")
            phone.page.wait_for_timeout(400)
        phone.arrived()
    assert troubles == []
    assert said(ours.cast.olga) == [(WORDS, "complaint"), (MORE, "idea")]


def test_a_page_closed_while_it_sends_has_sent_once(
    phones: Callable[..., Phone], ours: House, visit: Encounter, site: str
):
    with line_to(site) as line:
        phone = phones(ours.cast.olga, at=line.site)
        phone.install()
        line.trouble = lambda method, path: "lost" if method == "PUT" else ""
        phone.write(WORDS)
        phone.keep()
        phone.page.wait_for_timeout(500)
        phone.page.close(run_before_unload=False)
        assert said(ours.cast.olga) == [(WORDS, "complaint")]
        line.trouble = lambda method, path: ""
        phone.page = phone.context.new_page()
        phone.open()
        expect(phone.line(WORDS)).to_contain_text("Sent.")
    assert said(ours.cast.olga) == [(WORDS, "complaint")]


def test_two_tabs_and_two_phones_send_each_thing_once(
    phones: Callable[..., Phone], olgas: Phone, ours: House, visit: Encounter
):
    other = phones(ours.cast.olga)
    other.install()
    for phone, words in ((olgas, "one"), (other, "two")):
        phone.has_signal(False)
        for n in range(3):
            phone.write(f"{words} {n}")
            phone.keep()
    second = olgas.context.new_page()
    second.goto(f"{olgas.site}/meet/capture/")
    for phone in (olgas, other):
        phone.has_signal(True)
        phone.arrived()
    kept = Remark.objects.filter(encounter=visit).order_by("device", "sequence")
    devices = {row.device for row in kept}
    assert len(devices) == 2
    told = [[row.verbatim.text for row in kept if row.device == device] for device in devices]
    assert sorted(told) == [["one 0", "one 1", "one 2"], ["two 0", "two 1", "two 2"]]


def test_a_clock_that_is_wrong_by_years_changes_nothing(olgas: Phone, ours: House, visit: Encounter):
    olgas.has_signal(False)
    olgas.page.clock.set_fixed_time(LONG_AGO)
    olgas.write(WORDS)
    olgas.keep()
    olgas.page.clock.set_fixed_time("2049-01-01T00:00:00Z")
    olgas.write(MORE, "Idea")
    olgas.keep()
    olgas.page.clock.set_fixed_time("2011-01-01T00:00:00Z")
    olgas.has_signal(True)
    olgas.arrived()
    assert said(ours.cast.olga) == [(WORDS, "complaint"), (MORE, "idea")]
    now = timezone.now()
    times = [row.noted_at for row in Remark.objects.filter(encounter=visit).order_by("sequence")]
    assert times == sorted(times)
    assert all(now - timedelta(minutes=5) < time <= now for time in times)


def test_it_opens_at_the_encounter_one_comes_from(olgas: Phone, ours: House):
    later = meeting(ours, ours.cast.olga, ours.cast.rosa)
    olgas.page.goto(f"{olgas.site}/meet/{later.pk}/")
    olgas.page.get_by_role("link", name="Note on the phone").click()
    expect(olgas.page.locator("#place")).to_have_value(str(later.pk))
    olgas.write(WORDS, "Complaint", "Rosa Conti")
    olgas.keep()
    olgas.arrived()
    assert later.remarks.get().customer == ours.cast.rosa


def test_a_new_version_is_fetched_and_offered(olgas: Phone):
    olgas.page.locator("#text").fill("half a sentence")
    olgas.context.add_cookies([{"name": "django_language", "value": "de", "url": olgas.site}])
    page = olgas.open()
    page.get_by_role("button", name="Open the new version").click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.locator("#text")).to_have_value("half a sentence")
