"""A fix is moved on the board by dragging it, with the keyboard alone, and without a script."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from coalface.act.actions import offer_fix, open_fix
from coalface.records.models import Fix, Lane
from tests.browser.conftest import Window
from tests.journeys.rows import House

TITLE = "A lamp above the bill counter"


@pytest.fixture
def fix(ours: House) -> Fix:
    """The reader is asked to look after it."""
    now = timezone.now()
    opened = open_fix(
        issue=ours.issue, title=TITLE, lane=Lane.THIS_WEEK, owner=ours.cast.olga, by=ours.cast.olga, now=now,
        due_on=timezone.localdate(now),
    )  # fmt: skip
    offer_fix(fix=opened, to=ours.reader, by=ours.cast.olga, now=now)
    return opened


def card(page: Page, fix: Fix) -> Locator:
    return page.locator(f"#fix-{fix.pk}")


def column(page: Page, code: str) -> Locator:
    return page.locator(f"[data-column={code}]")


def mine() -> str:
    return reverse("act:board") + "?order=due&whose=mine&lane=this_week&waits=accept"


def test_a_card_is_dragged_where_it_may_go_and_nowhere_else(
    ours: House, fix: Fix, signed_in: Callable[..., Window]
):
    window = signed_in(ours.reader)
    page = window.page
    window.open(mine())
    card(page, fix).locator("h3").drag_to(column(page, "shipped"))
    expect(page.locator("[data-say]")).to_contain_text("It cannot be moved there by you.")
    with page.expect_navigation():
        card(page, fix).locator("h3").drag_to(column(page, "work"))
    expect(page.get_by_text("It is yours. Next: how will it be judged?")).to_be_visible()
    fix.refresh_from_db()
    assert fix.owner == ours.reader


def test_a_card_is_moved_with_the_keyboard_alone(ours: House, fix: Fix, signed_in: Callable[..., Window]):
    window = signed_in(ours.reader)
    window.open(mine())
    card(window.page, fix).get_by_role("button", name="I look after it").focus()
    with window.page.expect_navigation():
        window.page.keyboard.press("Enter")
    expect(window.page.locator("[data-gone]")).to_be_focused()
    expect(window.page.locator("[data-gone]")).to_contain_text("is not among what you chose any more")
    fix.refresh_from_db()
    assert fix.owner == ours.reader


def test_the_card_that_was_moved_keeps_the_focus_and_is_said(
    ours: House, fix: Fix, signed_in: Callable[..., Window]
):
    window = signed_in(ours.reader)
    window.open(reverse("act:board") + "?order=due&whose=mine&lane=this_week")
    card(window.page, fix).get_by_role("button", name="I look after it").focus()
    with window.page.expect_navigation():
        window.page.keyboard.press("Enter")
    expect(card(window.page, fix).get_by_role("link", name=TITLE)).to_be_focused()
    expect(window.page.locator("[data-stands]")).to_have_text(f"{TITLE}: In work")
    assert "at=" not in window.page.url
