"""What is not sure is decided and taken back with the keyboard alone, and without a script by its buttons."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from coalface.records.models import Event, Issue, Mention
from tests.browser.conftest import Window
from tests.journeys.rows import House


@pytest.fixture
def doubted(ours: House) -> list[Mention]:
    """What waits, as learned sorting leaves it: the newest may speak of two issues."""
    waiting = list(Mention.objects.unsure().order_by("-happened_at", "-pk"))
    one, other = Issue.objects.standing().order_by("pk")[:2]
    values = {"issue": one, "suggested": one, "suggested_confidence": 0.5, "runners_up": [[other.pk, 0.3]]}
    Mention.objects.filter(pk=waiting[0].pk).update(suggested_by="model", sorted_by="model", **values)
    return list(Mention.objects.unsure().order_by("-happened_at", "-pk"))


def asked(page: Page) -> int:
    """The number of the mention that is asked about."""
    return int(page.locator("[data-asked] form").first.get_attribute("action").rstrip("/").split("/")[-1])


def press(page: Page, key: str) -> None:
    """Press a key that sends something, and wait for what comes next."""
    with page.expect_navigation():
        page.keyboard.press(key)


def decided() -> list[str | None]:
    """What was decided, the first first."""
    rows = Mention.objects.filter(settled_at__isnull=False).order_by("settled_at")
    return [mention.issue and mention.issue.title for mention in rows.select_related("issue")]


def test_a_pile_is_gone_through_with_the_keyboard_alone(
    ours: House, doubted: list[Mention], signed_in: Callable[..., Window]
):
    window = signed_in(ours.reader)
    page = window.page
    window.open(reverse("understand:unsure") + f"?at={doubted[0].pk}")
    expect(page.locator("[data-asked]")).to_be_focused()
    first = doubted[0].issue.title
    second = page.locator("[data-key='2'] span").first.inner_text()
    press(page, "2")
    press(page, "n")
    expect(page.get_by_text("2 done today")).to_be_visible()
    assert decided() == [second, None]

    press(page, "u")
    press(page, "u")
    assert (decided(), asked(page)) == ([], doubted[0].pk)
    press(page, "1")
    assert decided() == [first]

    later = asked(page)
    press(page, "s")
    assert asked(page) != later

    page.keyboard.press("/")
    expect(page.get_by_label("issue", exact=False).and_(page.locator("#other"))).to_be_focused()
    page.keyboard.type(second)
    press(page, "Enter")
    page.keyboard.press("p")
    expect(page.locator("#new-title")).to_be_focused()
    page.keyboard.type("Something nobody named")
    press(page, "Enter")
    assert decided() == [first, second, "Something nobody named"]
    assert Issue.objects.standing().filter(title="Something nobody named").exists()
    press(page, "u")
    assert decided() == [first, second]

    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Without a mouse")).to_be_visible()
    page.keyboard.press("n")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Without a mouse")).to_be_hidden()
    assert (decided(), window.complaints) == ([first, second], [])
    assert Event.objects.filter(kind="mention.unsettled").count() == 3


def test_letters_that_are_typed_decide_nothing(
    ours: House, doubted: list[Mention], signed_in: Callable[..., Window]
):
    window = signed_in(ours.reader)
    window.open(reverse("understand:unsure"))
    window.page.keyboard.press("/")
    window.page.keyboard.type("n1su")
    window.page.keyboard.press("Escape")
    expect(window.page.locator("[data-asked]")).to_be_focused()
    assert decided() == []


def test_a_key_held_down_decides_one(ours: House, doubted: list[Mention], signed_in: Callable[..., Window]):
    window = signed_in(ours.reader)
    window.open(reverse("understand:unsure"))
    with window.page.expect_navigation():
        for _ in range(3):
            window.page.keyboard.down("n")
    window.page.keyboard.up("n")
    expect(window.page.get_by_text("1 done today")).to_be_visible()
    assert decided() == [None]


def test_two_people_at_once_lose_nothing(
    ours: House, doubted: list[Mention], signed_in: Callable[..., Window]
):
    mina, adam = signed_in(ours.cast.mina), signed_in(ours.cast.adam)
    for window in (mina, adam):
        window.open(reverse("understand:unsure"))
    same = asked(mina.page)
    assert asked(adam.page) == same
    press(mina.page, "n")
    press(adam.page, "n")
    expect(adam.page.get_by_text("Somebody was quicker")).to_be_visible()
    assert asked(adam.page) != same
    assert Mention.objects.get(pk=same).settled_by == ours.cast.mina


def test_without_a_script_the_buttons_do_it(
    ours: House, doubted: list[Mention], signed_in: Callable[..., Window]
):
    window = signed_in(ours.reader, java_script_enabled=False)
    page = window.page
    window.open(reverse("understand:unsure") + f"?at={doubted[0].pk}")
    page.get_by_role("button", name="None of these").click()
    page.get_by_role("button", name="Take the last one back").click()
    page.get_by_text("Nobody has named this yet").click()
    page.get_by_label("What do customers experience?").fill("Named by hand")
    page.get_by_role("button", name="Name it").click()
    page.get_by_role("button", name="Later").click()
    expect(page.get_by_text("1 done today")).to_be_visible()
    assert decided() == ["Named by hand"]
