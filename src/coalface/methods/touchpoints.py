"""Magic or misery at a touchpoint, whether it hurts or delights, and between which two customers are lost."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .results import Estimate, wilson

LOWEST, HIGHEST = 1, 5
SUFFERING = 2
SOUNDS = ("positive", "neutral", "negative", "mixed")


@dataclass(frozen=True, slots=True)
class Bars:
    """What is wanted before a moment has a name, each a share between 0 and 1; all of them are policy."""

    misery_above: float = 0.15
    magic_above: float = 0.50
    magic_misery_below: float = 0.10
    mediocre_misery_below: float = 0.15
    mediocre_magic_below: float = 0.30


@dataclass(frozen=True, slots=True)
class TouchpointVerdict:
    """What customers live through, and the split behind it, which is never averaged away.

    `moment` is magic, mediocre, misery or unclear. `top` = share rated 5, whatever was said. `ratings` counts
    the answers from 1 to 5, `sounds` what their words sound like. `divided`: misery for many, and 5 by many.
    """

    moment: str
    n: int
    misery: Estimate
    magic: Estimate
    top: Estimate
    ratings: tuple[int, ...]
    sounds: tuple[tuple[str, int], ...]
    divided: bool


@dataclass(frozen=True, slots=True)
class Asymmetry:
    """What a bad and what a very good moment do to the whole; `impact` lies between −1 and 1.

    `kind` is hurts (it can only disappoint), delights, or unclear where the interval holds 0.
    """

    base: float
    penalty: float
    reward: float
    range: float
    impact: Estimate
    kind: str


@dataclass(frozen=True, slots=True)
class Kano:
    """How much more satisfied customers are where it is there, and how much less where it is not."""

    better: float
    worse: float


@dataclass(frozen=True, slots=True)
class Link:
    """From one touchpoint to the next: who could go on, who did, and who was lost on the way.

    `passed` = share of those who could. `loss_share` = of all losses of the chain; None without any.
    """

    came: int
    went_on: int
    excused: int
    still_open: int
    passed: Estimate
    lost: int
    loss_share: float | None
    weakest: bool


class GroupMissing(ValueError):
    """Nobody rated low, or in the middle, or high: what a bad or a good moment does cannot be told."""


class MoreThanCame(ValueError):
    """More went on than could; the place says at which touchpoint."""

    def __init__(self, place: int) -> None:
        super().__init__(f"More went on than could at place {place}")
        self.place = place


def judge(
    ratings: Sequence[int], polarity: Sequence[str | None], *, bars: Bars | None = None
) -> TouchpointVerdict:
    """What customers live through at a touchpoint, by their ratings and what their words sound like.

    Shapes: two sequences of one length. Polarity is positive, neutral, negative, mixed, "" (cannot be told)
    or None (said no words). Units: ratings 1 to 5. Misery is counted among all: rated 1 or 2, or words that
    are negative and nothing else. Magic is counted among those whose words could be told: rated 5 and
    positive; it is never more than those rated 5. Misery is looked at first: half magic and half misery is
    misery, and `divided`.
    Errors: ValueError for lengths that differ or a rating outside 1..5.
    Source: own definition with Wilson's bounds; negative weighs more: Mittal, Ross & Baldasare (1998).

    >>> verdict = judge([5] * 60 + [1] * 40, ["positive"] * 60 + ["negative"] * 40)
    >>> verdict.moment, verdict.divided, verdict.ratings
    ('misery', True, (40, 0, 0, 0, 60))
    >>> judge([5] * 9 + [4], ["positive"] * 10).moment
    'unclear'
    """
    pairs = list(zip(ratings, polarity, strict=True))
    _want_ratings(ratings)
    bars = bars or Bars()
    suffering = sum(rating <= SUFFERING or sound == "negative" for rating, sound in pairs)
    delighted = sum(rating == HIGHEST and sound == "positive" for rating, sound in pairs)
    misery = wilson(suffering, len(pairs))
    magic = wilson(delighted, sum(sound in SOUNDS for _, sound in pairs))
    top = wilson(sum(rating == HIGHEST for rating in ratings), len(pairs))
    heard = Counter(sound for _, sound in pairs if sound in SOUNDS)
    given = Counter(ratings)
    return TouchpointVerdict(
        moment=_moment(misery, magic, top, bars),
        n=len(pairs),
        misery=misery,
        magic=magic,
        top=top,
        ratings=tuple(given[rating] for rating in range(LOWEST, HIGHEST + 1)),
        sounds=tuple((sound, heard[sound]) for sound in SOUNDS if heard[sound]),
        divided=_low(misery) > bars.misery_above and _low(top) > bars.misery_above,
    )


def _moment(misery: Estimate, magic: Estimate, top: Estimate, bars: Bars) -> str:
    if _low(misery) > bars.misery_above:
        return "misery"
    if _low(magic) > bars.magic_above and _high(misery) < bars.magic_misery_below:
        return "magic"
    at_most = min(_high(magic), _high(top))
    if _high(misery) < bars.mediocre_misery_below and at_most < bars.mediocre_magic_below:
        return "mediocre"
    return "unclear"


def asymmetry(
    overall: Sequence[float], ratings: Sequence[int], *, draws: int = 2_000, seed: int = 0, enough: int = 10
) -> Asymmetry:
    """Penalty and reward: what a low rating takes from the whole, and what a top rating adds to it.

    Shapes: two sequences of one length, the whole (such as 0 to 10) and the rating of one touchpoint by the
    same customer. Units: penalty and reward in those of the whole, unstandardised; low = 1 or 2, high = 5.
    Impact = (|reward| − |penalty|) / range, with a 95 % percentile bootstrap drawn within the three groups;
    None where neither does anything. The kind is named only if the interval leaves out 0 and each group has
    `enough` answers.
    Errors: ValueError for lengths that differ or a rating outside 1..5; GroupMissing where a group is empty.
    Source: Brandt (1987), penalty–reward contrast analysis; Albayrak & Caber (2013) on its definitions.

    >>> found = asymmetry([2, 3, 3, 4, 5, 6, 6, 7, 6, 7, 7, 8], [1, 2, 2, 1, 3, 4, 3, 4, 5, 5, 5, 5])
    >>> found.base, found.penalty, found.reward, found.range, found.impact.estimate, found.kind
    (6.0, -3.0, 1.0, 4.0, -0.5, 'unclear')
    """
    pairs = list(zip(overall, ratings, strict=True))
    _want_ratings(ratings)
    low = [whole for whole, rating in pairs if rating <= SUFFERING]
    middle = [whole for whole, rating in pairs if SUFFERING < rating < HIGHEST]
    high = [whole for whole, rating in pairs if rating == HIGHEST]
    if not (low and middle and high):
        raise GroupMissing(len(low), len(middle), len(high))
    base, beneath, above = (sum(group) / len(group) for group in (middle, low, high))
    penalty, reward = beneath - base, above - base
    impact = _impact(low, middle, high, draws, seed)
    few = min(len(low), len(middle), len(high)) < enough
    return Asymmetry(
        base, penalty, reward, abs(penalty) + abs(reward), impact, "unclear" if few else _kind(impact)
    )


def _impact(
    low: Sequence[float], middle: Sequence[float], high: Sequence[float], draws: int, seed: int
) -> Estimate:
    import numpy as np

    chance = np.random.default_rng(seed)

    def means(group: Sequence[float]) -> "np.ndarray":
        values = np.asarray(group, dtype=float)
        return np.array([chance.choice(values, values.size).mean() for _ in range(draws)])

    def share(penalty: "np.ndarray", reward: "np.ndarray") -> "np.ndarray":
        spread = np.abs(penalty) + np.abs(reward)
        return np.where(spread > 0, (np.abs(reward) - np.abs(penalty)) / np.where(spread > 0, spread, 1), 0.0)

    seen = [np.asarray([np.mean(group)]) for group in (low, middle, high)]
    drawn = [means(group) for group in (low, middle, high)]
    n = len(low) + len(middle) + len(high)
    if seen[0] == seen[1] == seen[2]:
        return Estimate(None, -1.0, 1.0, n, "bootstrap")
    ends = np.quantile(share(drawn[0] - drawn[1], drawn[2] - drawn[1]), (0.025, 0.975))
    there = float(share(seen[0] - seen[1], seen[2] - seen[1])[0])
    return Estimate(there, float(ends[0]), float(ends[1]), n, "bootstrap")


def _kind(impact: Estimate) -> str:
    if impact.estimate is None or _low(impact) <= 0 <= _high(impact):
        return "unclear"
    return "delights" if impact.estimate > 0 else "hurts"


def kano(*, attractive: int, one_dimensional: int, must_be: int, indifferent: int) -> Kano:
    """The two coefficients of a Kano survey.

    Shapes: four counts. Units: better 0 to 1, worse −1 to 0.
    Errors: ValueError for a negative count, or where all of them are 0.
    Source: Berger et al. (1993), Kano's methods for understanding customer-defined quality.

    >>> kano(attractive=20, one_dimensional=30, must_be=40, indifferent=10)
    Kano(better=0.5, worse=-0.7)
    """
    counts = (attractive, one_dimensional, must_be, indifferent)
    if min(counts) < 0 or sum(counts) == 0:
        raise ValueError(f"{counts} are not the answers of anybody")
    return Kano((attractive + one_dimensional) / sum(counts), -(one_dimensional + must_be) / sum(counts))


def links(
    counts: Sequence[int], excused: Sequence[int] = (), still_open: Sequence[int] = ()
) -> tuple[Link, ...]:
    """Where customers of one cohort fall through, from each touchpoint of the chain to the next.

    Shapes: how many reached each of k + 1 touchpoints, and of those how many needed it no longer and how many
    may still go on (none, where left out). k links come back. Units: persons, and shares between 0 and 1.
    Who is excused or still open is no part of those who could go on: neither passed nor lost.
    The weakest link is named only if its upper bound lies below the lower bound of every other.
    Errors: ValueError for lengths that differ or a negative count; MoreThanCame for more than could go on.
    Source: Wilson (1927) for each link; loss share = lost here / lost on the whole chain.

    >>> chain = links([1000, 900, 855, 650, 630])
    >>> [round(link.passed.estimate, 4) for link in chain], [link.weakest for link in chain]
    ([0.9, 0.95, 0.7602, 0.9692], [False, False, True, False])
    """
    excused, still_open = excused or [0] * len(counts), still_open or [0] * len(counts)
    rows = list(zip(counts, excused, still_open, strict=True))
    if any(min(row) < 0 for row in rows):
        raise ValueError("Nobody is fewer than nobody")
    could = [came - free - waiting for came, free, waiting in rows]
    for place, (here, after) in enumerate(pairwise(rows)):
        if could[place] < after[0]:
            raise MoreThanCame(place)
        if here[0] < here[1] + here[2]:
            raise MoreThanCame(place)
    passed = [wilson(after, before) for before, after in zip(could, counts[1:], strict=False)]
    lost = [before - after for before, after in zip(could, counts[1:], strict=False)]
    return tuple(
        Link(
            came=counts[place],
            went_on=counts[place + 1],
            excused=excused[place],
            still_open=still_open[place],
            passed=passed[place],
            lost=lost[place],
            loss_share=lost[place] / sum(lost) if sum(lost) else None,
            weakest=_is_weakest(place, passed),
        )
        for place in range(len(passed))
    )


def _is_weakest(place: int, passed: Sequence[Estimate]) -> bool:
    others = [one for position, one in enumerate(passed) if position != place and one.estimate is not None]
    here = passed[place]
    return here.estimate is not None and bool(others) and all(_high(here) < _low(one) for one in others)


def _want_ratings(ratings: Sequence[int]) -> None:
    if any(not LOWEST <= rating <= HIGHEST for rating in ratings):
        raise ValueError("A rating lies between 1 and 5")


def _low(figure: Estimate) -> float:
    return 0.0 if figure.low is None else figure.low


def _high(figure: Estimate) -> float:
    return 1.0 if figure.high is None else figure.high
