"""What a language model proposed stands on its pages as readable as everything else, wide and narrow."""

from collections.abc import Callable

from django.urls import reverse
from django.utils import timezone

from coalface.records.models import Clause, Summary, SummarySentence, Theme
from tests.browser.conftest import Window
from tests.browser.test_every_page import wrong
from tests.journeys.rows import House


def proposed(ours: House, kind: str, sentence: str, **about: object) -> None:
    """As the worker writes it down."""
    now = timezone.now()
    summary = Summary.objects.create(
        kind=kind, language="en", model="small", asked_by=ours.reader, asked_at=now, made_at=now, **about
    )
    row = SummarySentence.objects.create(summary=summary, order=1, text=sentence)
    row.clauses.set(Clause.objects.filter(verbatim__feedback__isnull=False).order_by("pk")[:2])


def test_proposals_are_read_everywhere(ours: House, signed_in: Callable[..., Window], settings):
    settings.LANGUAGE_MODEL_URL = "http://127.0.0.1:1"
    theme = Theme.objects.get(terms=["gadget"])
    for about in ({"theme": theme}, {"issue": ours.issue}):
        proposed(ours, "name", "Tills are closed when most people come", **about)
    proposed(
        ours, "summary", "People stand in line for long, and find the till closed at noon.", issue=ours.issue
    )
    Summary.objects.create(
        theme=theme,
        kind="summary",
        language="en",
        asked_by=ours.reader,
        asked_at=timezone.now(),
        failure="timeout",
    )
    pages = {
        "a theme": reverse("understand:theme", args=[theme.pk]),
        "an issue": reverse("understand:issue", args=[ours.issue.pk]),
    }
    window = signed_in(ours.reader)
    assert wrong(window, pages) == []
    window.open(pages["an issue"])
    window.page.get_by_role("button", name="Take this name").click()
    window.page.get_by_text("It is called “Tills are closed when most people come” now.").wait_for()
