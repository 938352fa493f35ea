"""How much of what customers experience has reached a person, and a level of the organisation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coalface.methods.results import Estimate

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# The logarithm of "surely seen": e^-800 is exactly 0, and none of it is 0 (none of -inf would be nan).
SURE = -800.0


@dataclass(frozen=True, slots=True)
class Sightings:
    """Who saw which issue: five sequences of one length, one place for each sighting.

    `person` and `issue` are 0-based positions; `weight` 0..1 is the depth of the contact; `age_days` ≥ 0;
    `source` identifies the encounter or the feedback, the unit that the bootstrap draws.
    """

    person: Sequence[int]
    issue: Sequence[int]
    weight: Sequence[float]
    age_days: Sequence[float]
    source: Sequence[int]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a level knows: does anyone know, does the typical person know, and who knows best, by issue."""

    someone: Estimate
    typical: Estimate
    known: tuple[float, ...]


def awareness(sightings: Iterable[tuple[float, float]], *, half_life: float = 90) -> float:
    """One person's awareness of one issue: sightings add up, and each fades by half in every half-life.

    Shapes: (weight 0..1, age in days ≥ 0) for each sighting. Units: 0 (never heard of) to 1; ≥ .5 is aware.
    Formula: 1 − Π (1 − w·2^(−age/h)). Errors: ValueError for a weight, age or half-life out of range.
    Source: noisy-or (Pearl 1988); weights and half-life are policy, not findings.

    >>> awareness([(1, 90)])
    0.5
    >>> round(awareness([(0.6, 45), (0.3, 200)]), 5)
    0.46128
    """
    _want_half_life(half_life)
    unaware = 1.0
    for weight, age in sightings:
        if not (0 <= weight <= 1 and age >= 0):
            raise ValueError(f"Weight {weight} lies outside 0..1, or age {age} below 0")
        unaware *= 1 - weight * 2 ** (-age / half_life)
    return 1 - unaware


def level_coverage(
    sightings: Sightings,
    *,
    persons: int,
    issues: int,
    values: Sequence[float] | None = None,
    half_life: float = 90,
    seed: int = 1,
    draws: int = 500,
) -> Coverage:
    """Which share of all issues a level knows: someone of them (best informed) and the typical one (mean).

    Shapes: `sightings` of this level only, `persons` and `issues` say how many there are, `values` weighs
    the issues (default: all alike). Units: shares 0..1; n = number of distinct sources.
    The interval is a bootstrap over sources, re-centred on the estimate: drawing with repetition leaves out
    a third of the sources each time, so plain percentiles would lie below the estimate and often miss it.
    With fewer than two sources there is no interval (None); with no person or no issue of value, no estimate.
    Errors: ValueError for lengths that differ, positions out of range, negative values, weights or ages.
    Source: Efron & Tibshirani (1993), chapters 8 and 10; the measure itself is this product's own.

    >>> seen = Sightings(person=[0, 1], issue=[0, 0], weight=[1, 0.6], age_days=[90, 0], source=[7, 8])
    >>> level = level_coverage(seen, persons=2, issues=2)
    >>> level.someone.estimate, level.typical.estimate, level.known
    (0.3, 0.275, (0.6, 0.0))
    """
    import numpy as np

    _want_half_life(half_life)
    worth = np.ones(issues) if values is None else np.asarray(values, dtype=np.float64)
    if len(worth) != issues or (worth < 0).any() or persons < 0:
        raise ValueError(f"{issues} issues want as many values; neither values nor persons are negative")
    cell, log_unaware, source = _by_cell(sightings, persons, issues, half_life)
    n = int(source.max()) + 1 if len(source) else 0
    if persons == 0 or worth.sum() == 0:
        nothing = Estimate(None, None, None, n, "bootstrap")
        return Coverage(nothing, nothing, (0.0,) * issues)

    best, someone, typical = _known(cell, log_unaware, persons, worth)
    pairs = np.empty((draws if n > 1 else 0, 2))
    rng = np.random.default_rng(seed)
    for draw in range(len(pairs)):
        drawn = np.bincount(rng.integers(0, n, size=n), minlength=n)
        pairs[draw] = _known(cell, drawn[source] * log_unaware, persons, worth)[1:]
    return Coverage(
        _recentred(someone, pairs[:, 0], n),
        _recentred(typical, pairs[:, 1], n),
        tuple(round(float(known), 12) for known in best),
    )


def _known(
    cell: "NDArray[np.int64]", log_unaware: "NDArray[np.float64]", persons: int, worth: "NDArray[np.float64]"
) -> "tuple[NDArray[np.float64], float, float]":
    """By issue what the best informed knows, and the shares known to someone and to the typical person."""
    import numpy as np

    sums = np.bincount(cell, weights=log_unaware, minlength=persons * len(worth))
    aware = np.abs(np.expm1(sums.reshape(persons, len(worth))))
    best, mean = aware.max(axis=0), aware.mean(axis=0)
    return best, float(best @ worth / worth.sum()), float(mean @ worth / worth.sum())


def _by_cell(
    sightings: Sightings, persons: int, issues: int, half_life: float
) -> "tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]":
    """The person-and-issue cell, the log of having missed it, and the numbered source, for each sighting."""
    import numpy as np

    person = np.asarray(sightings.person, dtype=np.int64)
    issue = np.asarray(sightings.issue, dtype=np.int64)
    weight = np.asarray(sightings.weight, dtype=np.float64)
    age = np.asarray(sightings.age_days, dtype=np.float64)
    if not len(person) == len(issue) == len(weight) == len(age) == len(sightings.source):
        raise ValueError("Sightings are five sequences of one length")
    if ((person < 0) | (person >= persons) | (issue < 0) | (issue >= issues)).any():
        raise ValueError(f"A sighting lies outside {persons} persons and {issues} issues")
    if not ((weight >= 0) & (weight <= 1) & (age >= 0)).all():
        raise ValueError("A weight lies between 0 and 1, and an age is not negative")
    seen = weight * np.exp2(-age / half_life)
    sure = seen >= 1
    log_unaware = np.where(sure, SURE, np.log1p(-np.where(sure, 0.0, seen)))
    source = np.unique(np.asarray(sightings.source), return_inverse=True)[1]
    return person * issues + issue, log_unaware, source.astype(np.int64)


def _recentred(estimate: float, drawn: "NDArray[np.float64]", n: int) -> Estimate:
    import numpy as np

    value = round(estimate, 12)
    if len(drawn) == 0:
        return Estimate(value, None, None, n, "bootstrap")
    low, high = (float(end) for end in np.quantile(drawn, [0.025, 0.975]) - drawn.mean() + estimate)
    return Estimate(value, max(0.0, min(low, value)), min(1.0, max(high, value)), n, "bootstrap")


def _want_half_life(half_life: float) -> None:
    if not half_life > 0:
        raise ValueError(f"A half-life is a positive number of days, not {half_life}")
