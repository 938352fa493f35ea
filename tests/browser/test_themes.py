"""Proposals are decided about with the keyboard alone, and without a script by their buttons."""

from collections.abc import Callable

from django.urls import reverse

from coalface.records.models import Issue, Mention, Theme
from tests.browser.conftest import Window
from tests.journeys.rows import House

LIST = reverse("understand:themes")


def first_of(window: Window) -> str:
    """The heading of the proposal that has the focus."""
    return window.page.locator("article:focus-within h2, article:focus h2").first.inner_text()


def test_proposals_are_decided_with_the_keyboard_alone(signed_in: Callable[..., Window], ours: House):
    waiting = Theme.objects.waiting().count()
    window = signed_in(ours.reader)
    window.open(LIST)
    keys = window.page.keyboard
    keys.press("j")
    keys.press("c")
    keys.type("Widgets come apart")
    keys.press("Enter")
    window.page.get_by_text("“Widgets come apart” is an issue now.").wait_for()
    issue = Issue.objects.get(title="Widgets come apart")
    assert Mention.objects.counted().filter(issue=issue).count() >= 2

    second = first_of(window)
    keys.press("x")
    window.page.get_by_role("heading", name=second, exact=True).wait_for(state="detached")
    keys.press("u")
    window.page.get_by_role("heading", name=second, exact=True).wait_for()
    assert first_of(window) == second

    keys.press("m")
    keys.type("Widgets come apart")
    keys.press("Enter")
    window.page.get_by_text("They are one now.").wait_for()

    keys.press("s")
    window.page.get_by_role("button", name="Make the ticked ones a proposal").wait_for()
    keys.press("Enter")
    window.page.get_by_text("Two proposals now.").wait_for()
    assert (Theme.objects.waiting().count(), window.complaints) == (waiting - 1, [])


def test_keys_are_shown_moved_with_and_left(signed_in: Callable[..., Window], ours: House):
    window = signed_in(ours.reader)
    window.open(LIST)
    keys = window.page.keyboard
    keys.press("?")
    window.page.get_by_role("heading", name="Keys").wait_for()
    keys.press("Escape")
    window.page.get_by_role("heading", name="Keys").wait_for(state="hidden")
    keys.press("j")
    one = first_of(window)
    keys.press("j")
    two = first_of(window)
    keys.press("k")
    assert (first_of(window), one != two) == (one, True)
    keys.press("m")
    assert window.page.evaluate("document.activeElement.name") == "into"
    keys.press("Escape")
    assert window.page.evaluate("document.activeElement.localName") == "article"
    assert window.complaints == []


def test_without_a_script_the_buttons_do_it(signed_in: Callable[..., Window], ours: House):
    window = signed_in(ours.reader, java_script_enabled=False)
    window.open(LIST)
    article = window.page.locator("article").first
    article.locator("summary", has_text="Name it").click()
    article.get_by_label("What do customers experience?").fill("Named by hand")
    article.get_by_role("button", name="Make it an issue").click()
    window.page.get_by_text("“Named by hand” is an issue now.").wait_for()
    window.page.get_by_role("button", name="Take the last one back").click()
    window.page.get_by_text("Taken back.").wait_for()
    assert Issue.objects.filter(title="Named by hand").count() == 0
