"""Reading through what was said, some at a time: its language, personal data, clauses and what they mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from coalface.methods import clauses, languages, masking, sentiment, vectors
from coalface.records.history import note
from coalface.records.models import Clause, ClauseVector, Verbatim

from ..queries.reading import Near, near, said_by_customers, unread
from .learning import sort_read
from .sorting import settle_on_parts

# A text of a megabyte is kept whole; of what it speaks of, these clauses are looked at.
MOST_CLAUSES: Final = 200
# From here on a language that was found stands against one that was given.
SURE: Final = 0.9
LONG_ENOUGH: Final = 40
LOOKS_BACK_EVERY: Final = timedelta(minutes=10)


@dataclass(slots=True)
class Mark:
    """How far a worker has read: without it each look goes over everything that was read before."""

    read_to: int = 0
    looked_back_at: datetime | None = None


@dataclass(slots=True)
class Reading:
    """What was found in some words, before it is written down."""

    verbatim: Verbatim
    language: str
    masks: list[tuple[int, int, str]]
    spans: list[tuple[int, int]]


def read_some(*, now: datetime, mark: Mark | None = None) -> int:
    """Read through the oldest words nobody has looked through; says how many that were.

    To be called outside a transaction: it thinks for seconds and writes for milliseconds. Words that changed
    or were erased meanwhile, or that another worker was quicker with, are left as they are.
    """
    mark = mark or Mark()
    waiting = _waiting(mark, now)
    if not waiting:
        return 0
    readings = _read(waiting)
    heard = _heard(readings)
    written = _write(readings=readings, heard=heard, now=now)
    settle_on_parts(verbatims=[each.verbatim.pk for each in readings])
    sort_read(verbatims=[each.verbatim for each in readings], now=now)
    mark.read_to = max(mark.read_to, waiting[-1].pk)
    return written


def _waiting(mark: Mark, now: datetime) -> list[Verbatim]:
    """What came after the last; now and then what was changed before it."""
    found = unread(after=mark.read_to)
    if found or (mark.looked_back_at and now < mark.looked_back_at + LOOKS_BACK_EVERY):
        return found
    found = unread()
    mark.looked_back_at = None if found else now
    return found


def _read(waiting: Sequence[Verbatim]) -> list[Reading]:
    ids = [verbatim.pk for verbatim in waiting]
    known, spoken = near(ids), said_by_customers(ids)
    found = languages.detect([verbatim.text for verbatim in waiting])
    return [
        _reading(verbatim, language, known.get(verbatim.pk, Near()), verbatim.pk in spoken)
        for verbatim, language in zip(waiting, found, strict=True)
    ]


def _reading(verbatim: Verbatim, found: languages.Language, known: Near, speaks: bool) -> Reading:
    language = _language(verbatim, found)
    spans = masking.personal(verbatim.text, sorted(known.names), known.country)
    parts = clauses.parts(verbatim.text, language)[:MOST_CLAUSES] if speaks else []
    return Reading(
        verbatim,
        language,
        [(span.start, span.end, span.kind) for span in spans],
        [(part.start, part.end) for part in parts],
    )


def _language(verbatim: Verbatim, found: languages.Language) -> str:
    given = verbatim.language
    if not given:
        return found.code
    differs = found.code and found.code != given.split("-")[0].lower()
    return found.code if differs and found.confidence >= SURE and len(verbatim.text) >= LONG_ENOUGH else given


Heard = dict[tuple[int, tuple[int, int]], tuple[str, bytes]]


def _heard(readings: Sequence[Reading]) -> Heard:
    """What each clause sounds like and means, by verbatim and span; those that sorting marked before, too."""
    spans = {(each.verbatim.pk, span) for each in readings for span in each.spans}
    rows = Clause.objects.filter(verbatim__in=[each.verbatim.pk for each in readings]).order_by()
    marked = rows.values_list("verbatim", "start", "end")
    spans |= {(verbatim, (start, end)) for verbatim, start, end in marked}
    ordered = sorted(spans)
    by_id = {each.verbatim.pk: each for each in readings}
    texts = [by_id[pk].verbatim.text[start:end] for pk, (start, end) in ordered]
    spoken = [by_id[pk].language for pk, _ in ordered]
    polarities = sentiment.polarity(texts, spoken)
    return dict(zip(ordered, zip(polarities, _meant(texts, spoken), strict=True), strict=True))


def _meant(texts: Sequence[str], spoken: Sequence[str]) -> list[bytes]:
    """Half-precision vectors of the clauses in a language the encoder knows, or nobody could tell."""
    meant = [b""] * len(texts)
    encode = encoder()
    if encode is None:
        return meant
    known = {"", *encode.languages}
    wanted = [place for place, code in enumerate(spoken) if code.split("-")[0].lower() in known]
    told = list(dict.fromkeys(texts[place] for place in wanted))  # customers repeat each other
    rows = encode(told).astype("float16")
    numbers = {text: row.tobytes() if row.any() else b"" for text, row in zip(told, rows, strict=True)}
    for place in wanted:
        meant[place] = numbers[texts[place]]
    return meant


@lru_cache(maxsize=1)
def encoder() -> Any:
    """Loaded at the first clause, by the worker alone; None where the optional packages are missing."""
    return vectors.encoder(settings.HOME / "encoder")


@transaction.atomic
def _write(*, readings: Sequence[Reading], heard: Heard, now: datetime) -> int:
    """Write down what still is as it was read."""
    ids = [each.verbatim.pk for each in readings]
    rows = (
        Verbatim.objects.select_for_update()
        .filter(pk__in=ids, masks__isnull=True, erased_at=None)
        .order_by("pk")
    )
    same = {row.pk: row.text for row in rows}
    left = [each for each in readings if same.get(each.verbatim.pk) == each.verbatim.text]
    if not left:
        return 0
    for each in left:
        each.verbatim.masks, each.verbatim.language = each.masks, each.language
    Verbatim.objects.bulk_update([each.verbatim for each in left], ["masks", "language"])
    spans = [(each.verbatim.pk, span) for each in left for span in each.spans]
    Clause.objects.bulk_create(
        [Clause(verbatim_id=pk, start=start, end=end) for pk, (start, end) in spans], ignore_conflicts=True
    )
    _keep(ids=[each.verbatim.pk for each in left], heard=heard)
    note("words.read", about=left[0].verbatim, by=None, at=now, ids=[each.verbatim.pk for each in left])
    return len(left)


def _keep(*, ids: Sequence[int], heard: Heard) -> None:
    """Polarity and vector, beside the clauses that are there now."""
    rows = list(Clause.objects.filter(verbatim__in=ids).order_by("pk"))
    told = {row.pk: heard.get((row.verbatim_id, (row.start, row.end)), ("", b"")) for row in rows}
    for row in rows:
        row.polarity = told[row.pk][0] or None
    Clause.objects.bulk_update([row for row in rows if row.polarity], ["polarity"])
    meant = [(row, told[row.pk][1]) for row in rows if told[row.pk][1]]
    ClauseVector.objects.bulk_create(
        [ClauseVector(clause=row, encoder=vectors.NAME, numbers=numbers) for row, numbers in meant],
        ignore_conflicts=True,
    )
