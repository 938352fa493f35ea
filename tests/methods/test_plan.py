"""A whole plan: nothing it must not do, nothing better than its bound, and the best where it says so."""

from collections import Counter
from dataclasses import replace
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coalface.methods.matching import Candidate, Match, Opening, Problem, Seeker, plan
from coalface.methods.replanning import replan

LEVELS, ISSUES = ("top", "team"), ("a", "b", "c", "d")
TENTH = st.integers(0, 10).map(lambda number: number / 10)


def of_name(name):
    raises = st.dictionaries(st.sampled_from(ISSUES), TENTH, max_size=3)
    return st.builds(
        Candidate, st.just(name), st.sampled_from("uvw"), st.booleans(), st.integers(0, 1), raises
    )


@st.composite
def problems(draw, *, free=True, people=4, slots=5, customers=7):
    """Small problems of every kind: clashes, seats, restrictions, shares, customers by name or not."""
    keys = [f"s{number}" for number in range(draw(st.integers(1, slots)))]
    openings = tuple(
        Opening(
            key,
            draw(st.integers(0, 2)),
            draw(st.integers(0, 2)) if free else 1,
            draw(st.sampled_from("xy")),
            draw(st.frozensets(st.sampled_from(keys), max_size=1)) - {key} if free else frozenset(),
        )
        for key in keys
    )
    seekers = tuple(
        Seeker(
            f"p{number}",
            draw(st.sampled_from(LEVELS)),
            owes,
            owes + draw(st.integers(0, 1)),
            draw(st.frozensets(st.sampled_from(keys))),
        )
        for number in range(draw(st.integers(1, people)))
        for owes in [draw(st.integers(0, 2))]
    )
    names = [f"c{number}" for number in range(draw(st.integers(0, customers)))]
    candidates = tuple(draw(of_name(name)) for name in names)
    of = st.frozensets(st.sampled_from(names)) if names else st.just(frozenset())
    return Problem(
        seekers,
        openings,
        candidates,
        may_meet={seeker.key: draw(of) for seeker in seekers},
        may_come={
            name: draw(st.frozensets(st.sampled_from(keys))) for name in names if free and draw(st.booleans())
        },
        values={issue: draw(st.integers(0, 9)) / 1 for issue in ISSUES},
        blind={level: {issue: draw(TENTH) for issue in ISSUES} for level in LEVELS},
        shares={"u": 0.6, "v": 0.3, "w": 0.1},
        met_before=frozenset(
            (seeker.key, name) for seeker in seekers for name in names if free and draw(st.booleans())
        ),
        random_share=draw(TENTH) if free else 0.0,
        continuity_share=draw(TENTH) if free else 0.0,
        after_purchase_share=draw(TENTH) if free else 0.0,
    )


def closed(problem, matches):
    levels = {seeker.key: seeker.level for seeker in problem.seekers}
    raises = {one.key: one.raises for one in problem.candidates}
    total = 0.0
    for level, blind in problem.blind.items():
        for issue, share in blind.items():
            left = 1.0
            for match in matches:
                if match.candidate and levels[match.seeker] == level:
                    left *= 1 - raises[match.candidate].get(issue, 0)
            total += problem.values.get(issue, 0) * share * (1 - left)
    return total


def wrongs(problem, found):
    """Everything a plan must not do."""
    openings = {opening.key: opening for opening in problem.openings}
    at_most = {one.key: one.at_most for one in problem.candidates}
    seats = {(match.seeker, match.opening) for match in found.matches}
    by_seat = Counter((match.seeker, match.opening) for match in found.matches if match.candidate)
    taken = Counter(slot for _, slot in seats)
    met = Counter(match.candidate for match in found.matches if match.candidate)
    for seeker in problem.seekers:
        mine = {slot for who, slot in seats if who == seeker.key}
        if not mine <= seeker.slots or len(mine) > seeker.at_most:
            yield seeker.key, mine
        if any(b in openings[a].clashes or a in openings[b].clashes for a, b in combinations(mine, 2)):
            yield seeker.key, "clash"
    yield from (slot for slot, number in taken.items() if number > openings[slot].seats)
    yield from (seat for seat, number in by_seat.items() if number > openings[seat[1]].customers)
    yield from (key for key, number in met.items() if number > at_most[key])
    have = Counter(seeker for seeker, _ in seats)
    if sum(min(seeker.owes, have[seeker.key]) for seeker in problem.seekers) != found.met:
        yield "met", found.met
    for match in found.matches:
        if match.candidate:
            come = problem.may_come.get(match.candidate)
            if match.candidate not in problem.may_meet[match.seeker] or (
                come is not None and match.opening not in come
            ):
                yield match
    for (seeker, slot), number in Counter((m.seeker, m.opening) for m in found.matches).items():
        if number > 1 and not openings[slot].customers:
            yield seeker, slot


@given(problems(), st.integers(0, 3))
@settings(max_examples=25, deadline=None)
def test_a_plan_breaks_no_rule_and_nothing_exceeds_its_bound(problem, seed):
    found = plan(problem, seed=seed)
    assert list(wrongs(problem, found)) == []
    assert found.objective == pytest.approx(closed(problem, found.matches))
    assert found.objective <= found.bound
    assert found.met == found.owed or found.conflict is not None


@given(problems(free=False, people=3, slots=3, customers=5))
@settings(max_examples=25, deadline=None)
def test_a_small_plan_is_the_best_there_is(problem):
    found, best = plan(problem, seed=1), _by_trying_all(problem, plan(problem, seed=1))
    assert found.objective <= best + 1e-6 <= found.bound + 2e-6
    if found.exact:
        assert found.objective == pytest.approx(best, rel=1e-6)
    quick = plan(problem, seed=1, exact_up_to=0)
    assert best <= quick.bound + 1e-6


def _by_trying_all(problem, found):
    """The best for the seats of this plan."""
    seats = [(m.seeker, m.opening) for m in found.matches]
    wanted = Counter(seeker for seeker, _ in seats)
    free = {one.key for one in problem.candidates if one.at_most}

    def rest(people, left, chosen):
        if not people:
            return closed(problem, chosen)
        who, number = people[0]
        able = sorted(problem.may_meet[who] & left)
        return max(
            rest(people[1:], left - {*some}, [*chosen, *(Match(who, "", key) for key in some)])
            for size in range(min(number, len(able)) + 1)
            for some in combinations(able, size)
        )

    return rest(sorted(wanted.items()), free, [])


@given(problems(), st.integers(0, 3))
@settings(max_examples=12, deadline=None)
def test_the_order_of_what_comes_in_changes_nothing(problem, seed):
    turned = replace(
        problem,
        seekers=problem.seekers[::-1],
        openings=problem.openings[::-1],
        candidates=tuple(
            replace(one, raises=dict(reversed(one.raises.items()))) for one in problem.candidates[::-1]
        ),
        may_meet=dict(reversed(problem.may_meet.items())),
        blind=dict(reversed(problem.blind.items())),
        shares=dict(reversed(problem.shares.items())),
    )
    assert plan(problem, seed=seed) == plan(turned, seed=seed)


@given(problems(), st.integers(0, 3))
@settings(max_examples=12, deadline=None)
def test_what_is_locked_stays(problem, seed):
    first = plan(problem, seed=seed)
    locked = tuple(replace(match, way="by_hand") for match in first.matches[::2])
    again = plan(replace(problem, locked=locked), seed=seed + 1)
    stays = {(match.seeker, match.opening, match.candidate, match.way) for match in again.matches}
    assert {(match.seeker, match.opening, match.candidate, match.way) for match in locked} <= stays
    assert list(wrongs(problem, again)) == []


@given(problems(), st.integers(0, 3), st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_planned_anew_in_any_order_no_rule_is_broken_and_all_adds_up(problem, seed, chance):
    def shuffled(many):
        return tuple(chance.sample(list(many), len(many)))

    before = shuffled(plan(problem, seed=seed).matches)
    middle = len(before) // 2
    problem = replace(problem, locked=before[:middle], previous=before[middle:])
    problem = replace(problem, locked=(*problem.locked, *replan(problem).kept))
    found = plan(problem, seed=seed + 1)
    assert list(wrongs(problem, found)) == []
    stays = {(match.seeker, match.opening, match.candidate) for match in found.matches}
    assert {(match.seeker, match.opening, match.candidate) for match in problem.locked} <= stays
    gains = sum(match.gain for match in found.matches)
    assert gains == pytest.approx(found.objective) == closed(problem, found.matches)
    assert found.objective <= found.bound
    assert found.met <= found.owed
    assert bool(found.conflicts) == (found.met < found.owed)
    assert found.conflict == next(iter(found.conflicts), None)
    mixed = replace(
        problem,
        **{
            name: shuffled(getattr(problem, name))
            for name in ("seekers", "openings", "candidates", "locked", "previous")
        },
    )
    assert plan(mixed, seed=seed + 1) == found


def shop(*, people=4, customers=40, **more):
    """Everybody meets anybody, five each."""
    chance = Random(7)
    slots = [f"s{number:02}" for number in range(5)]
    names = [f"c{number:02}" for number in range(customers)]
    return Problem(
        tuple(Seeker(f"p{number}", "top", 5, 5, frozenset(slots)) for number in range(people)),
        tuple(Opening(slot, people, 1, "x") for slot in slots),
        tuple(
            Candidate(name, "uv"[number % 4 == 0], number % 5 == 0, 1, {chance.choice(ISSUES): 0.3})
            for number, name in enumerate(names)
        ),
        may_meet={f"p{number}": frozenset(names) for number in range(people)},
        values=dict.fromkeys(ISSUES, 1.0),
        blind={"top": dict.fromkeys(ISSUES, 1.0)},
        shares={"u": 0.75, "v": 0.25},
        **more,
    )


def test_shares_are_left_to_chance_and_given_to_those_who_met_before():
    met = frozenset({("p0", "c01"), ("p1", "c02"), ("p2", "c03")})
    problem = shop(met_before=met, random_share=0.2, continuity_share=0.1)
    found = plan(problem, seed=3, exact_up_to=0)
    assert Counter(match.way for match in found.matches) == {"best": 14, "random": 4, "continuity": 2}
    assert {(m.seeker, m.candidate) for m in found.matches if m.way == "continuity"} < met


def test_those_left_to_chance_are_drawn_from_the_whole_base_by_stratum():
    drawn = Counter()
    problem = shop(random_share=0.2, continuity_share=0.0)
    strata = {one.key: one.stratum for one in problem.candidates}
    for seed in range(20):
        found = plan(problem, seed=seed, exact_up_to=0)
        drawn.update(strata[match.candidate] for match in found.matches if match.way == "random")
    assert drawn["u"] == pytest.approx(60, abs=8)


@pytest.mark.parametrize("exact_up_to", [0, 15_000])
def test_a_least_share_goes_to_customers_after_their_purchase(exact_up_to):
    problem = shop(people=1, after_purchase_share=0.8, random_share=0.0, continuity_share=0.0)
    late = {one.key for one in problem.candidates if one.after_purchase}
    found = plan(problem, seed=1, exact_up_to=exact_up_to)
    assert sum(match.candidate in late for match in found.matches) >= 4


def test_where_nobody_is_known_by_name_places_and_hours_are_drawn():
    slots = tuple(Opening(f"s{number}", 1, 0, "xy"[number % 2]) for number in range(8))
    ada = Seeker("ada", "top", 2, 2, frozenset(slot.key for slot in slots))
    drawn = [plan(Problem((ada,), slots), seed=seed).matches for seed in range(40)]
    assert {match.opening for matches in drawn for match in matches} == ada.slots
    assert {(match.candidate, match.way) for matches in drawn for match in matches} == {(None, "random")}
    strata = {slot.key: slot.stratum for slot in slots}
    assert {tuple(sorted(strata[match.opening] for match in matches)) for matches in drawn} == {("x", "y")}


def test_a_plan_that_is_impossible_says_who_is_in_whose_way_and_plans_the_rest():
    three, four = frozenset({"s1", "s2", "s3"}), frozenset({"s4"})
    people = tuple(Seeker(f"e{n}", "team", 1, 1, three if n < 5 else four) for n in range(1, 6))
    found = plan(Problem(people, tuple(Opening(f"s{n}", 1, 0, "x") for n in range(1, 5))), seed=1)
    assert (found.owed, found.met, len(found.matches)) == (5, 4, 4)
    assert (found.conflict.seekers, found.conflict.openings) == (("e1", "e2", "e3", "e4"), ("s1", "s2", "s3"))
    assert found.conflict.missing == 1


def one_customer_for_ada(**more):
    """Bob may meet both customers and would gain most from the only one whom Ada may meet."""
    people = tuple(Seeker(key, key, 1, 1, frozenset("s")) for key in ("ada", "bob"))
    return Problem(
        people,
        (Opening("s", 2, 1, "x"),),
        (Candidate("eva", "u", False, 1, {"a": 0.9}), Candidate("uwe", "u", False, 1, {"a": 0.1})),
        may_meet={"ada": frozenset({"eva"}), "bob": frozenset({"eva", "uwe"})},
        values={"a": 1.0},
        blind={"ada": {"a": 0.0}, "bob": {"a": 1.0}},
        continuity_share=0.0,
        **more,
    )


@pytest.mark.parametrize("random_share", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("seed", range(4))
def test_nobody_stays_without_a_customer_so_that_others_gain_more_or_are_drawn(random_share, seed):
    found = plan(one_customer_for_ada(random_share=random_share), seed=seed)
    assert [(match.seeker, match.candidate) for match in found.matches] == [("ada", "eva"), ("bob", "uwe")]
    assert (found.met, found.conflicts, found.objective) == (2, (), 0.1)
    assert found.objective <= found.bound


def test_who_finds_nobody_after_all_is_not_counted_and_is_named():
    problem = one_customer_for_ada(random_share=0.0)
    twice = tuple(replace(one, at_most=2) for one in problem.candidates[:1])
    problem = replace(problem, candidates=twice, may_meet=dict.fromkeys(("ada", "bob"), frozenset({"eva"})))
    once = plan(replace(problem, locked=(Match("bob", "s", "eva"),)), seed=1)
    assert (once.met, once.conflicts) == (2, ())
    few = plan(replace(problem, candidates=(replace(twice[0], at_most=1),)), seed=1)
    assert (few.owed, few.met, few.conflict.missing) == (2, 1, 1)


def test_of_customers_alike_it_is_left_to_chance_who_is_asked():
    names = [f"c{number:02}" for number in range(40)]
    problem = Problem(
        (Seeker("p", "top", 1, 1, frozenset({"s"})), Seeker("q", "top", 1, 1, frozenset({"t"}))),
        (Opening("s", 1, 1, "x"), Opening("t", 1, 1, "x")),
        tuple(Candidate(name, "u", True, 1, {"a": 0.5}) for name in names),
        may_meet={"p": frozenset(names), "q": frozenset(names)},
        values={"a": 8.0},
        blind={"top": {"a": 1.0}},
        random_share=0.0,
        continuity_share=0.0,
    )
    found = [plan(problem, seed=seed) for seed in range(40)]
    assert {(one.objective, one.bound, one.exact) for one in found} == {(6.0, 6.0, True)}
    assert len({match.candidate for one in found for match in one.matches}) > 25


def test_each_match_says_what_it_adds_and_which_unheard_issues_it_raises():
    ada = Seeker("ada", "top", 1, 1, frozenset({"s"}))
    eva = Candidate("eva", "u", False, 1, {"a": 0.5, "b": 0.5, "c": 0.0, "d": 1.0})
    problem = Problem(
        (ada,),
        (Opening("s", 1, 1, "x"),),
        (eva,),
        may_meet={"ada": frozenset({"eva"})},
        values={"a": 1.0, "b": 4.0, "c": 9.0, "d": 9.0},
        blind={"top": {"a": 1.0, "b": 1.0, "c": 1.0, "d": 0.0}},
        random_share=0.0,
        continuity_share=0.0,
    )
    assert plan(problem, seed=1).matches == (Match("ada", "s", "eva", "best", 2.5, ("b", "a")),)


@pytest.mark.parametrize(
    "wrong", [{"values": {"a": -1.0}}, {"blind": {"top": {"a": 1.1}}}, {"random_share": 1.5}]
)
def test_numbers_that_mean_nothing_are_refused(wrong):
    with pytest.raises(ValueError):
        plan(replace(shop(), **wrong), seed=1)
