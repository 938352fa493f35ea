"""Where the best plan is proven: beside the optimum of models written independently, and of trying all."""

import time
from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations, product

import numpy as np

from benchmarks.bars import Bar
from benchmarks.plan_coverage import SEED, SIZES, Size, company, field_of
from benchmarks.plan_peers import Answer, columns, cover
from coalface.methods.matching import Plan, Problem, plan

EXACT_SECONDS, SAME = 120.0, 1e-6
TINY, TINIES = Size(3, 12, 8, 0.2, 0.8, levels=2, eligible=8, owed=2), 200


def bars() -> Iterable[Bar]:
    """CPU seconds of one core for the whole of `plan`, of the peer, which has two minutes by the clock."""
    for size in SIZES:
        for levels in (None, 4):
            yield _beside_milp(replace(size, levels=levels))
    yield _beside_columns(replace(SIZES[0], low=0.2, high=0.8))
    yield _beside_trying_all()


def _timed(problem: Problem) -> tuple[Plan, float]:
    began = time.process_time()
    return plan(problem, seed=SEED), time.process_time() - began


def _beside_milp(size: Size) -> Bar:
    problem = company(size)
    found, seconds = _timed(problem)
    began = time.process_time()
    peer = cover(field_of(problem), EXACT_SECONDS)
    took = time.process_time() - began
    ended = "" if peer.ended else f", stopped after {EXACT_SECONDS:g} s with bound {peer.bound:.4f}"
    held = found.exact and _agree(found.objective, peer)
    return Bar(
        f"exact: {size}",
        f"{found.objective:.4f} in {seconds:.1f} s" + ("" if found.exact else ", not proven"),
        f"{peer.closed:.4f}" if peer.ended else f"≤ {peer.bound:.4f}",
        held,
        f"scipy milp {peer.closed:.4f} in {took:.1f} s{ended}",
    )


def _agree(objective: float, peer: Answer) -> bool:
    """The same optimum; where the peer was stopped, no worse than what it found, no better than it proved."""
    slack = SAME * objective
    return peer.closed - slack <= objective <= (peer.closed if peer.ended else peer.bound) + slack


def _beside_columns(size: Size) -> Bar:
    problem = company(size)
    found, seconds = _timed(problem)
    began = time.process_time()
    best = columns(field_of(problem))
    took = time.process_time() - began
    held = found.exact and abs(found.objective - best) <= SAME * best
    figures = f"{found.objective:.4f} in {seconds:.1f} s" + ("" if found.exact else ", not proven")
    return Bar(f"exact: {size}", figures, f"{best:.4f}", held, f"all ways to fill each place, {took:.1f} s")


def _beside_trying_all() -> Bar:
    """Of three people two share a level, so that what one hears helps the other."""
    same, seconds, short = 0, 0.0, []
    for seed in range(TINIES):
        problem = company(TINY, seed=seed)
        found, took = _timed(problem)
        seconds += took
        best = _by_trying_all(problem)
        same += found.exact and abs(found.objective - best) <= SAME * best
        short.append(found.objective / best)
    return Bar(
        f"exact: {TINIES} times {TINY}",
        f"{same} the best, in {seconds:.1f} s",
        f"{TINIES}",
        same == TINIES,
        f"trying all; the worst reaches {min(short):.6f}",
    )


def _by_trying_all(problem: Problem) -> float:
    """Sets of customers are bits of a number; what a level closes is looked up for each of all sets."""
    names = {one.key: bit for bit, one in enumerate(problem.candidates)}
    every = np.arange(1 << len(names))
    closes = {}
    for level, blind in problem.blind.items():
        closes[level] = np.zeros(len(every))
        for issue, share in blind.items():
            left = np.ones(len(every))
            for one in problem.candidates:
                left[every >> names[one.key] & 1 == 1] *= 1 - one.raises.get(issue, 0.0)
            closes[level] += problem.values[issue] * share * (1 - left)
    sets = [
        np.array(
            [
                sum(1 << names[key] for key in some)
                for size in range(seeker.owes + 1)
                for some in combinations(sorted(problem.may_meet[seeker.key]), size)
            ]
        )
        for seeker in problem.seekers
    ]
    ways = np.array([*product(*sets)])
    apart = np.bitwise_count(ways).sum(axis=1) == np.bitwise_count(np.bitwise_or.reduce(ways, axis=1))
    total = np.zeros(int(apart.sum()))
    for level in problem.blind:
        mine = [at for at, seeker in enumerate(problem.seekers) if seeker.level == level]
        total += closes[level][np.bitwise_or.reduce(ways[apart][:, mine], axis=1)]
    return float(total.max())
