"""Like is put to like: the clauses of a search as groups, those of the search before kept where they last."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from coalface.methods.theme_weeks import next_week

from .unnamed import Unnamed

SEED: Final = 11
NONE: Final = -1


@dataclass(frozen=True, slots=True)
class Group:
    """Places of its clauses, the most telling of them first to third, its words, and which theme it was."""

    theme_id: int | None
    places: tuple[int, ...]
    telling: tuple[int, ...]
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grouping:
    """All groups of a search; `stability` compares it with the search before, on the clauses of both."""

    groups: tuple[Group, ...]
    noise: int
    shared: int
    stability: float | None


Grouped = Callable[..., Grouping]


def comparable(waiting: Sequence[Unnamed]) -> list[tuple[str, list[Unnamed]]]:
    """The clauses that can be compared with one another, by their encoder; last those without a vector.

    One encoder counts, that of most: vectors of two say nothing beside each other. Without vectors only
    words of one language are comparable: else languages would be found, and no themes.
    """
    counts = Counter(one.encoder for one in waiting if one.numbers)
    best = max(sorted(counts), key=lambda name: counts[name], default="")
    meant = [one for one in waiting if one.numbers and one.encoder == best]
    plain: dict[str, list[Unnamed]] = defaultdict(list)
    for one in waiting:
        if not (one.numbers and one.encoder == best):
            plain[one.language.split("-")[0]].append(one)
    apart = [(best, meant), *(("", plain[language]) for language in sorted(plain))]
    return [(encoder, some) for encoder, some in apart if some]


def grouped_apart(waiting: Sequence[Unnamed], *, group: Grouped, seed: int) -> tuple[list[Unnamed], Grouping]:
    """Like to like by meaning where that was measured, else by words; the clauses in order of places."""
    compared: list[Unnamed] = []
    groups: list[Group] = []
    found: list[Grouping] = []
    for encoder, some in comparable(waiting):
        part = group(some, encoder=encoder, seed=seed)
        groups += [_moved(one, len(compared)) for one in part.groups]
        compared += some
        found.append(part)
    both = [part for part in found if part.stability is not None]
    shared = sum(part.shared for part in both)
    stability = sum(part.shared * (part.stability or 0.0) for part in both) / shared if shared else None
    noise = sum(part.noise for part in found)
    return compared, Grouping(tuple(groups), noise, sum(part.shared for part in found), stability)


def _moved(group: Group, by: int) -> Group:
    places, telling = (tuple(place + by for place in some) for some in (group.places, group.telling))
    return Group(group.theme_id, places, telling, group.terms)


def grouped(compared: Sequence[Unnamed], *, encoder: str, seed: int) -> Grouping:
    """The groups of `methods.themes`, with the numbers of the themes they go on with.

    A group without a telling word, such as “Thank you.” or “2.”, says nothing that could be named.
    """
    before = [one.theme_id or NONE for one in compared]
    first_new = max(before) + 1
    numbers = [one.numbers or b"" for one in compared] if encoder else []
    week = next_week([one.words for one in compared], before, first_new=first_new, seed=seed, numbers=numbers)
    places: dict[int, list[int]] = defaultdict(list)
    for place, label in enumerate(week.labels):
        places[label].append(place)
    groups = tuple(
        Group(label if label < first_new else None, tuple(some), week.quotes[label], week.terms[label])
        for label, some in sorted(places.items())
        if label != NONE and week.terms[label]
    )
    noise = len(compared) - sum(len(group.places) for group in groups)
    return Grouping(groups, noise, week.shared, week.stability)
