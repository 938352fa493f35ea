"""The heart of the story with mouse and keyboard: sign in, meet, note what was said, answer it, finish."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from coalface.plan.actions import plan_encounter
from coalface.records.models import Encounter, Remark
from tests.browser.conftest import Window
from tests.journeys.rows import House
from tests.people import PASSWORD

WORDS = "I had to say my number three times."


@pytest.fixture
def meeting(ours: House) -> Encounter:
    """Olga is to meet Quentin in an hour."""
    now = timezone.now()
    return plan_encounter(
        format=ours.cast.visit,
        unit=ours.cast.north,
        starts_at=now + timedelta(hours=1),
        person=ours.cast.olga,
        customers=[ours.cast.quentin],
        chosen_by="planner",
        by=ours.cast.mina,
        now=now,
    )


def we_met(window: Window, meeting: Encounter) -> Page:
    """Open the encounter and say that it took place."""
    window.open(reverse("meet:encounter", args=[meeting.pk]))
    window.page.get_by_role("button", name="We met").click()
    expect(window.page.get_by_text("Nothing is written down yet")).to_be_visible()
    return window.page


def test_from_signing_in_to_finished(ours: House, meeting: Encounter, signed_in: Callable[..., Window]):
    window = signed_in(None)
    page = window.page
    window.open("/")
    page.get_by_label("Email").fill(ours.cast.olga.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="My week")).to_be_visible()

    page.get_by_role("link", name="Read the brief").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Quentin Roy")
    page.get_by_role("button", name="We met").click()

    page.get_by_label("What was said?").fill(WORDS)
    page.get_by_text("Obstacle", exact=True).click()
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_role("heading", name="1 thing was said")).to_be_visible()
    expect(page.get_by_text(WORDS, exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Finish")).to_have_count(0)

    page.get_by_role("button", name="Mine").click()
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_text("Finished. Thank you.")).to_be_visible()
    assert window.complaints == []
    assert meeting.finishings.get().by == ours.cast.olga


def test_a_remark_is_noted_with_the_keyboard_alone(
    ours: House, meeting: Encounter, signed_in: Callable[..., Window]
):
    page = we_met(signed_in(ours.cast.olga), meeting)
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, "[name=text]")
    page.keyboard.type(WORDS)
    tab_to(page, "[name=kind]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    tab_to(page, "form.note button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="1 thing was said")).to_be_visible()
    remark = meeting.remarks.get()
    assert (remark.verbatim.text, remark.kind, remark.customer) == (WORDS, "compliment", ours.cast.quentin)


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus; nobody presses it more than thirty times."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached with Tab")


def test_a_double_click_on_save_keeps_one_remark(
    ours: House, meeting: Encounter, signed_in: Callable[..., Window]
):
    page = we_met(signed_in(ours.cast.olga), meeting)
    page.get_by_label("What was said?").fill(WORDS)
    page.get_by_text("Complaint", exact=True).click()
    page.get_by_role("button", name="Write it down").dblclick()
    expect(page.get_by_role("heading", name="1 thing was said")).to_be_visible()
    assert Remark.objects.filter(encounter=meeting).count() == 1


def test_without_javascript_a_remark_is_noted_and_answered(
    ours: House, meeting: Encounter, signed_in: Callable[..., Window]
):
    page = we_met(signed_in(ours.cast.olga, java_script_enabled=False), meeting)
    page.get_by_label("What was said?").fill(WORDS)
    page.get_by_text("Need", exact=True).click()
    page.get_by_role("button", name="Write it down").click()
    page.get_by_text("Hand over to…").click()
    page.get_by_label("Who can change it?").fill("Sven Olsen")
    page.get_by_role("button", name="Hand it over").click()
    expect(page.get_by_text("1 hand-over waits for Sven Olsen")).to_be_visible()
