"""What a process has learnt from people's decisions; it is in memory only, and made anew from the ledger."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from ..queries import learned as ledger
from ..queries.learned import Example, Fit, Learned, Router, Stamp

LOOK_EVERY: Final = timedelta(minutes=1)
ANEW_AT_MOST_EVERY: Final = timedelta(minutes=10)


@dataclass(slots=True)
class Memory:
    """What this process has learnt: each has its own, and compares it with the ledger once a minute.

    `to_forget`: decisions that were taken back, with their labels; no router unlearns, so all is learnt anew.
    `to_doubt`: labels of which something was forgotten; what was sorted by it has to be looked at again.
    """

    learned: Learned | None = None
    looked_at: datetime | None = None
    made_at: datetime | None = None
    to_forget: dict[int, str | None] = field(default_factory=dict)
    to_doubt: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)


IN_THIS_PROCESS: Final = Memory()


def fit_router(*, texts: Sequence[str], labels: Sequence[str | None], vectors: Any) -> Router:
    """The product's own router, which is loaded only where something is learnt."""
    from coalface.methods.routing import Router

    return Router.fit(texts, labels, vectors=vectors)


def learned_now(*, now: datetime, fit: Fit = fit_router, catch_up: bool = True) -> Learned | None:
    """What is learnt, looked up in the ledger where it is time to; None where that is too little."""
    memory = IN_THIS_PROCESS
    looked = memory.looked_at
    due = looked is None or abs(now - looked) >= LOOK_EVERY
    if due and (catch_up or memory.learned is None):
        return _look(now, fit)
    return memory.learned


def forget_all() -> None:
    """Begin anew, as after a start: for another ledger, or one that was put back."""
    memory = IN_THIS_PROCESS
    memory.learned = memory.looked_at = memory.made_at = None
    memory.to_forget.clear()
    memory.to_doubt.clear()


def learn_one(*, mention: int) -> Learned | None:
    """Learn the decision about one mention; what was taken back or changed is unlearnt at the next look."""
    memory = IN_THIS_PROCESS
    with memory.lock:
        if memory.learned is None:
            memory.looked_at = None  # perhaps it was the one that was missing
            return None
        known = memory.learned.known
        found = ledger.examples([mention])
        if mention in known and [known[mention]] != [one.label for one in found]:
            memory.to_forget[mention] = known[mention]
            memory.looked_at = None
        memory.learned = _with(memory.learned, [one for one in found if known.get(mention, ...) != one.label])
        return memory.learned


def _look(now: datetime, fit: Fit) -> Learned | None:
    """Compare with the ledger; learn what is new, or all of it anew where something is different."""
    memory = IN_THIS_PROCESS
    with memory.lock:
        memory.looked_at = now
        there = ledger.stamp()
        if memory.learned and memory.learned.stamp == there and not memory.to_forget:
            return memory.learned
        found = ledger.examples()
        if not ledger.enough(example.label for example in found):
            memory.learned = None
        elif memory.learned and (new := _only_new(memory, found, there)) is not None:
            memory.learned = replace(_with(memory.learned, new), stamp=there)
        elif memory.learned is None or memory.made_at is None or now - memory.made_at >= ANEW_AT_MOST_EVERY:
            memory.learned, memory.made_at = _anew(found, there, fit), now
            memory.to_doubt |= {label for label in memory.to_forget.values() if label}
            memory.to_forget.clear()
        return memory.learned


def _anew(found: Sequence[Example], there: Stamp, fit: Fit) -> Learned:
    vectors = ledger.vectors_of([one.clauses for one in found]) if there.has_vectors else None
    texts, labels = [one.text for one in found], [one.label for one in found]
    router = fit(texts=texts, labels=labels, vectors=vectors)
    return Learned(router, {one.mention_id: one.label for one in found}, there)


def _only_new(memory: Memory, found: Sequence[Example], there: Stamp) -> list[Example] | None:
    """What was decided since; None where something has to be unlearnt: taken back, merged or erased."""
    known = memory.learned.known
    labels = {one.mention_id: one.label for one in found}
    kept = memory.learned.stamp
    if memory.to_forget or kept.has_vectors != there.has_vectors or kept.erased != there.erased:
        return None
    if any(labels.get(pk, ...) != label for pk, label in known.items()):
        return None
    return [one for one in found if one.mention_id not in known]


def _with(learned: Learned, new: Sequence[Example]) -> Learned:
    if not new:
        return learned
    vectors = ledger.vectors_of([one.clauses for one in new]) if learned.stamp.has_vectors else None
    router = learned.router.learn([one.text for one in new], [one.label for one in new], vectors=vectors)
    more = {one.mention_id: one.label for one in new}
    return replace(learned, router=router, known={**learned.known, **more})
