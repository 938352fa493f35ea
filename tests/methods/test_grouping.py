"""Rows into groups, their number found."""

import numpy as np
import pytest

from coalface.methods.grouping import centres, groups, in_order, neighbours, unit


def blobs(count, each, seed, width=60, spread=0.6):
    chance = np.random.default_rng(seed)
    middle = unit(chance.normal(size=(count, width)))
    return unit(np.repeat(middle, each, axis=0) + spread * unit(chance.normal(size=(count * each, width))))


@pytest.mark.parametrize(("count", "each"), [(3, 12), (6, 20), (12, 30)])
def test_the_number_of_groups_is_found(count, each):
    rows = blobs(count, each, seed=count)
    labels = groups(rows, (rows[:, :30], rows[:, 30:]), seed=1)
    assert labels.tolist() == np.repeat(np.arange(count), each).tolist()


def test_where_nothing_agrees_there_are_no_groups():
    chance = np.random.default_rng(5)
    rows = unit(chance.normal(size=(200, 300)))
    assert set(groups(rows, (rows, unit(chance.normal(size=(200, 100)))), seed=1)) == {-1}


def test_most_of_what_lies_far_from_everything_belongs_nowhere():
    rows = np.vstack([blobs(6, 20, seed=2), unit(np.random.default_rng(9).normal(size=(6, 60)))])
    labels = groups(rows, (rows[:, :30], rows[:, 30:]), seed=1)
    assert labels[-6:].tolist().count(-1) >= 4
    assert labels[:120].tolist() == np.repeat(np.arange(6), 20).tolist()


def test_a_row_of_zeros_and_a_handful_of_rows_belong_nowhere():
    rows = blobs(3, 12, seed=3)
    rows[0] = 0
    assert groups(rows, (rows, rows), seed=1)[0] == -1
    assert groups(rows[1:4], (rows[1:4], rows[1:4]), seed=1).tolist() == [-1, -1, -1]


def test_the_same_seed_gives_the_same_groups():
    rows = blobs(5, 15, seed=4, spread=0.9)
    assert groups(rows, (rows, rows), seed=8).tolist() == groups(rows, (rows, rows), seed=8).tolist()


def test_neighbours_are_those_of_a_plain_search():
    rows = blobs(4, 400, seed=6)
    places, near = neighbours(rows, 5)
    whole = rows @ rows.T
    np.fill_diagonal(whole, -2)
    assert np.allclose(near, -np.sort(-whole, axis=1)[:, :5], atol=1e-6)
    assert np.allclose(np.take_along_axis(whole, places, axis=1), near, atol=1e-6)


def test_numbers_follow_the_first_row_and_centres_leave_out_what_belongs_nowhere():
    assert in_order(np.array([5, 5, -1, 0])).tolist() == [0, 0, -1, 1]
    assert centres(np.eye(2), np.array([-1, 0])).tolist() == [[0.0, 1.0]]
