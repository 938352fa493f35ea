"""The handful of statements a language model may be shown: different ones, without personal data."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Prefetch, QuerySet

from coalface.methods import masking
from coalface.methods.masking_text import merged
from coalface.permissions import Rights
from coalface.records.models import (
    Clause,
    Feedback,
    Issue,
    Mention,
    Remark,
    Speaker,
    Summary,
    Theme,
    ThemeClause,
    Verbatim,
)
from coalface.shell.personal import masks_of

from .reading import Near, near
from .theme_lines import Quote, clauses_of, quotes_for

LOOKED_THROUGH: Final = 60
LONGEST: Final = 500
LEAST: Final = 8  # letters: less is a cry
ALIKE: Final = 0.6  # of the words that two statements hold together


@dataclass(frozen=True, slots=True)
class Told:
    """What is sent of one clause, and the words and masks it was made from."""

    id: str
    words: str
    clause_id: int
    verbatim_id: int
    text: str
    masks: Sequence[Sequence[object]]


def told_about(summary: Summary, *, rights: Rights, most: int) -> tuple[list[Told], set[str]]:
    """Statements by customers that whoever asks may read, the most telling first, and who is named near them.

    Words that were not looked through for personal data yet are left out, as is what is said twice.
    """
    me = summary.asked_by
    rows = _of_theme(summary.theme) if summary.theme else _of_issue(summary.issue)
    quotes = [one for one in quotes_for(rows, me=me, rights=rights) if one.may_read and _by_customer(one)]
    known = near([one.clause.verbatim_id for one in quotes])
    masked = [(one, without_personal(one.clause, known.get(one.clause.verbatim_id))) for one in quotes]
    chosen = _different(masked)[:most]
    told = [_told(number, one.clause, words) for number, (one, words) in enumerate(chosen, start=1)]
    names = {name for one, _ in chosen for name in known.get(one.clause.verbatim_id, Near()).names}
    return told, names


def _told(number: int, clause: Clause, words: str) -> Told:
    said = clause.verbatim
    return Told(f"q{number}", words, clause.pk, said.pk, said.text, said.masks)


def _of_theme(theme: Theme) -> QuerySet[ThemeClause]:
    return clauses_of(theme).filter(clause__verbatim__masks__isnull=False)[:LOOKED_THROUGH]


def _of_issue(issue: Issue) -> list[ThemeClause]:
    """The clauses that count for it; where all words do, the parts of these; the latest first."""
    mentions = Mention.objects.counted().filter(issue=issue).order_by("-happened_at", "-pk")
    fields = ("clause", "feedback__verbatim", "remark__verbatim")
    rows = list(mentions.values_list(*fields)[:LOOKED_THROUGH])
    whole = [wrote or said for clause, wrote, said in rows if clause is None and (wrote or said)]
    parts: dict[int, list[int]] = {}
    for pk, verbatim in (
        Clause.objects.filter(verbatim__in=whole).order_by("pk").values_list("pk", "verbatim")
    ):
        parts.setdefault(verbatim, []).append(pk)
    wanted = [
        pk for clause, wrote, said in rows for pk in ([clause] if clause else parts.get(wrote or said, ()))
    ]
    return [ThemeClause(clause=one) for one in with_words(dict.fromkeys(wanted))]


def with_words(wanted: Iterable[int]) -> list[Clause]:
    """Clauses whose words stand and were looked through, in this order, with who said them where."""
    rows = Clause.objects.filter(verbatim__erased_at=None, verbatim__masks__isnull=False)
    there = sources_of(rows).in_bulk(list(wanted))
    return [there[pk] for pk in wanted if pk in there]


def sources_of(rows: QuerySet[Clause]) -> QuerySet[Clause]:
    """Clauses with their words, and with what of those stands."""
    feedback = Feedback.objects.standing().select_related("unit").order_by("pk")
    remarks = Remark.objects.select_related("encounter__unit").order_by("pk")
    return rows.select_related("verbatim").prefetch_related(
        Prefetch("verbatim__feedback", feedback), Prefetch("verbatim__remarks", remarks)
    )


def _by_customer(quote: Quote) -> bool:
    source = quote.source
    return isinstance(source, Feedback) or source.said_by == Speaker.CUSTOMER


def without_personal(clause: Clause, known: Near | None) -> str:
    """Its words on one line: a code in place of personal data, nothing that cannot be seen, not too long.

    Looked through once more, with whoever is known to have been near by now.
    """
    found = list(masks_of(clause.verbatim))
    found += personal_in(clause.verbatim, known or Near())
    text = clause.verbatim.text
    pieces = masking.cut(merged(found), clause.start, clause.end)
    words = "".join(f"[{one.kind}]" if one.kind else text[one.start : one.end] for one in pieces)
    line = " ".join(words.split())
    seen = "".join(letter for letter in line if unicodedata.category(letter)[0] != "C")
    return seen if len(seen) <= LONGEST else f"{seen[: LONGEST - 1].rstrip()}…"


def personal_in(words: Verbatim, known: Near) -> list[masking.Span]:
    """What stands in them, seen with these names."""
    return masking.personal(words.text, sorted(known.names), known.country)


def _different(found: Sequence[tuple[Quote, str]]) -> list[tuple[Quote, str]]:
    """One of each source, and none that says what another has said."""
    chosen: list[tuple[Quote, str]] = []
    bags: list[set[str]] = []
    sources = set()
    for quote, words in found:
        bag = set(words.casefold().split())
        if len(words) < LEAST or quote.source.pk in sources or any(_alike(bag, other) for other in bags):
            continue
        sources.add(quote.source.pk)
        bags.append(bag)
        chosen.append((quote, words))
    return chosen


def _alike(one: set[str], other: set[str]) -> bool:
    return len(one & other) >= ALIKE * len(one | other)
