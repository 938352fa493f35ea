"""The brief and the guide go on one sheet of paper."""

import re
from collections.abc import Callable

from django.urls import reverse

from coalface.customers.actions import restrict
from coalface.hear.actions import NewFeedback, take_in
from coalface.records.models import Customer, Encounter, Format
from tests.browser.conftest import Window
from tests.journeys.rows import House

GUIDE = "\n".join(
    (
        "What have you been trying to get done lately?",
        "Where did we make it harder than it had to be?",
        "What should stay exactly as it is?",
        "If you were in my place, what would you change first?",
        "What did you hear from others about us?",
        "Is there something we promised and did not do?",
    )
)


def a_typical_visit(ours: House) -> Encounter:
    """Somebody who told us much, whom we owe something, and a guide of six questions."""
    Format.objects.update(guide=GUIDE)
    Customer.objects.filter(pk=ours.guest.pk).update(yearly_value=1_250_000, currency="CHF")
    rows = [
        NewFeedback(
            source="mail",
            source_id=f"typical-{number}",
            channel="mail",
            kind="complaint",
            received_at=ours.now,
            unit=ours.cast.north,
            text="I have asked three times when the new meter comes, and each time somebody else tells me "
            f"that it will be next week, number {number}.",
            customer=ours.guest,
        )
        for number in range(4)
    ]
    take_in(rows=rows, by=None, now=ours.now)
    restrict(customer=ours.guest, kind="vulnerable", by=ours.cast.mina, now=ours.now)
    return Encounter.objects.to_come(ours.now).order_by("starts_at", "id").first()


def sheets(paper: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", paper))


def test_brief_and_guide_fit_on_one_sheet(ours: House, signed_in: Callable[..., Window]):
    met, window = a_typical_visit(ours), signed_in(ours.reader)
    window.open(reverse("meet:encounter", args=[met.pk]))
    words = window.page.inner_text("main")
    assert ours.guest.name in words and "What should stay exactly as it is?" in words
    assert sheets(window.page.pdf(format="A4", prefer_css_page_size=True)) == 1


def test_the_button_prints(ours: House, signed_in: Callable[..., Window]):
    met, window = a_typical_visit(ours), signed_in(ours.reader)
    window.page.add_init_script("window.print = () => { window.printed = true; }")
    window.open(reverse("meet:encounter", args=[met.pk]))
    window.page.get_by_role("button", name="Print the brief").click()
    assert window.page.evaluate("window.printed")
    assert window.complaints == []
