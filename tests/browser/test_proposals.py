"""A transcript is gone through with four keys, and without a script by its buttons."""

from collections.abc import Callable

from django.urls import reverse

from coalface.records.models import Remark, Transcript
from tests.browser.conftest import Window
from tests.journeys.rows import House


def test_proposals_are_settled_with_the_keyboard_alone(signed_in: Callable[..., Window], ours: House):
    transcript = Transcript.objects.order_by("id").first()
    before = Remark.objects.count()
    window = signed_in(ours.reader)
    window.open(reverse("meet:transcript", args=[transcript.pk]))
    for key, place in (("y", "2 of 3"), ("n", "3 of 3"), ("u", "2 of 3"), ("n", "3 of 3")):
        window.page.keyboard.press(key)
        window.page.get_by_text(place, exact=True).wait_for()
    window.page.keyboard.press("k")
    window.page.keyboard.press("Enter")
    window.page.get_by_text("You have gone through it").wait_for()
    assert (Remark.objects.count() - before, window.complaints) == (2, [])


def test_without_a_script_the_buttons_do_it(signed_in: Callable[..., Window], ours: House):
    transcript = Transcript.objects.order_by("id").first()
    window = signed_in(ours.reader, java_script_enabled=False)
    window.open(reverse("meet:transcript", args=[transcript.pk]))
    window.page.get_by_role("button", name="Note it: Complaint").click()
    window.page.get_by_text("2 of 3", exact=True).wait_for()
    window.page.get_by_role("button", name="Take it back").click()
    window.page.get_by_text("1 of 3", exact=True).wait_for()
