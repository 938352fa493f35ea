"""The worker's part of asking a language model: one question at a time, outside any transaction."""

import re
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from coalface.edges.language_model import Message, Model, NotAnswered, ask
from coalface.methods.grounding import Sentence, grounded
from coalface.methods.masking import personal
from coalface.permissions import rights_of
from coalface.policies import number
from coalface.records.history import note
from coalface.records.models import (
    Clause,
    Event,
    Feedback,
    Remark,
    Summary,
    SummaryKind,
    SummarySentence,
    Verbatim,
)

from ..queries.questions import messages_for
from ..queries.telling import Told, told_about

SECONDS: Final = 90.0
TAKES_AT_MOST: Final = timedelta(minutes=5)
TRIES: Final = 3
AT_ONCE: Final = 20
LONGEST_NAME: Final = 80
BEGUN: Final = "summary.begun"
LINK: Final = re.compile(r"://|\bwww\.|\]\(|<\s*/?\s*\w", re.IGNORECASE)

Asked = Callable[..., "Future[str]"]


@dataclass(frozen=True, slots=True)
class Asking:
    """A question under way: what was sent, who may not be named, and the answer to come."""

    summary_id: int
    kind: str
    told: Sequence[Told]
    names: frozenset[str]
    begun_at: datetime
    answer: "Future[str]"


def ask_beside(*, model: Model, messages: Sequence[Message], seconds: float = SECONDS) -> "Future[str]":
    """Ask while the worker does other things: this thread knows the network, and no ledger."""
    answer: Future[str] = Future()

    def wait() -> None:
        try:
            answer.set_result(ask(model, messages, seconds=seconds, longest=seconds))
        except NotAnswered as refused:
            answer.set_exception(refused)

    threading.Thread(target=wait, daemon=True).start()
    return answer


def go_on_asking(
    *, asking: Asking | None, model: Model, now: datetime, asked: Asked = ask_beside
) -> Asking | None:
    """Go one step on with what waits; the question that is under way, while the rest goes on.

    Who is killed half-way loses nothing: the question is asked again after some minutes, three times at most.
    """
    if asking and not asking.answer.done() and now < asking.begun_at + TAKES_AT_MOST:
        return asking
    if asking and asking.answer.done():
        _take(asking, now)
    return _begin(model, now, asked)


def _begin(model: Model, now: datetime, asked: Asked) -> Asking | None:
    summary = _claim(now)
    if summary is None:
        return None
    rights = rights_of(summary.asked_by, now)
    told, names = told_about(summary, rights=rights, most=int(number("model_quotes")))
    if not told:
        _fail(summary.pk, "no_words", now)
        return None
    answer = asked(model=model, messages=messages_for(summary, told))
    return Asking(summary.pk, summary.kind, told, frozenset(names), now, answer)


@transaction.atomic
def _claim(now: datetime) -> Summary | None:
    """The oldest question that nobody asks; each claim is an event, so that a lost one is seen."""
    waiting = Summary.objects.filter(made_at=None, failure="", asked_by__isnull=False).select_for_update(
        skip_locked=True, of=("self",)
    )
    for summary in waiting.select_related("asked_by").order_by("asked_at", "id")[:AT_ONCE]:
        events = Event.objects.filter(about_type="summary", about_id=str(summary.pk), kind=BEGUN)
        begun = list(events.order_by("-id").values_list("at", flat=True)[:TRIES])
        if begun and now < begun[0] + TAKES_AT_MOST:
            continue
        if len(begun) < TRIES:
            note(BEGUN, about=summary, by=None, at=now)
            return summary
        _fail(summary.pk, "broken_off", now)
    return None


def _take(asking: Asking, now: datetime) -> None:
    try:
        said = asking.answer.result()
    except NotAnswered as refused:
        _fail(asking.summary_id, refused.kind, now)
        return
    if kept := _kept(said, asking):
        _write(asking, kept, now)
    else:
        _fail(asking.summary_id, "nothing_grounded", now)


def _kept(said: str, asking: Asking) -> list[Sentence]:
    """What rests on quotes that were sent, names nobody and leads nowhere; of a name one, and a short one."""
    names = sorted(asking.names)
    found = [
        one
        for one in grounded(said, {each.id: each.words for each in asking.told})
        if not LINK.search(one.text) and not personal(one.text, names)
    ]
    if asking.kind == SummaryKind.NAME:
        return [one for one in found if len(one.text) <= LONGEST_NAME][:1]
    return found


@transaction.atomic
def _write(asking: Asking, kept: Sequence[Sentence], now: datetime) -> None:
    """Write it down if all that was sent stands as it was: a sentence may owe its words to any quote."""
    stands = _still_stands(asking.told)
    summary = _waiting(asking.summary_id)
    if summary is None:
        return
    if not stands:
        _fail(summary.pk, "words_changed", now)
        return
    clauses = {one.id: one.clause_id for one in asking.told}
    for order, one in enumerate(kept, start=1):
        sentence = SummarySentence.objects.create(summary=summary, order=order, text=one.text)
        sentence.clauses.set([clauses[each] for each in one.quotes])
    summary.made_at = now
    summary.save(update_fields=["made_at"])
    note("summary.made", about=summary, by=None, at=now, clauses=sorted(clauses.values()))


def _still_stands(told: Sequence[Told]) -> bool:
    """The words are held until the transaction ends: an erasure waits, and takes along what was written."""
    wanted = {one.verbatim_id: (one.text, one.masks) for one in told}
    rows = Verbatim.objects.select_for_update().filter(pk__in=wanted, erased_at=None).order_by("pk")
    there = {row.pk: (row.text, row.masks) for row in rows}
    clauses = Clause.objects.filter(pk__in=[one.clause_id for one in told]).count()
    sources = set(Feedback.objects.standing().filter(verbatim__in=wanted).values_list("verbatim", flat=True))
    sources |= set(Remark.objects.filter(verbatim__in=wanted).values_list("verbatim", flat=True))
    return there == wanted and clauses == len(told) and sources == set(wanted)


def _waiting(pk: int) -> Summary | None:
    rows = Summary.objects.filter(made_at=None, failure="").select_for_update(of=("self",))
    return rows.filter(pk=pk).first()


@transaction.atomic
def _fail(pk: int, failure: str, now: datetime) -> None:
    if summary := _waiting(pk):
        summary.failure = failure
        summary.save(update_fields=["failure"])
        note("summary.failed", about=summary, by=None, at=now, failure=failure)
