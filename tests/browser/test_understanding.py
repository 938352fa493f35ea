"""The page of an issue and those of competitors by keyboard alone, and readable at every size."""

from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from coalface.records.models import Competitor, CompetitorMention, Sighting
from tests.browser.conftest import Window
from tests.browser.test_every_page import wrong
from tests.journeys.rows import House
from tests.journeys.understanding import FIRST, understanding_lists

MOST_TABS = 120


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until this is what a key would reach, as somebody without a mouse does."""
    expect(wanted).to_be_visible()
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{wanted} cannot be reached by {MOST_TABS} presses of Tab")


def enter(page: Page, wanted: Locator) -> None:
    tab_to(page, wanted)
    page.keyboard.press("Enter")


def test_an_issue_is_read_and_followed_to_its_rows_by_keyboard(ours: House, signed_in: Callable[..., Window]):
    window = signed_in(ours.cast.adam)
    page = window.page
    window.open(reverse("understand:issue", args=[ours.issue.pk]))
    enter(page, page.get_by_role("button", name="I have read this"))
    expect(page.get_by_text("Nobody else sees that")).to_be_visible()
    assert set(Sighting.objects.filter(person=ours.cast.adam).values_list("depth", flat=True)) == {"reading"}
    enter(page, page.get_by_role("button", name="Take it back"))
    expect(page.get_by_role("button", name="I have read this")).to_be_visible()
    assert not Sighting.objects.filter(person=ours.cast.adam).exists()

    numbers = page.locator("figure.control summary")
    enter(page, numbers)
    week = page.locator("figure.control tbody a").first
    expect(week).to_be_visible()
    said = week.inner_text()
    enter(page, week)
    expect(page.get_by_text(f"Said {said} time")).to_be_visible()
    page.go_back()
    enter(page, page.locator(".heard a.big-number").first)
    expect(page.get_by_label("Heard through")).to_have_value("own_contact")
    assert window.complaints == []


def test_a_competitor_is_added_given_an_owner_and_read_by_keyboard(
    ours: House, signed_in: Callable[..., Window]
):
    window = signed_in(ours.cast.adam)
    page = window.page
    window.open(reverse("understand:index"))
    enter(page, page.get_by_role("link", name="Competitors"))
    tab_to(page, page.get_by_label("Name", exact=True))
    page.keyboard.type("Lakeside")
    page.keyboard.press("Tab")
    page.keyboard.type("the lake people")
    page.keyboard.press("Tab")
    page.keyboard.type("Olga")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("is being looked through for “Lakeside”")).to_be_visible()
    added = Competitor.objects.get(name="Lakeside")
    assert (added.called, added.owner) == (["the lake people"], ours.cast.olga)
    enter(page, page.get_by_role("link", name=FIRST))
    expect(page.get_by_role("heading", level=1)).to_have_text(FIRST)
    expect(page.get_by_text("I waited 1 minutes. Here an hour.")).to_be_visible()
    assert window.complaints == []


def test_whom_they_mean_is_said_by_keyboard(ours: House, signed_in: Callable[..., Window]):
    window = signed_in(ours.cast.adam)
    page = window.page
    waiting = CompetitorMention.objects.filter(competitor=None, settled_at=None)
    before = waiting.count()
    window.open(reverse("understand:competitors"))
    enter(page, page.get_by_role("link", name="name nobody we know"))
    tab_to(page, page.get_by_role("combobox", name="Whom do they mean?").first)
    page.keyboard.type("Harbour")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"{before - 1} remarks about a competitor")).to_be_visible()
    enter(page, page.get_by_role("button", name="Nobody we know").first)
    expect(page.get_by_text(f"{before - 2} remarks about a competitor")).to_be_visible()
    settled = CompetitorMention.objects.exclude(settled_at=None).values_list("competitor__name", flat=True)
    assert set(settled) == {FIRST, None}
    assert window.complaints == []


def test_they_are_readable_by_everybody_at_every_size(ours: House, signed_in: Callable[..., Window]):
    pages = understanding_lists() | {
        "issue": reverse("understand:issue", args=[ours.issue.pk]),
        "rows of an issue": reverse("understand:mentions", args=[ours.issue.pk]) + "?source=unasked",
    }
    assert wrong(signed_in(ours.reader), pages) == []
