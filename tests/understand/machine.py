"""A language model on this machine, and a worker that asks it."""

import json
from concurrent.futures import wait
from datetime import datetime
from functools import partial

from coalface.edges.language_model import Model
from coalface.records.models import Issue, Summary, Theme
from coalface.understand.actions import ask_about, go_on_asking
from coalface.understand.actions.asking_model import ask_beside
from tests.edges.mouth import Answer, choice, says, speaking
from tests.people import NOW, Cast

QUEUE = ("The queue is long.", "Queue again, an hour!", "I hate the queue at noon.")


def sentences(*given: tuple[str, list[str]]) -> Answer:
    """A model that does as it was told, with these sentences."""
    said = {"sentences": [{"text": text, "quotes": quotes} for text, quotes in given]}
    return says(choice(json.dumps(said)))


def wish(cast: Cast, about: Theme | Issue, kind: str = "summary", **more: object) -> Summary:
    """Adam presses the button."""
    given = {"language": "en", "model": "small", "by": cast.adam, "now": NOW} | more
    return ask_about(about=about, kind=kind, **given)


def work(answer: Answer, *, now: datetime = NOW, seconds: float = 5) -> list[dict[str, object]]:
    """The worker asks one question and takes the answer; what it sent, read again."""
    with speaking(answer) as (address, heard):
        asking = go_on_asking(
            asking=None, model=Model(address, "small"), now=now, asked=partial(ask_beside, seconds=seconds)
        )
        if asking:
            wait([asking.answer], timeout=20)
            assert go_on_asking(asking=asking, model=Model(address, "small"), now=now) is None
    return [json.loads(body) for _, _, body in heard]


def quotes_in(sent: dict[str, object]) -> dict[str, str]:
    """The statements that left, by their ids."""
    given = json.loads(sent["messages"][1]["content"])
    return {one["id"]: one["text"] for one in given["quotes"]}


def kept(summary: Summary) -> list[tuple[str, list[str]]]:
    """What was written down, each sentence with the words it rests on."""
    return [
        (one.text, sorted(clause.text for clause in one.clauses.select_related("verbatim")))
        for one in summary.sentences.all()
    ]


def failure(summary: Summary) -> str:
    summary.refresh_from_db()
    return str(summary.failure)
