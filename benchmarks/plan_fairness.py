"""Fairness: how often honest leaders are blamed, how often cherry-pickers are found, beside PSI > .1."""

from collections.abc import Iterable

import numpy as np

from benchmarks.bars import Bar
from coalface.methods.contact import representativeness, under_sampled
from coalface.methods.fairness import judged_together

BASE = {"private": 0.5, "family": 0.3, "trade": 0.15, "farm": 0.05}
LEADERS, MET, SEED = 1_000, 40, 6
CUSTOMERS, UNHAPPY, PICKED = 1_000, 250, 0.025
BLAMED_AT_MOST, FOUND_AT_LEAST, FOLKLORE = 0.05, 0.95, 0.1


def psi(met: Iterable[float], base: Iterable[float], *, smooth: float = 0.5) -> float:
    """Population stability index; `smooth` is added to every cell when one of them is empty."""
    counts, shares = np.array([*met], dtype=float), np.array([*base], dtype=float)
    if not counts.all():
        counts = counts + smooth
    met_shares, shares = counts / counts.sum(), shares / shares.sum()
    return float(((met_shares - shares) * np.log(met_shares / shares)).sum())


def bars() -> Iterable[Bar]:
    """The leaders are drawn from the base itself: whoever is flagged is blamed wrongly."""
    rng = np.random.default_rng(SEED)
    drawn = rng.multinomial(MET, list(BASE.values()), size=LEADERS)
    people = [dict(zip(BASE, row.tolist(), strict=True)) for row in drawn]
    flagged = sum(representativeness(met, BASE).verdict == "skewed" for met in people) / LEADERS
    folklore = np.mean([psi(row, BASE.values()) > FOLKLORE for row in drawn])
    together = judged_together({str(n): met for n, met in enumerate(people)}, BASE)
    adjusted = sum(one.verdict == "skewed" for one in together.values())
    yield Bar(
        f"{LEADERS:,} fair leaders, {MET} met each: blamed",
        f"{flagged:.1%}",
        f"<= {BLAMED_AT_MOST:.0%}",
        flagged <= BLAMED_AT_MOST,
        f"PSI > {FOLKLORE}: {folklore:.1%}; all judged together: {adjusted} of {LEADERS:,}",
    )
    yield from _pickers(rng)


def _pickers(rng: np.random.Generator) -> Iterable[Bar]:
    shares = [UNHAPPY / CUSTOMERS, 1 - UNHAPPY / CUSTOMERS]
    for name, unhappy in (
        (f"who meet {PICKED:.1%}", np.full(LEADERS, int(PICKED * MET))),
        (f"who meet {PICKED:.1%} on average", rng.binomial(MET, PICKED, LEADERS)),
    ):
        found = np.mean([_one(int(marked)) == "under_sampled" for marked in unhappy])
        folklore = np.mean([psi([marked, MET - marked], shares) > FOLKLORE for marked in unhappy])
        yield Bar(
            f"cherry-pickers {name} unhappy of {UNHAPPY / CUSTOMERS:.0%}: found",
            f"{found:.1%}",
            f">= {FOUND_AT_LEAST:.0%}",
            found >= FOUND_AT_LEAST,
            f"PSI > {FOLKLORE}: {folklore:.1%}",
        )
    honest = rng.hypergeometric(UNHAPPY, CUSTOMERS - UNHAPPY, MET, LEADERS)
    blamed = np.mean([_one(int(marked)) == "under_sampled" for marked in honest])
    yield Bar(
        f"{LEADERS:,} fair leaders, the same test: blamed",
        f"{blamed:.1%}",
        f"<= {BLAMED_AT_MOST:.0%}",
        blamed <= BLAMED_AT_MOST,
        f"PSI > {FOLKLORE}: {np.mean([psi([m, MET - m], shares) > FOLKLORE for m in honest]):.1%}",
    )


def _one(marked: int) -> str:
    return under_sampled(base=CUSTOMERS, base_marked=UNHAPPY, met=MET, met_marked=marked).verdict
