"""The customer's way is drawn, connected and counted with the keyboard alone, and without a script."""

import re
from collections.abc import Callable

from django.urls import reverse

from coalface.records.models import Cohort, Touchpoint
from coalface.understand.queries import counted_at, in_order
from tests.browser.conftest import ROWS, Window
from tests.journeys.rows import House

HERE = """() => {
  const here = document.activeElement;
  if (here === document.body) return "";
  return [here.id, here.getAttribute("aria-label"), here.innerText ?? ""].join(" ");
}"""


def tab_to(window: Window, name: str) -> None:
    """Press Tab until what has the focus is called this."""
    for _ in range(300):
        window.page.keyboard.press("Tab")
        if name in " ".join(window.page.evaluate(HERE).split()):
            return
    raise LookupError(name)


def press(window: Window, name: str) -> None:
    """Find a link or button by Tab, and press it."""
    tab_to(window, name)
    with window.page.expect_navigation():
        window.page.keyboard.press("Enter")


def write(window: Window, words: str) -> None:
    """Type into the field that has the focus once the page is there."""
    window.page.locator("input:focus, select:focus").wait_for()
    window.page.keyboard.type(words)


def stands(name: str) -> tuple[str, int]:
    """The stage of a touchpoint, and its place there."""
    stop = Touchpoint.objects.get(name=name)
    return stop.stage, [one.pk for one in in_order() if one.stage == stop.stage].index(stop.pk)


def test_the_way_is_made_with_the_keyboard_alone(signed_in: Callable[..., Window], ours: House):
    window = signed_in(ours.reader)
    keyboard = window.page.keyboard
    window.open(reverse("understand:journey"))
    press(window, "Change the way")
    press(window, "Add a touchpoint")
    write(window, "Saying goodbye")
    keyboard.press("Tab")
    keyboard.type("About")
    press(window, "Add it")
    assert stands("Saying goodbye") == ("leaving", 2)
    with window.page.expect_navigation():
        keyboard.press("e")
    assert stands("Saying goodbye") == ("leaving", 1)
    press(window, f"Stop {ROWS - 1}: connect")
    write(window, "Saying")
    press(window, "Connect them")
    press(window, "Count a cohort")
    write(window, "Those of January")
    for field, typed in (("from_on", "01012026"), ("until_on", "02012026")):
        tab_to(window, f"id_{field}")
        keyboard.type(typed)
    for place, stop in enumerate(counted_at()):
        tab_to(window, f"id_reached-{stop.key}")
        keyboard.type(str(1000 if place == 0 else 700 - place))
    with window.page.expect_navigation():
        keyboard.press("Enter")
    window.page.get_by_text("The weakest link, proven: from “Looking around” to “At the till”.").wait_for()
    assert Cohort.objects.get(name="Those of January").counts.count() == ROWS + 3
    assert window.complaints == []


def test_without_a_script_its_buttons_move_a_touchpoint_and_bring_back_what_was_removed(
    signed_in: Callable[..., Window], ours: House
):
    window = signed_in(ours.reader, java_script_enabled=False)
    window.open(reverse("understand:journey") + "?edit=1")
    window.page.get_by_role("button", name="At the till: later").click()
    assert stands("At the till") == ("using", 1)
    window.page.get_by_role("button", name=re.compile("Disconnect.*Looking around → At the till")).click()
    window.page.get_by_text("was taken away").wait_for()
    window.page.get_by_role("button", name="Take it back").click()
    window.page.get_by_text("is back").wait_for()
    assert window.complaints == []


def test_a_touchpoint_is_dropped_where_it_belongs(signed_in: Callable[..., Window], ours: House):
    window = signed_in(ours.reader)
    window.page.set_viewport_size({"width": 1280, "height": 1600})
    window.open(reverse("understand:journey") + "?edit=1")
    with window.page.expect_navigation():
        window.page.locator("#touchpoint-till h3").drag_to(window.page.locator("#touchpoint-look"))
    assert (stands("At the till"), stands("Looking around")) == (("before", 0), ("before", 1))
    assert window.complaints == []
