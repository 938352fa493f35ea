"""The worked examples, to the digits their sources give, and the smoking ban of Sicily."""

import csv
import math
import os
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from benchmarks.bars import Bar
from coalface.methods.verification import (
    Cusum,
    RateRatio,
    events_needed,
    expected_without_fix,
    interrupted_series,
    judge,
    rate_ratio,
)

# Folder `sicily` (sicily.csv) as github.com/gasparrini/2017_lopezbernal_IJE_codedata publishes it.
PLACES = (os.environ.get("COALFACE_REAL_DATA", "data"), "../shared/data")
DATA = next((Path(place) for place in PLACES if Path(place).is_dir()), Path(PLACES[0]))
FIRST_AFTER, MONTHS = 36, 12
SEED, THEMES = 7, 60_000


def bars() -> Iterable[Bar]:
    gu = rate_ratio(after=60, exposure_after=51_477.5, before=30, exposure_before=54_308.7)
    yield _near("A23 Gu et al. 2008, 60 v 30", _said(gu), (2.110, 1.340, 3.388), 1e-3)
    few = rate_ratio(after=2, exposure_after=17_877, before=9, exposure_before=16_660)
    yield _near("A24 rateratio.test, 2 v 9", (few.low, few.high, few.p), (0.02177, 1.00055, 0.0501), 1e-4)
    yield from _sicily()
    beside = judge(42, 18, exposure=10_000, control=(100, 80))
    yield _near("A26 42 to 18, control 100 to 80", _said(beside.ratio), (0.5357, 0.2866, 1.0014), 1e-4)
    yield _code("A26 ruling with that control group", beside.ruling, "improved_not_proven")
    yield _code("A26 ruling without it", judge(42, 18, exposure=10_000).ruling, "verified")
    yield from _regression_to_the_mean()
    needed = events_needed(0.5, 0.8), events_needed(0.7, 0.8)
    yield _near("A28 events before, ratio .5 and .7", needed, (49.0, 149.8), 0.05)
    fall = Cusum(in_control=10, out_of_control=6, limit=8)
    sums = fall.sums([11, 9, 7, 6, 5, 7, 4])
    yield _near("A29 CUSUM: k and the seventh sum", (fall.k, sums[-1]), (7.8305, 10.152), 1e-3)
    draw = np.random.default_rng(SEED)
    for rate, length, within in ((10, 276, 0.1), (6, 5.0, 0.05)):
        runs = [fall.signal(draw.poisson(rate, 4_000).tolist()) or 4_000 for _ in range(1_000)]
        yield _near(
            f"A29 weeks until a signal at {rate} a week", (float(np.mean(runs)),), (length,), within * length
        )


def _sicily() -> Iterable[Bar]:
    path = DATA / "sicily/sicily.csv"
    if not path.exists():
        yield Bar("A25 Sicily", "no file", "sicily/sicily.csv", False)
        return
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    counts, people = [int(row["aces"]) for row in rows], [float(row["stdpop"]) for row in rows]
    plain = interrupted_series(counts, people, FIRST_AFTER, None)
    yield _near("A25 Sicily, Poisson", _said(plain.plain), (0.894, 0.865, 0.925), 6e-4)
    yield _near("A25 Sicily, dispersion allowed for", _said(plain.ratio), (0.894, 0.839, 0.953), 1e-3)
    season = interrupted_series(counts, people, FIRST_AFTER, MONTHS)
    yield _near("A25 Sicily, with season", _said(season.ratio), (0.885, 0.839, 0.933), 6e-4)
    yield _near("A25 Sicily, naive ratio", (season.naive or math.nan,), (1.034,), 6e-4)
    yield _code("A25 the naive ratio is warned of", ", ".join(season.warnings), "naive_disagrees")


def _regression_to_the_mean() -> Iterable[Bar]:
    known = expected_without_fix([25], mean=10, variance=30)
    yield _near("A27 25 seen: expected, weight", (known.expected[0], known.weight), (20.0, 1 / 3), 1e-3)
    rng = np.random.default_rng(SEED)
    rates = rng.gamma(5, 2, THEMES)
    before, after = rng.poisson(rates), rng.poisson(rates)
    picked = before >= 20
    drop = after[picked].mean() / before[picked].mean() - 1
    expected = np.asarray(expected_without_fix(before.tolist()).expected)[picked].mean()
    yield _near("A27 picked at 20 or more: drop", (drop,), (-0.188,), 0.01)
    yield _near("A27 picked at 20 or more: expected", (expected,), (18.89,), 0.15)
    total = judge(int(before[picked].sum()), int(after[picked].sum()), exposure=int(picked.sum()))
    share = after[picked].sum() / (expected * picked.sum())
    yield _near(
        "A27 what is left of the drop", (share,), (1.0,), 0.01, f"ratio without it: {total.naive:.3f}"
    )


def _said(ratio: RateRatio) -> tuple[float, ...]:
    return (ratio.estimate if ratio.estimate is not None else math.nan, ratio.low, ratio.high)


def _near(
    name: str, got: tuple[float, ...], wanted: tuple[float, ...], within: float, beside: str = ""
) -> Bar:
    held = all(abs(one - other) <= within for one, other in zip(got, wanted, strict=True))
    return Bar(name, _digits(got), _digits(wanted), held, beside)


def _digits(numbers: tuple[float, ...]) -> str:
    return " ".join(f"{number:.5g}" for number in numbers)


def _code(name: str, got: str, wanted: str) -> Bar:
    return Bar(name, got[:40], wanted, wanted in got)
