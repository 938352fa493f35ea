"""What learned sorting makes of something that was said: one thought a clause, within bounds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coalface.records.models import Clause, Mention, Polarity, SortedBy

from .learned import Guess
from .sorting import PRAISE, Said, Sorter

Asked = tuple[Clause, Guess]


@dataclass(frozen=True, slots=True)
class Thought:
    """An issue a clause seems to speak of; without an issue a person has to look."""

    issue_id: int | None
    clause_id: int | None
    confidence: float
    counted: bool
    runners_up: tuple[tuple[int, float], ...]


def clauses_to_ask(clauses: Sequence[Clause], mentions: Sequence[Mention], sorter: Sorter) -> list[Clause]:
    """The finest spans of one verbatim that no phrase has found and no person has decided about."""
    decided = [mention for mention in mentions if mention.settled_at]
    if any(mention.clause_id is None for mention in decided):
        return []
    routed = {each.issue_id for each in mentions if each.sorted_by == SortedBy.ROUTE and each.issue_id}
    return [
        clause
        for clause in finest(clauses)
        if not any(overlap(clause, mention.clause) for mention in decided)
        and not (routed and routed & sorter.speaks_of(clause.text))
    ]


def finest(clauses: Sequence[Clause]) -> list[Clause]:
    """Those that hold no other: a sentence of two parts gives way to its parts."""
    ordered = sorted(clauses, key=lambda each: (each.end - each.start, each.start))
    kept: list[Clause] = []
    for clause in ordered:
        if not any(overlap(clause, smaller) for smaller in kept):
            kept.append(clause)
    return sorted(kept, key=lambda each: each.start)


def overlap(one: Clause, other: Clause) -> bool:
    """Whether two spans of one verbatim share a character."""
    return one.start < other.end and other.start < one.end


def thoughts(
    said: Said, asked: Iterable[Asked], mentions: Sequence[Mention], *, sure_from: float, standing: set[int]
) -> list[Thought]:
    """The surest clause speaks for an issue; praise never counts by itself; what is unlike all waits once."""
    decided = any(mention.settled_at for mention in mentions)
    taken = {
        each.issue_id
        for each in mentions
        if each.issue_id and (each.settled_at or each.sorted_by == SortedBy.ROUTE)
    }
    waiting = {each.issue_id for each in mentions if each.issue_id and not each.settled_at}
    found: dict[int, Thought] = {}
    unlike: list[Asked] = []
    for clause, guess in sorted(asked, key=lambda each: (-each[1].confidence, each[0].start)):
        issue = _issue(guess.label, standing)
        if issue is None:
            unlike.append((clause, guess))
            continue
        sure = guess.confidence >= sure_from
        praise = said.kind in PRAISE or clause.polarity == Polarity.POSITIVE
        asks_anew = decided and issue not in waiting
        if issue in taken or issue in found or ((praise or asks_anew) and not sure):
            continue
        counted = sure and not praise
        found[issue] = Thought(issue, clause.pk, guess.confidence, counted, _others(guess, standing, issue))
    if found or taken or decided or said.kind in PRAISE or not unlike:
        return list(found.values())
    return [_unlike_all(unlike, standing)]


def _unlike_all(unlike: Sequence[Asked], standing: set[int]) -> Thought:
    """One question about all that was said, or about the clause, where there is but one."""
    others = [_others(guess, standing, None) for _, guess in unlike]
    likeliest = max(others, key=lambda each: each[0][1] if each else 0.0)
    clause = unlike[0][0].pk if len(unlike) == 1 else None
    return Thought(None, clause, 0.0, False, likeliest)


def _issue(label: str | None, standing: set[int]) -> int | None:
    return int(label) if label and int(label) in standing else None


def _others(guess: Guess, standing: set[int], issue: int | None) -> tuple[tuple[int, float], ...]:
    """The runners-up that stand, the likeliest first."""
    pairs = ((_issue(label, standing), round(float(sure), 4)) for label, sure in guess.runners_up)
    return tuple((other, sure) for other, sure in pairs if other is not None and other != issue)
