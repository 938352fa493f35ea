"""Matchmaking tables: nobody twice, everybody seated, both kinds at each table."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coalface.methods.seating import Reseating, Seating, seat, seat_again

DEPARTMENTS = ("Risk", "Cards", "People", "Finance")


def guests(count: int) -> list[str]:
    return [f"g{number:02d}" for number in range(count)]


def ours(count: int) -> dict[str, str]:
    return {f"s{number:02d}": DEPARTMENTS[number % len(DEPARTMENTS)] for number in range(count)}


def meetings(found: Seating) -> Counter:
    rounds = (table for tables in found.rounds for table in tables)
    return Counter(frozenset(pair) for table in rounds for pair in combinations(table, 2))


@settings(deadline=None, max_examples=60)
@given(
    st.integers(1, 24), st.integers(1, 24), st.integers(1, 9), st.integers(1, 6), st.integers(2, 7),
    st.integers(0, 99),
)  # fmt: skip
def test_nobody_meets_twice_and_everybody_sits_or_sits_out_in_turn(many, few, tables, rounds, places, seed):
    given = {"tables": tables, "rounds": rounds, "per_table": places, "seed": seed}
    found = seat(guests=guests(many), staff=ours(few), **given)
    assert set(meetings(found).values()) <= {1}
    assert 1 <= len(found.rounds) <= found.at_most <= rounds
    everybody = sorted([*guests(many), *ours(few)])
    for seats, out in zip(found.rounds, found.sitting_out, strict=True):
        assert sorted([*out, *(one for table in seats for one in table)]) == everybody
        assert all({one[0] for one in table} == {"g", "s"} for table in seats)
        assert max(map(len, seats)) <= places and max(map(len, seats)) - min(map(len, seats)) <= 1
    stood = Counter(one for out in found.sitting_out for one in out)
    for kind in (guests(many), ours(few)):
        times = [stood[one] for one in kind]
        assert max(times) - min(times) <= 1
    assert found == seat(guests=guests(many)[::-1], staff=ours(few), **given)


@pytest.mark.parametrize(
    ("tables", "per_table", "rounds"), [(4, 4, 4), (5, 4, 5), (7, 6, 7), (8, 6, 8), (9, 8, 9), (6, 3, 3)]
)
def test_a_design_gives_as_many_rounds_as_tables_in_a_field(tables, per_table, rounds):
    half = tables * per_table // 2
    given = {"tables": tables, "rounds": rounds, "per_table": per_table, "seed": 3}
    found = seat(guests=guests(half), staff=ours(tables * per_table - half), **given)
    assert (found.complete, set(meetings(found).values()), found.sitting_out) == (True, {1}, ((),) * rounds)


def test_who_asks_for_too_many_rounds_is_told_how_many_there_are():
    found = seat(guests=guests(4), staff=ours(4), tables=2, rounds=6, per_table=4, seed=1)
    assert (len(found.rounds), found.asked, found.at_most, found.complete) == (1, 6, 1, False)


def test_colleagues_of_one_department_are_kept_apart():
    found = seat(guests=guests(12), staff=ours(8), tables=4, rounds=4, per_table=5, seed=1)
    departments = ours(8)
    together = [pair for pair in meetings(found) if len({departments.get(one) for one in pair}) == 1]
    assert [pair for pair in together if all(one in departments for one in pair)] == []


def test_guests_do_not_sit_out_while_one_of_ours_could():
    found = seat(guests=guests(4), staff=ours(9), tables=3, rounds=3, per_table=3, seed=1)
    assert {one[0] for out in found.sitting_out for one in out} == {"s"}
    assert [len(out) for out in found.sitting_out] == [4, 4, 4]


def test_who_does_not_come_leaves_the_others_where_they_are():
    found = seat(guests=guests(8), staff=ours(8), tables=4, rounds=4, per_table=4, seed=1)
    there = [one for one in guests(8) if one != "g03"]
    again = seat_again(seating=found, guests=there, staff=ours(8))
    assert (again.moved, again.unmixed) == ((), ())
    assert [[tuple(one for one in table if one != "g03") for table in tables] for tables in found.rounds] == [
        list(tables) for tables in again.seating.rounds
    ]


def test_a_table_left_without_one_of_ours_gets_one_from_another():
    found = Seating(((("g1", "s1"), ("g2", "s2", "s3")),), ((),), 1, 1)
    again = seat_again(seating=found, guests=["g1", "g2"], staff=["s2", "s3"])
    assert again == Reseating(Seating(((("g1", "s2"), ("g2", "s3")),), ((),), 1, 1), ("s2",), ())


def test_who_comes_unplanned_takes_a_seat_and_past_rounds_stay():
    found = seat(guests=guests(8), staff=ours(8), tables=4, rounds=3, per_table=5, seed=1)
    again = seat_again(seating=found, guests=[*guests(7), "new"], staff=ours(8), first=1)
    assert again.seating.rounds[0] == found.rounds[0]
    assert set(meetings(again.seating).values()) == {1}
    assert [any("new" in table for table in tables) for tables in again.seating.rounds] == [False, True, True]


@settings(deadline=None, max_examples=40)
@given(st.integers(3, 14), st.integers(3, 14), st.integers(2, 4), st.data())
def test_after_mending_still_nobody_meets_twice(many, few, tables, data):
    found = seat(guests=guests(many), staff=ours(few), tables=tables, rounds=4, per_table=6, seed=1)
    there = data.draw(st.sets(st.sampled_from(guests(many)), min_size=1))
    left = data.draw(st.sets(st.sampled_from(sorted(ours(few))), min_size=1))
    again = seat_again(seating=found, guests=there, staff=left)
    assert set(meetings(again.seating).values()) <= {1}
    seated = {one for seats in again.seating.rounds for table in seats for one in table}
    assert seated <= there | left


@pytest.mark.parametrize(
    "wrong", [{"guests": []}, {"staff": {}}, {"tables": 0}, {"rounds": 0}, {"per_table": 1}]
)
def test_a_table_for_two_and_both_kinds_are_needed(wrong):
    given = {"guests": ["g"], "staff": {"s": "Risk"}, "tables": 1, "rounds": 1, "per_table": 2, "seed": 1}
    with pytest.raises(ValueError, match="are needed"):
        seat(**(given | wrong))
