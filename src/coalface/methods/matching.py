"""Who meets whom: a whole plan with its proof, or the next customer drawn fairly."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from coalface.methods.choosing import deficits, drawn, lagging
from coalface.methods.feasibility import Conflict, Flow, Remedy, assign
from coalface.methods.fields import Laid, lay, matched, weights
from coalface.methods.filling import filled_up, left_possible
from coalface.methods.meetings import Candidate, Match, Opening, Problem, Seeker
from coalface.methods.optimum import PROVEN, Best, best
from coalface.methods.shares import Seats, draw_places, leave_to_chance, meet_again, share_of

__all__ = [
    "Candidate",
    "Choice",
    "Conflict",
    "Match",
    "Opening",
    "Plan",
    "Problem",
    "Remedy",
    "Seeker",
    "plan",
    "stratified_choice",
]


@dataclass(frozen=True, slots=True)
class Choice:
    """The customer drawn, the stratum, its deficit in meetings, and among how many of it they were drawn."""

    chosen: str
    stratum: str
    deficit: float
    among: int


def stratified_choice(
    *, base: Mapping[str, int], met: Mapping[str, int], eligible: Mapping[str, Sequence[str]], seed: int
) -> Choice | None:
    """Draw the next customer: first a stratum, the likelier the further it lies behind, then anyone in it.

    Shapes: customers of the base and meetings so far by stratum; eligible customers' names by stratum.
    Units: `deficit` is in meetings: base share × (meetings so far + 1) − meetings with this stratum.
    Strata with nobody eligible are passed over. When no stratum left has a deficit the draw follows the base,
    and when the base knows none of them, the number eligible. Nobody eligible: None.
    The same seed gives the same customer, in whatever order the mappings and sequences come.
    Errors: ValueError for negative counts.
    Source: proportional stratified sampling (Cochran 1977, chapter 5), one unit at a time.

    >>> stratified_choice(
    ...     base={"private": 90, "trade": 10}, met={"private": 20}, eligible={"trade": ["Ada"]}, seed=1
    ... )
    Choice(chosen='Ada', stratum='trade', deficit=2.1, among=1)
    """
    if any(count < 0 for counts in (base, met) for count in counts.values()):
        raise ValueError("A count cannot be negative")
    names = {stratum: sorted(set(eligible[stratum])) for stratum in sorted(eligible) if eligible[stratum]}
    if not names:
        return None
    behind = deficits(base, met)
    rng = Random(seed)
    stratum = drawn(lagging(base, met, {key: len(who) for key, who in names.items()}), rng)
    among = names[stratum]
    chosen = among[int(rng.random() * len(among))]
    return Choice(chosen, stratum, round(behind.get(stratum, -met.get(stratum, 0)), 12), len(among))


@dataclass(frozen=True, slots=True)
class Plan:
    """Who meets whom, and how good that is.

    `objective` is the worth of the blind spots this is expected to close, the sum of the matches' gains;
    given who sits where and what was locked, drawn or given to those who met before, nothing better than
    `bound` exists. `exact`: this is the best. `owed` and `met` count encounters; if and only if they differ,
    `conflicts` say who is in whose way and what would resolve it; `conflict` is the one in which most is
    missing. `disturbed`: matches of the previous plan that this one does not have.
    """

    matches: tuple[Match, ...]
    objective: float
    bound: float
    exact: bool
    owed: int
    met: int
    conflicts: tuple[Conflict, ...] = ()
    disturbed: int = 0

    @property
    def conflict(self) -> Conflict | None:
        """The one in which most is missing, the proven before the others."""
        return self.conflicts[0] if self.conflicts else None

    @property
    def gap(self) -> float:
        """By which share of the bound this plan may fall short of the best."""
        return 1 - self.objective / self.bound if self.bound > 0 else 0.0


def plan(problem: Problem, *, seed: int, exact_up_to: int = 15_000) -> Plan:
    """Plan a period: everybody's encounters first, then a share by chance, then what closes most blind spots.

    The hard part is `feasibility.assign`: what everybody owes, calendars, seats. Where nobody is asked by
    name place
    and hour are drawn. Of the places for named customers `random_share` goes to customers drawn from the
    whole base by stratum, `continuity_share` to pairs who met before; at least `after_purchase_share` go to
    customers after their purchase, as far as there are any. The rest is chosen so that
    Σ value · blindness · [1 − Π(1 − chance)] over levels and issues is as large as can be found: greedy,
    rounding of a
    relaxed optimum and changes; up to `exact_up_to` pairs of person and customer by branch and bound. What is
    locked stays. A plan that cannot give everybody what they owe has the rest all the same and says so.
    Shapes: a problem in any order; the same problem and seed give the same plan. Units: those of the values.
    Errors: ValueError for two of one key, negative values, chances, blindness or shares outside 0 to 1.
    Source: Minoux 1978 (lazy greedy); Nemhauser, Wolsey & Fisher 1978 (submodular cover); Chambolle & Pock
    2011
    (the prices that prove the bound); HiGHS (branch and bound).

    >>> worth = {"a": 5.0, "b": 4.0, "c": 3.0, "d": 2.0}
    >>> raised = {"c1": "ab", "c2": "ac", "c3": "bd", "c4": "c"}
    >>> found = plan(
    ...     Problem(
    ...         seekers=(Seeker("ada", "top", 2, 2, frozenset({"mon", "tue"})),),
    ...         openings=(Opening("mon", 1, 1, "shop"), Opening("tue", 1, 1, "shop")),
    ...         candidates=tuple(
    ...             Candidate(key, "all", False, 1, dict.fromkeys(raised[key], 1.0)) for key in raised
    ...         ),
    ...         may_meet={"ada": frozenset(raised)},
    ...         values=worth,
    ...         blind={"top": dict.fromkeys(worth, 1.0)},
    ...         random_share=0,
    ...         continuity_share=0,
    ...     ),
    ...     seed=1,
    ... )
    >>> found.objective, found.bound, found.exact, [match.candidate for match in found.matches]
    (14.0, 14.0, True, ['c2', 'c3'])
    """
    problem = _in_order(problem)
    worth = weights(problem)
    flow = assign(problem)
    chance = Random(seed)
    seats = _set_aside(problem, flow, worth, chance)
    laid = lay(seats, _left(problem, seats.matches, worth), chance)
    after = _after_purchase(problem, seats, laid)
    found = best(laid.field, least=after, exact_up_to=exact_up_to, seed=seed)
    chosen = matched(laid, found.chosen)
    told = _told(problem, (*seats.matches, *filled_up(seats, chosen), *_nobody_named(seats)), worth)
    given = math.fsum(match.gain for match in _told(problem, seats.matches, worth))
    return _plan(problem, _as_told(seats, flow, told), told, found, given)


def _in_order(problem: Problem) -> Problem:
    return replace(
        problem,
        seekers=tuple(sorted(problem.seekers, key=lambda one: one.key)),
        openings=tuple(sorted(problem.openings, key=lambda one: one.key)),
        candidates=tuple(sorted(problem.candidates, key=lambda one: one.key)),
    )


def _set_aside(problem: Problem, flow: Flow, worth: Mapping[tuple[str, str], float], chance: Random) -> Seats:
    """Seats with what is locked, drawn and given to those who met before."""
    seats = Seats(problem, flow.assigned)
    draw_places(seats, chance)
    by_chance = share_of(seats.places, problem.random_share, chance)
    again = share_of(seats.places, problem.continuity_share, chance)
    leave_to_chance(seats, by_chance, chance)
    meet_again(seats, again, _alone(problem, worth))
    return left_possible(seats)


def _alone(problem: Problem, worth: Mapping[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    """What each pair who met before would close if it were the only one."""
    levels = {seeker.key: seeker.level for seeker in problem.seekers}
    raises = {one.key: one.raises for one in problem.candidates}
    return {
        (seeker, key): math.fsum(
            worth.get((levels[seeker], issue), 0.0) * q for issue, q in raises[key].items()
        )
        for seeker, key in problem.met_before
        if seeker in levels and key in raises
    }


def _left(
    problem: Problem, matches: Sequence[Match], worth: Mapping[tuple[str, str], float]
) -> dict[tuple[str, str], float]:
    """What each issue is still worth to each level once these have taken place."""
    left = dict(worth)
    levels = {seeker.key: seeker.level for seeker in problem.seekers}
    raises = {one.key: one.raises for one in problem.candidates}
    for match in matches:
        for issue, q in raises.get(match.candidate or "", {}).items():
            cell = levels.get(match.seeker, ""), issue
            if cell in left:
                left[cell] *= 1 - q
    return {cell: value for cell, value in left.items() if value > 0}


def _after_purchase(problem: Problem, seats: Seats, laid: Laid) -> tuple[int, Any]:
    """How many more places have to go to customers after their purchase, and which pairs those would be."""
    import numpy as np

    after = {one.key for one in problem.candidates if one.after_purchase}
    there = sum(match.candidate in after for match in seats.matches[len(problem.locked) :])
    wanted = math.ceil(round(seats.places * problem.after_purchase_share, 9)) - there
    late = np.array([key in after for key in laid.candidates], dtype=bool)
    return max(0, wanted), late[laid.field.candidate] if laid.field.pairs else np.zeros(0, bool)


def _nobody_named(seats: Seats) -> list[Match]:
    """Seats in slots where nobody is asked by name: place and hour were drawn."""
    locked = {(match.seeker, match.opening) for match in seats.problem.locked}
    return [
        Match(seeker, slot, None, "random")
        for seeker, slot in seats.room
        if not seats.openings[slot].customers and (seeker, slot) not in locked
    ]


def _told(
    problem: Problem, matches: Sequence[Match], worth: Mapping[tuple[str, str], float]
) -> tuple[Match, ...]:
    """The matches in order of people and slots, each with what it adds to those before it, and why."""
    levels = {seeker.key: seeker.level for seeker in problem.seekers}
    raises = {one.key: one.raises for one in problem.candidates}
    left, told = dict(worth), []
    for match in matches:
        level, gain, issues = levels.get(match.seeker, ""), 0.0, []
        for issue, q in sorted(raises.get(match.candidate or "", {}).items()):
            if q > 0 and (level, issue) in worth:
                gain += left[level, issue] * q
                left[level, issue] *= 1 - q
                issues.append((-worth[level, issue] * q, issue))
        told.append(replace(match, gain=gain, issues=tuple(issue for _, issue in sorted(issues))))
    return tuple(sorted(told, key=lambda match: (match.seeker, match.opening, match.candidate or "")))


def _as_told(seats: Seats, flow: Flow, matches: Sequence[Match]) -> Flow:
    """What is covered, less the encounters that found nobody to meet after all; each of those is named."""
    there = {(match.seeker, match.opening) for match in matches}
    theirs: dict[str, list[str]] = {}
    for who, slot in seats.room:
        theirs.setdefault(who, []).append(slot)
    lacking = []
    for seeker in seats.problem.seekers:
        slots = theirs.get(seeker.key, [])
        empty = tuple(slot for slot in slots if (seeker.key, slot) not in there)
        missing = min(seeker.owes, len(slots)) - min(seeker.owes, len(slots) - len(empty))
        if missing:
            remedies = tuple(
                Remedy(code, missing, seekers=((seeker.key, missing),))
                for code in ("ask_more_customers", "lower_owed")
            )
            may_meet = tuple(sorted(seats.problem.may_meet.get(seeker.key, ())))
            lacking.append(Conflict((seeker.key,), empty, missing, remedies, may_meet, proven=False))
    covered = flow.covered - sum(conflict.missing for conflict in lacking)
    return replace(flow, covered=covered, conflicts=(*flow.conflicts, *lacking))


def _plan(problem: Problem, flow: Flow, matches: tuple[Match, ...], found: Best, given: float) -> Plan:
    objective = math.fsum(match.gain for match in matches)
    bound = max(objective, given + found.bound)
    before = Counter((match.seeker, match.opening, match.candidate) for match in problem.previous)
    now = Counter((match.seeker, match.opening, match.candidate) for match in matches)
    return Plan(
        matches=matches,
        objective=objective,
        bound=bound,
        exact=found.exact and objective >= bound * (1 - PROVEN),
        owed=flow.owed,
        met=flow.covered,
        conflicts=flow.conflicts,
        disturbed=(before - now).total(),
    )
