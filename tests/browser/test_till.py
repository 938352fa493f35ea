"""A till several people use: a PIN, a badge, a lock – and each one's notes go out as theirs alone."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, expect

from coalface.people.actions import add_person, issue_badge
from coalface.records.models import Account, Feedback, Person, Policy, Verbatim
from tests.browser.conftest import Window
from tests.browser.phone import Phone
from tests.journeys.rows import House

PIN = "480372"
WORDS = "She wanted the blue one, and the screen said red."
HIS = "He liked how quick it was."


@pytest.fixture
def nia(ours: House) -> Person:
    """An assistant in the north who has no address; Sven is her manager."""
    cache.clear()
    return add_person(
        name="Nia Weber", unit=ours.cast.north, manager=ours.cast.sven, starts_on=timezone.localdate(),
        by=ours.cast.mina, now=timezone.now(),
    )  # fmt: skip


@pytest.fixture
def till(ours: House, signed_in: Callable[..., Window]) -> Phone:
    """A browser that the programme manager made a shared one."""
    window = signed_in(ours.cast.mina, viewport={"width": 1024, "height": 768})
    window.open("/people/devices/")
    window.page.get_by_label("Name of this device").fill("Till 1")
    window.page.get_by_label("Where it stands").select_option(label="North")
    window.page.get_by_role("button", name="Make it a shared device").click()
    expect(window.page.get_by_role("heading", level=1)).to_have_text("Till 1")
    phone = Phone(window.page.context, window.site)
    phone.page.close()
    phone.page = window.page
    return phone


def pin_from(manager: Window, person: Person) -> str:
    """Two clicks: the person's page, the button."""
    manager.open(f"/people/{person.pk}/")
    manager.page.get_by_role("button", name="Issue a PIN").click()
    person.refresh_from_db()
    expect(manager.page.locator(".slip")).to_contain_text(person.staff_code)
    readable(manager.page)
    return re.search(r"\d{3} \d{3}", manager.page.locator(".slip").inner_text())[0].replace(" ", "")


def come_in(page: Page, person: Person, pin: str) -> None:
    page.get_by_label("Staff code").fill(person.staff_code)
    page.get_by_label("PIN").fill(pin)
    page.locator("form[action='/c/door/'] button").click()


def with_badge(page: Page, code: str) -> None:
    """A scanner types what stands in the code, and Enter."""
    expect(page.get_by_label("Badge")).to_be_focused()
    page.keyboard.type(f"http://localhost/c/badge/#{code}")
    page.keyboard.press("Enter")


# A message that is just fading away has too little contrast for a moment.
STILL = "document.getAnimations().forEach((one) => { one.currentTime = 5000; one.pause(); })"


def readable(page: Page) -> None:
    """By everybody, in a wide window and on a phone, and nothing sticks out."""
    size = page.viewport_size
    for width in (1024, 320):
        page.set_viewport_size({"width": width, "height": 768})
        page.evaluate(STILL)
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert ([one["id"] for one in found], max(wide, 0)) == ([], 0), page.url
    page.set_viewport_size(size)


def keep_pin(page: Page) -> None:
    page.get_by_label("New PIN").fill(PIN)
    page.get_by_label("The same once more").fill(PIN)
    page.get_by_role("button", name="Keep it and come in").click()


def signed(page: Page, name: str) -> None:
    expect(page.locator(".till-strip")).to_contain_text(name)


def test_a_day_at_the_till(till: Phone, nia: Person, ours: House, signed_in: Callable[..., Window]):
    Policy.objects.create(key="till_idle_seconds", value=900, set_by=ours.cast.mina, set_at=timezone.now())
    pin = pin_from(signed_in(ours.cast.sven), nia)
    badge = issue_badge(person=ours.cast.gus, by=ours.cast.mina, now=timezone.now())
    page = till.page
    readable(page)
    come_in(page, nia, pin)
    expect(page.get_by_label("New PIN")).to_be_visible()
    readable(page)
    keep_pin(page)
    signed(page, "Nia Weber")
    readable(page)
    assert Account.objects.get(person=nia).email == ""

    till.install()
    expect(page.locator("#lock")).to_be_visible()
    readable(page)
    till.has_signal(False)
    page.locator("#place").select_option("feedback")
    till.write(WORDS)
    till.keep()
    page.locator("#text").fill("And one more th")
    page.wait_for_timeout(300)
    page.locator("#lock").click()
    expect(page.locator(".item")).to_have_count(0)
    expect(page.locator("#text")).to_have_value("")
    till.has_signal(True)
    expect(page.locator("#notices")).to_contain_text("Sign in")
    assert not Feedback.objects.filter(reported_by=nia).exists()

    page.goto(f"{till.site}/c/door/")
    assert "Nia" not in page.content()
    with_badge(page, badge)
    signed(page, "Gus Meyer")
    till.open()
    expect(page.locator("#notices")).to_contain_text("somebody else")
    assert WORDS not in page.locator("body").inner_text()
    page.locator("#place").select_option("feedback")
    till.write(HIS, "Compliment")
    till.keep()
    till.stands("All sent")
    assert said_by(nia, ours.cast.gus) == [(HIS, "Gus Meyer")]
    page.locator("#lock").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Till 1")

    come_in(page, nia, PIN)
    expect(page.locator("#text")).to_have_value("And one more th")
    till.stands("All sent")
    assert said_by(nia, ours.cast.gus) == [(HIS, "Gus Meyer"), (WORDS, "Nia Weber")]


def said_by(*people: Person) -> list[tuple[str, str]]:
    words = Verbatim.objects.filter(text__in=(WORDS, HIS)).values("pk")
    rows = Feedback.objects.filter(verbatim__in=words).order_by("received_at", "id")
    assert {row.reported_by for row in rows} <= set(people)
    return sorted(rows.values_list("verbatim__text", "reported_by__name"))


def test_a_till_left_alone_counts_down_and_locks(till: Phone, ours: House):
    Policy.objects.create(key="till_idle_seconds", value=17, set_by=ours.cast.mina, set_at=timezone.now())
    badge = issue_badge(person=ours.cast.gus, by=ours.cast.mina, now=timezone.now())
    page = till.page
    with_badge(page, badge)
    signed(page, "Gus Meyer")
    dialog = page.locator("#till")
    expect(dialog).to_be_visible(timeout=6_000)
    page.get_by_role("button", name="I am here").click()
    expect(dialog).to_be_hidden(timeout=2_000)
    expect(page.get_by_role("heading", level=1)).to_have_text("Till 1", timeout=25_000)
    page.go_back()
    assert "Gus" not in page.content()


def test_a_badges_link_keeps_its_code_out_of_every_address(ours: House, signed_in: Callable[..., Window]):
    code = issue_badge(person=ours.cast.gus, by=ours.cast.mina, now=timezone.now())
    window = signed_in(None)
    asked = []
    window.page.on("request", lambda request: asked.append(request.url))
    window.open(f"/c/badge/#{code}")
    expect(window.page.get_by_label("PIN")).to_be_focused()
    expect(window.page.get_by_label("Badge")).to_have_value(code)
    assert window.page.url.endswith("/c/badge/")
    assert not any(code in address for address in asked)
