"""Fixes that halve what is heard, with the events registered for them: how often they are verified."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from benchmarks import verify_peers as peers
from benchmarks.bars import Bar
from coalface.methods.verification import Plan, events_needed, judge, registered_events

SEED, FIXES, STRUCTURAL, AT_LEAST = 7, 1_000, 60, 0.8
PLANS = {
    "in 26 weeks": Plan(0.5),
    "in totals": Plan(0.5, periods=1),
    "with a control of 300": Plan(0.5, control=300),
    "dispersion 2": Plan(0.5, dispersion=2),
    "looked at weekly": Plan(0.5, peeking=True),
}


def bars() -> Iterable[Bar]:
    for name, plan in PLANS.items():
        events = registered_events(plan, seed=SEED)
        rng = np.random.default_rng(SEED + 1)
        fixes = [_fix(rng, plan, events) for _ in range(FIXES)]
        share = sum(_verified(plan, *fix) for fix in fixes) / FIXES
        textbook = [_fix(rng, plan, events_needed(plan.ratio)) for _ in range(FIXES)]
        at_textbook = sum(_verified(replace(plan, peeking=False), *fix) for fix in textbook) / FIXES
        beside = f"at the textbook's 49: {at_textbook:.0%}"
        if plan.periods > 1:
            beside += f", t-test on months {sum(peers.t_test(*fix[:2]) for fix in fixes) / FIXES:.0%}"
            beside += f", structural series ({STRUCTURAL}) {_structural(fixes[:STRUCTURAL]):.0%}"
        title = f"halved {name}, {events} events registered: VERIFIED"
        yield Bar(title, f"{share:.1%}", f">= {AT_LEAST:.0%}", share >= AT_LEAST, beside)


def _structural(fixes: list[Any]) -> float:
    beside = (control and [*control[0], *control[1]] for _, _, control in fixes)
    answers = [peers.structural(*fix[:2], each) for fix, each in zip(fixes, beside, strict=True)]
    return sum(answers) / len(answers)


def _fix(rng: np.random.Generator, plan: Plan, events: float) -> tuple[Any, Any, Any]:
    before, after = _weeks(rng, plan, events), _weeks(rng, plan, events * plan.ratio)
    if plan.control is None:
        return before, after, None
    return before, after, (_weeks(rng, plan, plan.control), _weeks(rng, plan, plan.control))


def _weeks(rng: np.random.Generator, plan: Plan, events: float) -> list[int]:
    means = np.full(plan.periods, events / plan.periods)
    if plan.dispersion > 1:
        means = rng.gamma(means / (plan.dispersion - 1), plan.dispersion - 1)
    counts: list[int] = rng.poisson(means).tolist()
    return counts


def _verified(plan: Plan, before: list[int], after: list[int], control: Any) -> bool:
    weeks = len(after)
    for week in range(weeks, 0 if plan.peeking else weeks - 1, -1):
        beside = control and (control[0], control[1][:week])
        verdict = judge(before, after[:week], exposure=1, control=beside, smallest_effect=plan.ratio)
        if verdict.ruling == "verified":
            return True
    return False
