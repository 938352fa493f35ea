"""A match is changed on the board with the keyboard alone, by dragging it, and without a script."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from coalface.records.models import Assignment
from tests.browser.conftest import Window
from tests.journeys.planning import the_plan
from tests.journeys.rows import House


@pytest.fixture
def match(ours: House) -> Assignment:
    """One of a colleague's, not locked, with a customer."""
    return Assignment.objects.filter(plan=the_plan(), locked=False).order_by("pk").first()


def board(match: Assignment) -> str:
    """The board with the one person on it."""
    return reverse("plan:board", args=[match.plan_id]) + f"?q={match.person.name.replace(' ', '+')}"


def card(page: Page, match: Assignment) -> Locator:
    return page.locator(f"#match-{match.pk}")


def press(page: Page, key: str) -> None:
    """Press a key that sends something, and wait for the answer."""
    with page.expect_navigation():
        page.keyboard.press(key)


def test_a_match_is_moved_locked_and_taken_out_with_the_keyboard(
    ours: House, match: Assignment, signed_in: Callable[..., Window]
):
    window = signed_in(ours.reader)
    page = window.page
    window.open(board(match))
    card(page, match).focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-say]")).to_contain_text("Enter moves it to")
    page.keyboard.press("Escape")
    expect(page.locator(".target")).to_have_count(0)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    slot = int(page.locator(".target").get_attribute("data-slot"))
    press(page, "Enter")
    expect(page.get_by_text("It is moved, and locked.")).to_be_visible()
    expect(card(page, match)).to_be_focused()
    press(page, "l")
    expect(page.get_by_text("Planning again may change it now.")).to_be_visible()
    match.refresh_from_db()
    assert (match.slot_id, match.locked) == (slot, False)
    page.keyboard.press("Delete")
    expect(page.locator("[data-say]")).to_contain_text("Press Delete once more")
    press(page, "Delete")
    expect(page.get_by_text("It is taken out of the plan.")).to_be_visible()
    match.refresh_from_db()
    assert (match.withdrawn_at is None, window.complaints) == (False, [])


def test_a_match_is_dragged_onto_a_free_seat(
    ours: House, match: Assignment, signed_in: Callable[..., Window]
):
    window = signed_in(ours.reader, viewport={"width": 1600, "height": 1000})
    page = window.page
    window.open(board(match))
    seat = page.locator(f".seat:not([data-slot='{match.slot_id}'])").last
    slot = int(seat.get_attribute("data-slot"))
    with page.expect_navigation():
        card(page, match).drag_to(seat)
    expect(page.get_by_text("It is moved, and locked.")).to_be_visible()
    match.refresh_from_db()
    assert (match.slot_id, window.complaints) == (slot, [])


def test_without_a_script_a_match_is_moved_on_its_page(
    ours: House, match: Assignment, signed_in: Callable[..., Window]
):
    window = signed_in(ours.reader, java_script_enabled=False)
    page = window.page
    window.open(board(match))
    card(page, match).get_by_role("link").click()
    choice = page.get_by_label("Move it to")
    slot = int(choice.locator("option").last.get_attribute("value"))
    choice.select_option(str(slot))
    page.get_by_role("button", name="Move it").click()
    expect(page.get_by_text("It is moved, and locked.")).to_be_visible()
    match.refresh_from_db()
    assert match.slot_id == slot
