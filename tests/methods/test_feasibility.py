"""Everybody has the encounters they owe, or the smallest set in conflict is named with what would help."""

import pickle
from dataclasses import replace
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coalface.methods.feasibility import Conflict, Remedy, assign, assign_site
from coalface.methods.meetings import Candidate, Match, Opening, Problem, Seeker


def seeker(key, slots, owes=1, at_most=None):
    return Seeker(key, "team", owes, owes if at_most is None else at_most, frozenset(slots.split()))


def opening(key, seats=1, customers=0, clashes=""):
    return Opening(key, seats, customers, "shop", frozenset(clashes.split()))


def customer(key, at_most=1):
    return Candidate(key, "private", False, at_most, {})


# METHODS §3.4 and §15 A34: e1–e4 only s1–s3, e5 s4 → 4 of 5, certificate {e1..e4} × {s1..s3}, 1 missing.
def test_four_people_who_can_take_three_slots_are_named_with_what_would_help():
    people = [seeker(f"e{n}", "s1 s2 s3") for n in (1, 2, 3, 4)]
    slots = tuple(opening(f"s{n}") for n in (1, 2, 3, 4))
    flow = assign(Problem((*people, seeker("e5", "s4")), slots))
    assert (flow.covered, flow.owed, flow.assigned["e5"]) == (4, 5, ("s4",))
    without = next(key for key, taken in flow.assigned.items() if not taken)
    assert flow.conflicts == (
        Conflict(
            ("e1", "e2", "e3", "e4"),
            ("s1", "s2", "s3"),
            1,
            (
                Remedy("add_seats", 1, openings=(("s1", 1),)),
                Remedy("lower_owed", 1, seekers=((without, 1),)),
            ),
        ),
    )


def test_seats_left_over_elsewhere_are_offered():
    people = (seeker("ada", "a"), seeker("bob", "a"))
    flow = assign(Problem(people, (opening("a"), opening("b"))))
    assert [(remedy.code, remedy.number, remedy.openings) for remedy in flow.conflict.remedies] == [
        ("add_seats", 1, (("a", 1),)),
        ("open_more_slots_to", 1, (("b", 1),)),
        ("lower_owed", 1, ()),
    ]


def test_conflicts_that_share_no_slot_are_told_apart_the_larger_first():
    people = [*(seeker(f"a{n}", "a") for n in range(3)), *(seeker(f"b{n}", "b") for n in range(2))]
    flow = assign(Problem(tuple(people), (opening("a"), opening("b"), opening("c"))))
    assert [(one.seekers, one.openings, one.missing) for one in flow.conflicts] == [
        (("a0", "a1", "a2"), ("a",), 2),
        (("b0", "b1"), ("b",), 1),
    ]


def test_whoever_has_fewer_slots_than_they_owe_is_not_helped_by_more_seats():
    flow = assign(
        Problem((seeker("ada", "a b", owes=3),), (opening("a", 5), opening("b", 5), opening("c", 5)))
    )
    assert (flow.conflict.seekers, flow.conflict.openings, flow.conflict.missing) == (("ada",), ("a", "b"), 1)
    assert [remedy.code for remedy in flow.conflict.remedies] == [
        "offer_more_slots",
        "open_more_slots_to",
        "lower_owed",
    ]


def test_whoever_owes_more_than_they_may_have_contradicts_themselves():
    flow = assign(Problem((seeker("ada", "a b", owes=2, at_most=1),), (opening("a"), opening("b"))))
    lower = Remedy("lower_owed", 1, seekers=(("ada", 1),))
    assert (flow.covered, flow.conflicts) == (1, (Conflict(("ada",), (), 1, (lower,)),))


def test_nobody_is_in_two_places_at_once():
    slots = (opening("a", clashes="b"), opening("b"), opening("c"))
    assert assign(Problem((seeker("ada", "a b", owes=2),), slots)).conflict.missing == 1
    taken = assign(Problem((seeker("ada", "a b c", owes=2),), slots)).assigned["ada"]
    assert len(taken) == 2 and "c" in taken


def test_slots_that_overlap_in_part_are_taken_apart():
    slots = (opening("a", clashes="b"), opening("b", clashes="c"), opening("c"))
    assert assign(Problem((seeker("ada", "a b c", owes=2),), slots)).assigned == {"ada": ("a", "c")}


def test_what_is_locked_stays_and_counts():
    people = (seeker("ada", "a b"), seeker("bob", "a b"))
    flow = assign(Problem(people, (opening("a"), opening("b")), locked=(Match("ada", "b"),)))
    assert (flow.assigned, flow.conflicts) == ({"ada": ("b",), "bob": ("a",)}, ())


def test_a_slot_locked_for_somebody_keeps_them_from_what_overlaps_it():
    slots = (opening("a", clashes="b"), opening("b"), opening("c"))
    problem = Problem((seeker("ada", "b", owes=2),), slots, locked=(Match("ada", "a"),))
    assert (assign(problem).assigned, assign(problem).conflict.missing) == ({"ada": ("a",)}, 1)


def test_a_slot_counts_only_with_a_customer_for_it():
    people = (seeker("ada", "a b"), seeker("bob", "a b"))
    problem = Problem(
        people,
        (opening("a", 2, customers=1), opening("b", 2, customers=1)),
        (customer("eva"), customer("uwe"), customer("zoe", at_most=0)),
        may_meet={key: frozenset({"eva", "uwe", "zoe"}) for key in ("ada", "bob")},
        may_come={"eva": frozenset("a"), "uwe": frozenset("b")},
    )
    flow = assign(problem)
    assert (sorted(flow.assigned.values()), flow.conflicts) == ([("a",), ("b",)], ())


def test_too_few_customers_are_named_like_too_few_slots():
    people = (seeker("ada", "a"), seeker("bob", "a"))
    may_meet = {"ada": frozenset({"eva"}), "bob": frozenset({"eva"})}
    flow = assign(Problem(people, (opening("a", 2, customers=1),), (customer("eva"),), may_meet=may_meet))
    [conflict] = flow.conflicts
    assert (conflict.seekers, conflict.candidates, conflict.missing) == (("ada", "bob"), ("eva",), 1)
    assert [remedy.code for remedy in conflict.remedies] == ["ask_more_customers", "lower_owed"]
    assert flow.covered == 1


def test_nobody_owes_anything_and_there_is_nothing():
    assert assign(Problem()).assigned == {}
    assert assign(Problem((seeker("ada", "", owes=0),))).conflicts == ()


def test_two_people_with_one_key_are_refused():
    with pytest.raises(ValueError, match="same key"):
        assign(Problem((seeker("ada", "a"), seeker("ada", "b"))))


def test_a_site_is_planned_from_its_rows_alone():
    rows = [("ada", 1, 1, "a", 1, ""), ("bob", 1, 1, "a", 1, ""), ("ada", 1, 1, "b", 1, "")]
    assert assign_site(rows) == [("ada", "b"), ("bob", "a")]
    assert assign_site(rows[:2]) in ([("ada", "a"), ("bob", None)], [("ada", None), ("bob", "a")])


def test_what_is_mapped_over_sites_travels_to_other_machines_and_needs_nothing_of_theirs():
    """Sites are dealt out with the function itself, as pools and Spark do; rows are any iterable."""
    sites = [[(f"{site}{who}", 1, 1, f"{site}s{who % 2}", 1, "") for who in range(3)] for site in "ab"]
    travelled, packed = pickle.loads(pickle.dumps((assign_site, sites)))
    assert [travelled(iter(rows)) for rows in packed] == [assign_site(rows) for rows in sites]
    assert [slot for _, slot in assign_site(sites[0])].count(None) == 1


SLOTS = "abcd"
problems = st.builds(
    lambda people, seats, clash, locked: Problem(
        tuple(
            Seeker(f"e{n}", "team", owes, owes + more, frozenset(slots))
            for n, (owes, more, slots) in enumerate(people)
        ),
        tuple(
            Opening(key, seat, 0, "shop", frozenset("b") if clash and key == "a" else frozenset())
            for key, seat in zip(SLOTS, seats, strict=True)
        ),
        locked=tuple(Match("e0", slot) for slot in locked),
    ),
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(-1, 1), st.sets(st.sampled_from(SLOTS))),
        min_size=1,
        max_size=4,
    ).map(lambda people: [(owes, max(more, -owes), slots) for owes, more, slots in people]),
    st.tuples(*[st.integers(0, 2)] * len(SLOTS)),
    st.booleans(),
    st.sets(st.sampled_from("cd"), max_size=1),
)


def most_covered(problem, people):
    """By trying everything: how many encounters of these people can be covered at once."""
    slots = {opening.key: opening for opening in problem.openings}
    locked = {person.key: [m.opening for m in problem.locked if m.seeker == person.key] for person in people}
    everybody = {match.opening for match in problem.locked}
    choices = []
    for person in people:
        mine = locked[person.key]
        free = sorted(person.slots - {*mine})
        choices.append(
            [
                picked
                for size in range(max(0, min(person.owes, person.at_most) - len(mine)) + 1)
                for picked in combinations(free, size)
                if not any(slots[one].clashes & {*picked, *mine} for one in (*picked, *mine))
            ]
        )
    best = 0
    for combination in product(*choices):
        used = [slot for picked in combination for slot in picked]
        if all(used.count(key) <= max(0, one.seats - (key in everybody)) for key, one in slots.items()):
            covered = (
                min(person.owes, len(picked) + len(locked[person.key]))
                for person, picked in zip(people, combination, strict=True)
            )
            best = max(best, sum(covered))
    return best


@settings(max_examples=60, deadline=None)
@given(problems)
def test_as_much_is_covered_as_can_be_and_no_limit_is_broken(problem):
    flow = assign(problem)
    assert flow.covered == most_covered(problem, problem.seekers)
    assert flow == assign(replace(problem, seekers=problem.seekers[::-1], openings=problem.openings[::-1]))
    for person in problem.seekers:
        taken, locked = (
            flow.assigned[person.key],
            [m.opening for m in problem.locked if m.seeker == person.key],
        )
        assert len(set(taken)) == len(taken) <= max(person.at_most, len(locked))
        assert {*taken} <= person.slots | {*locked}
        assert not {"a", "b"} <= {*taken} or not any(slot.clashes for slot in problem.openings)
    for slot in problem.openings:
        locked = sum(match.opening == slot.key for match in problem.locked)
        assert sum(slot.key in taken for taken in flow.assigned.values()) <= max(slot.seats, locked)


@settings(max_examples=60, deadline=None)
@given(problems)
def test_a_conflict_is_one_and_nobody_in_it_could_be_left_out(problem):
    flow = assign(problem)
    assert sum(conflict.missing for conflict in flow.conflicts) == flow.owed - flow.covered
    for conflict in flow.conflicts:
        people = [person for person in problem.seekers if person.key in conflict.seekers]
        lacking = {
            size: [
                sum(one.owes for one in some) - most_covered(problem, list(some))
                for some in combinations(people, size)
            ]
            for size in (len(people) - 1, len(people))
        }
        assert lacking[len(people)][0] >= conflict.missing > 0
        if conflict.openings and all(person.owes <= person.at_most for person in people):
            assert lacking[len(people)] == [conflict.missing]
            assert max(lacking[len(people) - 1]) < conflict.missing


@settings(max_examples=60, deadline=None)
@given(problems)
def test_each_remedy_resolves_its_conflict(problem):
    conflicts = assign(problem).conflicts
    before = sum(one.missing for one in conflicts)
    for conflict in conflicts:
        for remedy in conflict.remedies:
            mended = assign(applied(problem, remedy, conflict))
            left = sum(one.missing for one in mended.conflicts)
            assert (remedy.code, left) == (remedy.code, before - conflict.missing)


def applied(problem, remedy, conflict):
    less, more = dict(remedy.seekers), dict(remedy.openings)
    if remedy.code == "add_seats":
        openings = tuple(replace(one, seats=one.seats + more.get(one.key, 0)) for one in problem.openings)
        return replace(problem, openings=openings)
    if remedy.code == "offer_more_slots":
        new = {key: {f"new {key} {n}" for n in range(number)} for key, number in remedy.seekers}
        return replace(
            problem,
            seekers=tuple(
                replace(one, slots=one.slots | new.get(one.key, frozenset())) for one in problem.seekers
            ),
            openings=(*problem.openings, *(opening(key) for keys in new.values() for key in sorted(keys))),
        )
    if remedy.code == "open_more_slots_to":
        return replace(
            problem,
            seekers=tuple(
                replace(one, slots=one.slots | {*more}) if one.key in less else one for one in problem.seekers
            ),
        )
    return replace(
        problem,
        seekers=tuple(replace(one, owes=one.owes - less.get(one.key, 0)) for one in problem.seekers),
    )


with_names = st.builds(
    lambda slots, meets, comes, seats: Problem(
        tuple(seeker(f"e{n}", " ".join(sorted(mine))) for n, mine in enumerate(slots)),
        tuple(opening(key, seat, customers=1) for key, seat in zip("abc", seats, strict=True)),
        tuple(customer(key) for key in "xyz"),
        may_meet={f"e{n}": frozenset(mine) for n, mine in enumerate(meets)},
        may_come={key: frozenset(mine) for key, mine in zip("xyz", comes, strict=True) if mine},
    ),
    st.lists(st.sets(st.sampled_from("abc")), min_size=1, max_size=4),
    st.lists(st.sets(st.sampled_from("xyz")), min_size=4, max_size=4),
    st.lists(st.sets(st.sampled_from("abc")), min_size=3, max_size=3),
    st.tuples(*[st.integers(0, 2)] * 3),
)


def most_with_customers(problem, allowed):
    """By trying everything: how many people can have a slot of `allowed` and a customer who comes there."""
    choices = [
        [
            None,
            *(
                (slot, key)
                for slot in allowed[person.key]
                for key in problem.may_meet[person.key]
                if slot in problem.may_come.get(key, slot)
            ),
        ]
        for person in problem.seekers
    ]
    seats = {slot.key: slot.seats for slot in problem.openings}
    best = 0
    for combination in product(*choices):
        picked = [one for one in combination if one]
        slots, customers = [one[0] for one in picked], [one[1] for one in picked]
        if len({*customers}) == len(customers) and all(slots.count(key) <= n for key, n in seats.items()):
            best = max(best, len(picked))
    return best


@settings(max_examples=60, deadline=None)
@given(with_names)
def test_slots_given_find_customers_all_at_once_and_what_is_missing_is_said(problem):
    flow = assign(problem)
    assert (
        most_with_customers(problem, flow.assigned) == flow.covered == sum(map(len, flow.assigned.values()))
    )
    proven = sum(conflict.missing for conflict in flow.conflicts if conflict.proven)
    best = most_with_customers(problem, {person.key: person.slots for person in problem.seekers})
    assert flow.covered <= best
    assert bool(flow.conflicts) == (flow.covered < flow.owed)
    assert not proven or best < flow.owed


@settings(max_examples=60, deadline=None)
@given(with_names, st.randoms(use_true_random=False))
def test_with_customers_by_name_too_the_order_of_what_comes_in_changes_nothing(problem, chance):
    def shuffled(many):
        return tuple(chance.sample(list(many), len(many)))

    mixed = replace(
        problem,
        seekers=shuffled(problem.seekers),
        openings=shuffled(problem.openings),
        candidates=shuffled(problem.candidates),
        may_meet=dict(shuffled(problem.may_meet.items())),
        may_come=dict(shuffled(problem.may_come.items())),
    )
    assert assign(mixed) == assign(problem)


def test_only_slots_are_proposed_for_which_they_have_time():
    people = (seeker("ada", "a"), seeker("bob", "a"))
    slots = tuple(opening(key) for key in "abc")
    lacks = assign(Problem(people, slots)).conflict.remedies[1]
    assert (lacks.code, lacks.openings) == ("open_more_slots_to", (("b", 1),))
    lacks = assign(Problem(people, slots, has_time={"ada": "ac", "bob": "ac"})).conflict.remedies[1]
    assert (lacks.code, lacks.openings) == ("open_more_slots_to", (("c", 1),))
    busy = assign(Problem(people, slots, has_time={"ada": "", "bob": ""})).conflict.remedies
    assert [remedy.code for remedy in busy] == ["add_seats", "lower_owed"]


def test_two_customers_for_each_seat_are_missing_together():
    people = (seeker("ada", "a"), seeker("bob", "a"))
    may_meet = {key: frozenset("xyz") for key in ("ada", "bob")}
    slots = (opening("a", 2, customers=2),)
    flow = assign(Problem(people, slots, tuple(customer(key) for key in "xyz"), may_meet=may_meet))
    [conflict] = flow.conflicts
    assert (flow.covered, conflict.missing, conflict.proven) == (1, 1, True)
    assert [(remedy.code, remedy.number) for remedy in conflict.remedies] == [
        ("ask_more_customers", 1),
        ("lower_owed", 1),
    ]
