"""Fixes that changed nothing: how often a spike, a season, peeking or a closed form passes for success."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks import verify_peers as peers
from benchmarks.bars import Bar
from coalface.methods.verification import judge

SEED, FIXES, STRUCTURAL = 7, 5_000, 150
SPIKE_AT_MOST, DRIFT_AT_MOST, PEEKING_AT_MOST = 0.025, 0.03, 0.05
WEEKS, AFTER, PEEKS = 78, 26, 1_000


@dataclass(frozen=True, slots=True)
class Fixed:
    """Counts a week before and after a fix that did nothing."""

    before: list[int]
    after: list[int]


def spiked(rng: np.random.Generator) -> Iterator[Fixed]:
    """Issues picked at a spike: the one of twenty whose last eight weeks stand out most from its past.

    An issue is named Gamma(5, 2) times a week (mean 10). In one of two issues something passes through, some
    time in the last quarter: for 2 to 8 weeks 1.5 to 4 times as many. The fix comes 0 to 4 weeks after it
    was picked, and changes nothing.
    """
    while True:
        rates = rng.gamma(5, 2, 20)
        weeks = np.repeat(rates[:, None], WEEKS + AFTER, axis=1)
        for row in weeks:
            if rng.random() < 0.5:
                long, first = rng.integers(2, 9), rng.integers(WEEKS - 26, WEEKS)
                row[first : min(first + long, WEEKS)] *= rng.uniform(1.5, 4)
        counts = rng.poisson(weeks)
        picked_at = WEEKS - rng.integers(0, 5)
        late, early = counts[:, picked_at - 8 : picked_at], counts[:, : picked_at - 8]
        usual = early.mean(axis=1) + 0.1
        picked = counts[int(((late.mean(axis=1) - usual) / np.sqrt(usual)).argmax())].tolist()
        yield Fixed(picked[:WEEKS], picked[WEEKS:])


def drifting(rng: np.random.Generator) -> Iterator[Fixed]:
    """A season, a trend and over-dispersion φ = 3, each of any size in a plausible range.

    Gamma(5, 4) a week (mean 20); a year's wave of 10 to 40 % with its peak in any week; a trend with a
    standard deviation of 20 % a year; negative binomial counts.
    """
    week = np.arange(WEEKS + AFTER)
    while True:
        wave = rng.uniform(0.1, 0.4) * np.sin(2 * np.pi * (week / 52 + rng.random()))
        means = rng.gamma(5, 4) * np.exp(wave + rng.normal(0, 0.2) * week / 52)
        counts = rng.poisson(rng.gamma(means / 2, 2)).tolist()
        yield Fixed(counts[:WEEKS], counts[WEEKS:])


def steady(rng: np.random.Generator) -> Iterator[Fixed]:
    """Half a year before and a year after, Gamma(5, 2) a week: nothing happens at all."""
    while True:
        counts = rng.poisson(rng.gamma(5, 2), 26 + 52).tolist()
        yield Fixed(counts[:26], counts[26:])


def bars() -> Iterable[Bar]:
    yield _bar("picked at a spike, nothing fixed", spiked, SPIKE_AT_MOST)
    yield _bar("season, trend, dispersion 3, nothing fixed", drifting, DRIFT_AT_MOST)
    yield _peeking()
    yield _closed()


def _bar(name: str, generator: Callable[[np.random.Generator], Iterator[Fixed]], at_most: float) -> Bar:
    source = generator(np.random.default_rng(SEED))
    fixes = [next(source) for _ in range(FIXES)]
    share = _share(fixes, lambda before, after: judge(before, after, exposure=1).ruling == "verified")
    beside = ", ".join(
        f"{label} {_share(some, peer):.1%}"
        for label, peer, some in (
            ("point ratio < .9", peers.naive, fixes),
            ("exact ratio", peers.exact, fixes),
            ("t-test on months", peers.t_test, fixes),
            (f"structural series ({STRUCTURAL})", peers.structural, fixes[:STRUCTURAL]),
        )
    )
    return Bar(f"{FIXES:,} {name}: VERIFIED", f"{share:.2%}", f"<= {at_most:.1%}", share <= at_most, beside)


def _share(fixes: Sequence[Fixed], says: Callable[[Any, Any], bool]) -> float:
    return sum(says(fix.before, fix.after) for fix in fixes) / len(fixes)


def _peeking() -> Bar:
    source = steady(np.random.default_rng(SEED))
    fixes = [next(source) for _ in range(PEEKS)]

    def ever(says: Callable[[Any, Any], bool]) -> float:
        looked = (any(says(fix.before, fix.after[:week]) for week in range(1, 53)) for fix in fixes)
        return sum(looked) / len(fixes)

    share = ever(lambda before, after: judge(before, after, exposure=1).ruling == "verified")
    beside = ", ".join(
        f"{label} {ever(peer):.1%}"
        for label, peer in (
            ("point ratio < .9", peers.naive),
            ("exact ratio", peers.exact),
            ("t-test on months", peers.t_test),
        )
    )
    name = f"{PEEKS:,} looked at weekly for a year, nothing fixed: ever VERIFIED"
    return Bar(name, f"{share:.2%}", f"<= {PEEKING_AT_MOST:.0%}", share <= PEEKING_AT_MOST, beside)


def _closed() -> Bar:
    """A form that brought 20 to 90 % of 100 contacts a week, and most of the issue's, is gone."""
    rng = np.random.default_rng(SEED)
    verified = passed = 0
    for _ in range(PEEKS):
        by_form, of_issue = rng.uniform(0.2, 0.9), rng.uniform(0.5, 1)
        rate = rng.uniform(3, 15)
        issue, contacts = rng.poisson(rate, 52), rng.poisson(100, 52)
        left, quiet = rng.poisson(rate * (1 - of_issue), 26), rng.poisson(100 * (1 - by_form), 26)
        both = (contacts + issue).tolist(), (quiet + left).tolist()
        verdict = judge(issue.tolist(), left.tolist(), exposure=1, all_contacts=both)
        verified += verdict.ruling == "verified"
        passed += peers.naive(issue.tolist(), left.tolist())
    return Bar(
        f"{PEEKS:,} complaint forms removed at the fix: VERIFIED",
        f"{verified}",
        "0",
        verified == 0,
        f"point ratio < .9: {passed / PEEKS:.1%}",
    )
