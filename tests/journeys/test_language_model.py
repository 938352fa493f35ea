"""From complaints to a name and a summary: a person asks, the worker passes it on, a person decides."""

import json
import time

import pytest
from django.urls import reverse
from django.utils import timezone

from coalface.console import work
from coalface.records.models import Issue, Summary, Theme
from tests.edges.mouth import choice, says, speaking
from tests.journeys.reading import Page, Reader
from tests.people import NOW, Cast
from tests.understand.machine import QUEUE, quotes_in
from tests.understand.themes import said, search

ANSWER = {"sentences": [{"text": "Queues are long at noon", "quotes": ["q1", "q2"]}]}


def the_worker_goes_on() -> None:
    """Rounds of the worker until nobody waits for an answer."""
    until = time.monotonic() + 30
    while Summary.objects.filter(made_at=None, failure="").exists() and time.monotonic() < until:
        work.work_once()


@pytest.mark.django_db(transaction=True)
def test_a_name_is_proposed_read_beside_its_words_and_taken(cast: Cast, settings):
    said(cast, *QUEUE, days_ago=(NOW - timezone.now()).days + 3)
    search(cast, timezone.now())
    theme, reader = Theme.objects.get(), Reader(cast.adam)
    with speaking(says(choice(f"```json\n{json.dumps(ANSWER)}\n```"))) as (address, heard):
        settings.LANGUAGE_MODEL_URL, settings.LANGUAGE_MODEL_NAME = address, "small"
        settings.LANGUAGE_MODEL_KEY = "secret"
        there, ask = (reverse(f"understand:{page}", args=[theme.pk]) for page in ("theme", "ask_about_theme"))
        page = reader.send(reader.open(there), ask, kind="name")
        assert page.says("Being asked, since", "for Adam Nowak")
        the_worker_goes_on()
        page = reader.open(there)
        assert page.says("Queues are long at noon", "small,", "asked by Adam Nowak")
        page = reader.send(page, ask, kind="summary")
        the_worker_goes_on()
        page = reader.open(there)
        page = take(reader, page, reverse("understand:confirm_theme", args=[theme.pk]))
        assert page.says("“Queues are long at noon” is an issue now.")
        issue = Issue.objects.get()
        there, ask = (reverse(f"understand:{page}", args=[issue.pk]) for page in ("issue", "ask_about_issue"))
        reader.send(reader.open(there), ask, kind="summary")
        the_worker_goes_on()
        assert reader.open(there).says("A summary", "Queues are long at noon", QUEUE[0])
    assert [headers["Authorization"] for _, headers, _ in heard] == ["Bearer secret"] * 3
    assert [len(quotes_in(json.loads(body))) for _, _, body in heard] == [3, 3, 3]


def take(reader: Reader, page: Page, action: str) -> Page:
    """Press “Take this name” below the proposal: the form that carries what was proposed."""
    form = next(one for one in page.forms if one.fields.get("title") == [ANSWER["sentences"][0]["text"]])
    assert form.action == action
    page.forms = [form]
    return reader.send(page, action)
