"""Replanning: one slot in twenty vanishes; how many other meetings move, beside a plan made from scratch."""

import time
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from benchmarks.bars import Bar
from coalface.methods.feasibility import assign
from coalface.methods.meetings import Match, Opening, Problem, Seeker
from coalface.methods.replanning import replan

SEED, VANISHED, MOVED_AT_MOST = 6, 0.05, 0.08
# people, what each owes, slots, slots each can take: with many, some and hardly any seats to spare
SIZES = ((500, 4, 2_600, 20), (1_000, 4, 4_400, 20), (1_000, 4, 4_250, 12))


def bars() -> Iterable[Bar]:
    """Earlier plans come from the same flow; the one from scratch too, seeing people in another order."""
    for people, owes, slots, degree in SIZES:
        problem, previous = planned(people, owes, slots, degree)
        rng = np.random.default_rng(SEED + 1)
        gone = {problem.openings[at].key for at in rng.choice(slots, int(slots * VANISHED), replace=False)}
        after = replace(
            problem,
            openings=tuple(one for one in problem.openings if one.key not in gone),
            previous=previous,
        )
        others = [match for match in previous if match.opening not in gone]
        began = time.process_time()
        found = replan(after)
        seconds = time.process_time() - began
        scratch = assign(after)
        moved = len(found.disturbed) / len(others)
        peer = sum(match.opening not in scratch.assigned[match.seeker] for match in others) / len(others)
        yield Bar(
            f"{people:,} people owe {owes} each, {slots:,} slots, {VANISHED:.0%} vanish: others moved",
            f"{moved:.2%} ({len(found.disturbed)}), {seconds:.1f} CPU-s",
            f"<= {MOVED_AT_MOST:.0%}",
            moved <= MOVED_AT_MOST and found.flow.covered == scratch.covered,
            f"from scratch {peer:.0%}; both cover {scratch.covered:,} of {scratch.owed:,}",
        )


def planned(people: int, owes: int, slots: int, degree: int) -> tuple[Problem, tuple[Match, ...]]:
    """Everybody can take slots drawn at random; the plan that is published before slots vanish."""
    rng = np.random.default_rng(SEED)
    names = [f"s{number:05}" for number in range(slots)]
    problem = Problem(
        tuple(
            Seeker(
                f"e{who:04}",
                "team",
                owes,
                owes,
                frozenset(names[at] for at in rng.choice(slots, degree, replace=False)),
            )
            for who in range(people)
        ),
        tuple(Opening(name, 1, 0, "shop") for name in names),
    )
    flow = assign(problem)
    return problem, tuple(Match(who, slot) for who, taken in flow.assigned.items() for slot in taken)
