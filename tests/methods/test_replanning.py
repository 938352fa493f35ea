"""A plan made anew keeps what is locked and as much as it can of what was arranged."""

from dataclasses import replace
from itertools import combinations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from coalface.methods.feasibility import assign
from coalface.methods.meetings import Candidate, Match, Opening, Problem, Seeker
from coalface.methods.replanning import replan


def seeker(key, slots, owes=1, at_most=None):
    return Seeker(key, "team", owes, owes if at_most is None else at_most, frozenset(slots))


def openings(keys, seats=1, customers=0):
    return tuple(Opening(key, seats, customers, "shop") for key in keys)


def test_nothing_moves_where_nothing_has_to():
    previous = (Match("ada", "b"), Match("bob", "a"))
    after = replan(Problem((seeker("ada", "ab"), seeker("bob", "ab")), openings("ab"), previous=previous))
    assert (after.kept, after.vanished, after.disturbed) == (previous, (), ())
    assert after.flow.assigned == {"ada": ("b",), "bob": ("a",)}


def test_whoever_lost_a_slot_gets_a_free_one_before_anybody_is_moved():
    people = (seeker("ada", "abc"), seeker("bob", "ab"))
    previous = (Match("ada", "x"), Match("bob", "b"))
    after = replan(Problem(people, openings("bc"), previous=previous))
    assert (after.kept, after.vanished, after.disturbed) == ((previous[1],), (previous[0],), ())
    assert after.flow.assigned == {"ada": ("c",), "bob": ("b",)}


def test_one_is_moved_where_somebody_would_go_without():
    people = (seeker("ada", "ab"), seeker("bob", "b"), seeker("eva", "d"))
    previous = (Match("ada", "b"), Match("bob", "x"), Match("eva", "d"))
    after = replan(Problem(people, openings("abd"), previous=previous))
    assert (after.kept, after.disturbed) == ((previous[2],), (previous[0],))
    assert after.flow.assigned == {"ada": ("a",), "bob": ("b",), "eva": ("d",)}


def test_a_meeting_beyond_what_is_owed_gives_way_first():
    people = (seeker("ada", "ab", owes=1, at_most=2), seeker("bob", "b"))
    after = replan(Problem(people, openings("ab"), previous=(Match("ada", "a"), Match("ada", "b"))))
    assert (after.kept, after.disturbed) == ((Match("ada", "a"),), (Match("ada", "b"),))
    assert after.flow.conflicts == ()


def test_what_is_locked_is_not_moved_for_anybody():
    people = (seeker("ada", "ab"), seeker("bob", "b"))
    after = replan(Problem(people, openings("ab"), locked=(Match("ada", "b"),)))
    assert after.flow.assigned == {"ada": ("b",), "bob": ()}
    assert [(one.seekers, one.missing) for one in after.flow.conflicts] == [(("bob",), 1)]


def test_a_match_made_by_hand_is_kept_before_one_of_more_gain():
    by_hand, better = Match("ada", "a", way="by_hand"), Match("bob", "a", gain=9.0)
    people = (seeker("ada", "ab"), seeker("bob", "ab"))
    after = replan(Problem(people, openings("ab"), previous=(better, by_hand)))
    assert (after.kept, after.vanished) == ((by_hand,), (better,))


def test_a_match_vanishes_with_its_customer():
    customers = (Candidate("eva", "private", False, 0, {}), Candidate("uwe", "private", False, 1, {}))
    problem = Problem(
        (seeker("ada", "a"), seeker("bob", "b")),
        openings("ab", customers=1),
        customers,
        may_meet={key: frozenset({"eva", "uwe"}) for key in ("ada", "bob")},
        previous=(Match("ada", "a", "eva"), Match("bob", "b", "uwe")),
    )
    after = replan(problem)
    assert (after.kept, after.vanished) == ((problem.previous[1],), (problem.previous[0],))
    assert after.flow.assigned == {"ada": (), "bob": ("b",)}
    assert after.flow.covered == 1


SLOTS = "abcde"
problems = st.builds(
    lambda people, seats, previous, locked: Problem(
        tuple(seeker(f"e{n}", slots, owes, owes + more) for n, (owes, more, slots) in enumerate(people)),
        tuple(Opening(key, seat, 0, "shop") for key, seat in zip(SLOTS, seats, strict=True)),
        locked=tuple(Match("e0", slot) for slot in locked),
        previous=tuple(Match(f"e{n}", slot) for n, slot in previous),
    ),
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 1), st.sets(st.sampled_from(SLOTS))),
        min_size=2,
        max_size=5,
    ),
    st.tuples(*[st.integers(0, 2)] * len(SLOTS)),
    st.sets(st.tuples(st.integers(0, 4), st.sampled_from(SLOTS)), max_size=6),
    st.sets(st.sampled_from("de"), max_size=1),
)


@settings(max_examples=60, deadline=None)
@given(problems)
def test_replanning_covers_as_much_as_planning_from_scratch_and_breaks_nothing(problem):
    after = replan(problem)
    assert after.flow.covered == assign(problem).covered
    assert after.flow.conflicts == assign(problem).conflicts
    assert sorted((*after.kept, *after.vanished, *after.disturbed), key=str) == sorted(
        problem.previous, key=str
    )
    for match in (*problem.locked, *after.kept):
        assert match.opening in after.flow.assigned[match.seeker]
    for person in problem.seekers:
        taken = after.flow.assigned[person.key]
        locked = [match.opening for match in problem.locked if match.seeker == person.key]
        assert len({*taken}) == len(taken) <= max(person.at_most, len(locked))
        assert {*taken} <= person.slots | {*locked}
    for slot in problem.openings:
        locked = sum(match.opening == slot.key for match in problem.locked)
        held = sum(slot.key in taken for taken in after.flow.assigned.values())
        assert held <= max(slot.seats, locked)


@settings(max_examples=60, deadline=None)
@given(problems)
def test_no_smaller_number_of_matches_could_have_been_given_up(problem):
    after = replan(problem)
    assume(not after.flow.conflicts)
    possible = (*after.kept, *after.disturbed)
    for fewer in range(len(after.disturbed)):
        for given_up in combinations(possible, fewer):
            stay = tuple(match for match in possible if match not in given_up)
            beside = replace(problem, locked=(*problem.locked, *stay))
            assert assign(beside).covered < after.flow.covered
