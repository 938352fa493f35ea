"""What a plan is made from: who owes encounters, which slots there are, whom one may ask, who meets whom."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Seeker:
    """One of us who owes encounters: at least `owes`, never more than `at_most`, in one of `slots` each.

    `slots` are the keys of the openings they can take: calendar, hours, format and remote are settled.

    >>> Seeker("lindner", level="top", owes=1, at_most=2, slots=frozenset({"monday"})).owes
    1
    """

    key: str
    level: str
    owes: int
    at_most: int
    slots: frozenset[str]


@dataclass(frozen=True, slots=True)
class Opening:
    """A slot with `seats` for us. `customers` are asked by name for each seat; 0 = whoever comes.

    `stratum` is place × part of day; `clashes` are slots that no one person can take beside this one.
    """

    key: str
    seats: int
    customers: int
    stratum: str
    clashes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A customer who may be asked `at_most` times; `raises` is the chance of each issue to come from them."""

    key: str
    stratum: str
    after_purchase: bool
    at_most: int
    raises: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Match:
    """One person in one slot, with one customer or (None) whoever comes.

    `way` is "best", "random", "continuity" or "by_hand". `gain` is in the units of the plan's objective.
    `issues` are the unheard issues this customer may raise, the likeliest first.
    """

    seeker: str
    opening: str
    candidate: str | None = None
    way: str = "best"
    gain: float = 0.0
    issues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything a plan of one period rests on.

    `may_meet` says whom each seeker may meet (language, conflicts of interest), `may_come` which slots a
    customer can come to (missing: any). `has_time` says for which slots a seeker has time, open to them or
    not (missing: any); it narrows what is proposed, not what is planned. `values` weigh issues; `blind` is
    1 − awareness by level and issue; `shares` are strata of the base. Matches in `locked` stay; those in
    `previous` are kept where possible.
    """

    seekers: tuple[Seeker, ...] = ()
    openings: tuple[Opening, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    may_meet: Mapping[str, frozenset[str]] = field(default_factory=dict)
    may_come: Mapping[str, frozenset[str]] = field(default_factory=dict)
    has_time: Mapping[str, Collection[str]] = field(default_factory=dict)
    values: Mapping[str, float] = field(default_factory=dict)
    blind: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    shares: Mapping[str, float] = field(default_factory=dict)
    met_before: frozenset[tuple[str, str]] = frozenset()
    locked: tuple[Match, ...] = ()
    previous: tuple[Match, ...] = ()
    random_share: float = 0.15
    continuity_share: float = 0.1
    after_purchase_share: float = 0.0
