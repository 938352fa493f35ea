"""Whether those met were chosen fairly: each of us beside chance, and the traces that staging leaves."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coalface.methods.contact import SIGNIFICANT, Representativeness, benjamini_hochberg, representativeness
from coalface.methods.results import Estimate, wilson

TOO_FEW = 15
LARGE = 0.1


@dataclass(frozen=True, slots=True)
class Judged:
    """`figures` of one person alone; `p` and `verdict` with everybody judged at once taken into account."""

    figures: Representativeness
    p: float | None
    verdict: str


@dataclass(frozen=True, slots=True)
class Difference:
    """How far the mean of those met lies from that of the base, in standard deviations, and chance's p."""

    smd: float | None
    p: float | None
    n: int
    large: bool
    verdict: str


@dataclass(frozen=True, slots=True)
class Staging:
    """The share that was announced beforehand, and the share of encounters chosen by each."""

    announced: Estimate
    chosen_by: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class Reweighted:
    """A weight for each encounter of a segment, how many even encounters they are worth, and who is missing.

    `unmet` is the share of the base in segments where nobody was met: no weight can speak for it.
    """

    weights: Mapping[str, float]
    n_eff: float
    unmet: float


@dataclass(frozen=True, slots=True)
class Evenness:
    """Encounters of whoever has least and most, and Gini's coefficient (0: everybody has the same)."""

    least: int
    most: int
    gini: float


def judged_together(
    met: Mapping[str, Mapping[str, int]],
    base: Mapping[str, float],
    *,
    seed: int = 1,
    draws: int = 10_000,
    least: int = TOO_FEW,
    whole: bool = False,
) -> dict[str, Judged]:
    """Each person's customers beside the base, the verdicts adjusted for judging many people at once.

    Shapes: counts met by person and segment; base weights (numbers of customers with `whole`).
    Units: see `representativeness`; `p` is adjusted over all with `least` encounters, else None.
    Verdicts: "consistent", "skewed" (adjusted p < .05), "too_few".
    Errors: as `representativeness`.
    Source: total variation with its Monte-Carlo null; Benjamini & Hochberg (1995) across persons.

    >>> base = {"private": 0.5, "family": 0.3, "trade": 0.15, "farm": 0.05}
    >>> ada, bob = {"private": 20, "family": 10, "trade": 8, "farm": 2}, {"private": 38, "family": 2}
    >>> [(who, one.verdict) for who, one in judged_together({"ada": ada, "bob": bob}, base).items()]
    [('ada', 'consistent'), ('bob', 'skewed')]
    """
    figures = {
        person: representativeness(counts, base, seed=seed, draws=draws, least=least, whole=whole)
        for person, counts in met.items()
    }
    ps = {who: one.p for who, one in figures.items() if one.p is not None and one.n >= least}
    adjusted = dict(zip(ps, benjamini_hochberg(list(ps.values())), strict=True))
    return {
        who: Judged(
            one,
            adjusted.get(who),
            "too_few" if who not in adjusted else "skewed" if adjusted[who] < SIGNIFICANT else "consistent",
        )
        for who, one in figures.items()
    }


def mean_difference(met: Sequence[float], base: Sequence[float], *, least: int = TOO_FEW) -> Difference:
    """Whether those met were, before they were met, healthier, richer or older customers than the base.

    `large` is |difference| > .1, which an honest sample of 40 passes by chance about every second time.
    So the verdict is "skewed" only where the difference is large and a draw of as many from the base would
    differ as much in fewer than 5 % of cases; else "consistent"; "too_few" below `least`, or all the same.
    Shapes: one value for each customer met and each of the base (those met among them).
    Units: standard deviations (root of the mean of both variances). Errors: ValueError for fewer than two in
    the base or more met than in it.
    Source: Austin (2009), Stat. Med. 28:3083–3107; p from the normal law of a mean of a sample without
    replacement (Cochran 1977, chapter 2).

    >>> unlike = mean_difference([8.0] * 10 + [9.0] * 10, [3.0, 5.0, 8.0, 9.0] * 25)
    >>> round(unlike.smd, 2), unlike.large, unlike.verdict
    (1.3, True, 'skewed')
    """
    n, size = len(met), len(base)
    if size < 2 or n > size:
        raise ValueError(f"{n} met cannot come from a base of {size}")
    average = math.fsum(base) / size
    variance = math.fsum((value - average) ** 2 for value in base) / (size - 1)
    if n < 2 or variance == 0:
        return Difference(None, None, n, False, "too_few")
    mean = math.fsum(met) / n
    own = math.fsum((value - mean) ** 2 for value in met) / (n - 1)
    smd = (mean - average) / math.sqrt((variance + own) / 2)
    error = math.sqrt(variance / n * (1 - n / size))
    p = math.erfc(abs(mean - average) / error / math.sqrt(2)) if error else 1.0
    large = abs(smd) > LARGE
    verdict = "too_few" if n < least else "skewed" if large and p < SIGNIFICANT else "consistent"
    return Difference(smd, p, n, large, verdict)


def staging(*, n: int, announced: int, chosen_by: Mapping[str, int]) -> Staging:
    """How much of what was met could have been arranged: announced beforehand, and chosen by whom.

    Shapes: counts among n encounters; `chosen_by` by code ("planner", "person", "account_team").
    Units: shares with Wilson intervals. Errors: ValueError when more were chosen than n, or as `wilson`.
    Source: Wilson (1927). The shares are shown, not judged: that unannounced visits see more is not
    established (Ehlers et al. 2017: −0.6 percentage points, −2.51 to 1.31).

    >>> shown = staging(n=40, announced=30, chosen_by={"planner": 10, "account_team": 30})
    >>> shown.announced.estimate, shown.chosen_by["planner"].estimate
    (0.75, 0.25)
    """
    if sum(chosen_by.values()) > n:
        raise ValueError(f"More than {n} encounters were chosen by somebody")
    return Staging(wilson(announced, n), {who: wilson(chosen_by[who], n) for who in sorted(chosen_by)})


def reweighted(met: Mapping[str, int], base: Mapping[str, float]) -> Reweighted:
    """Weights that give each segment the say it has in the base, and what is left of the sample then.

    Shapes: counts met and base weights by segment. Units: a weight of 1 is one encounter that stands for
    itself; `n_eff` is in encounters. Segments met that the base does not know weigh 0.
    Errors: ValueError for negative numbers or an empty base.
    Source: post-stratification; Kish (1965), Survey Sampling: n_eff = (Σw)² / Σw².

    >>> found = reweighted({"private": 30, "trade": 10}, {"private": 50, "trade": 50})
    >>> round(found.weights["trade"], 3), round(found.n_eff, 3), found.unmet
    (2.0, 30.0, 0.0)
    """
    size, n = math.fsum(base.values()), sum(met.values())
    if size <= 0 or min(*base.values(), *met.values(), 0) < 0:
        raise ValueError("No count or weight is negative, and the base is not empty")
    held = {segment: count for segment, count in met.items() if count}
    weights = {segment: base.get(segment, 0.0) / size / (count / n) for segment, count in held.items()}
    squares = math.fsum(count * weights[segment] ** 2 for segment, count in held.items())
    total = math.fsum(count * weights[segment] for segment, count in held.items())
    unmet = math.fsum(weight for segment, weight in base.items() if segment not in held) / size
    return Reweighted(weights, total**2 / squares if squares else 0.0, unmet)


def evenness(counts: Sequence[int]) -> Evenness:
    """How evenly encounters are spread over people: the least first, then Gini's coefficient.

    Shapes: one count for each person. Units: encounters; `gini` lies between 0 and 1, 0 for nobody.
    Errors: ValueError for a negative count. Source: Gini (1912), by ranks.

    >>> evenness([1, 1, 1, 1]), evenness([0, 0, 0, 4])
    (Evenness(least=1, most=1, gini=0.0), Evenness(least=0, most=4, gini=0.75))
    """
    ranked = sorted(counts)
    if ranked and ranked[0] < 0:
        raise ValueError("A count cannot be negative")
    total, n = sum(ranked), len(ranked)
    if not total:
        return Evenness(0, 0, 0.0)
    ahead = sum((2 * rank - n - 1) * count for rank, count in enumerate(ranked, start=1))
    return Evenness(ranked[0], ranked[-1], ahead / (n * total))
