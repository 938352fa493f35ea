"""The best set of meetings: whatever is said to be the best is the best of all there are."""

from itertools import chain, combinations, product
from time import thread_time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coalface.methods.coverage import Field, closed
from coalface.methods.optimum import Best, best, exactly
from coalface.methods.roofs import Roofs

CHANCE = st.sampled_from([0.01, 0.2, 0.35, 0.5, 0.8, 0.97, 1.0])
WEIGHT = st.sampled_from([0.001, 0.5, 1.0, 2.0, 900.0])


@st.composite
def fields(draw, *, places=3, customers=5, cells=4, pairs=9):
    """Places that share their level raise the same with the same customer; others have cells of their own."""
    levels = draw(st.lists(st.integers(0, 1), min_size=1, max_size=places))
    raised = [
        draw(st.dictionaries(st.integers(0, cells - 1), CHANCE, max_size=3))
        for _ in range(draw(st.integers(1, customers)))
    ]
    may = list(product(range(len(levels)), range(len(raised))))
    some = sorted(draw(st.sets(st.sampled_from(may), min_size=1, max_size=pairs)))
    hits = [(levels[place] * cells + cell, q) for place, who in some for cell, q in raised[who].items()]
    counts = [len(raised[who]) for _, who in some]
    return Field(
        np.array(draw(st.lists(st.integers(1, 2), min_size=len(levels), max_size=len(levels)))),
        np.array([place for place, _ in some]),
        np.array([who for _, who in some]),
        np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        np.array([cell for cell, _ in hits], dtype=np.int64),
        np.array([q for _, q in hits], dtype=float),
        np.array(draw(st.lists(WEIGHT, min_size=2 * cells, max_size=2 * cells))),
        len(raised),
    )


def choices(field):
    """Every set of pairs that fits."""
    every = range(field.pairs)
    for chosen in chain.from_iterable(combinations(every, size) for size in range(field.pairs + 1)):
        at = np.array(chosen, dtype=int)
        who = np.bincount(field.candidate[at], minlength=field.candidates)
        if (np.bincount(field.place[at], minlength=len(field.room)) <= field.room).all() and who.max() <= 1:
            yield at


def by_trying_all(field, number, marked):
    """The most that is closed by any choice with as many marked pairs as fit together, `number` at most."""
    tried = [(int(marked[chosen].sum()), closed(field, chosen)) for chosen in choices(field)]
    reached = min(number, max(there for there, _ in tried))
    return reached, max(worth for there, worth in tried if there >= reached)


@given(fields(), st.integers(0, 3), st.data())
@settings(max_examples=25, deadline=None)
def test_what_is_said_to_be_the_best_is_the_best_of_all(field, number, data):
    late = np.array(data.draw(st.lists(st.booleans(), min_size=field.pairs, max_size=field.pairs)))
    reached, most = by_trying_all(field, number, late)
    found = best(field, least=(number, late), exact_up_to=100)
    assert found.exact
    assert found.closed == pytest.approx(most, rel=1e-6)
    assert found.closed == pytest.approx(closed(field, found.chosen))
    assert late[found.chosen].sum() >= reached
    assert any(np.array_equal(chosen, sorted(found.chosen)) for chosen in choices(field))


@given(fields())
@settings(max_examples=25, deadline=None)
def test_branch_and_bound_needs_no_good_beginning(field):
    nobody = np.zeros(field.pairs, dtype=bool)
    _, most = by_trying_all(field, 0, nobody)
    found = exactly(field, Best([], 0.0, float(field.weight.sum()), False), least=(0, nobody))
    assert found.exact
    assert found.closed == pytest.approx(most, rel=1e-6)


@given(fields(), st.lists(st.floats(0, 1), min_size=9, max_size=9))
@settings(max_examples=25, deadline=None)
def test_no_line_of_a_roof_cuts_off_a_choice(field, shares):
    owner = np.repeat(np.arange(field.pairs), np.diff(field.first))
    cells, options = len(field.weight), field.pairs
    roofs = Roofs(field.cell, owner, field.chance, cells=cells, options=options)
    roofs.closer(np.array(shares[:options]), np.ones(cells))
    for chosen in choices(field):
        taken = np.zeros(options)
        taken[chosen] = 1
        assert field.weight @ roofs.lowest(taken) >= closed(field, chosen) - 1e-9
        roofs.closer(taken, np.ones(cells))
        assert field.weight @ roofs.lowest(taken) == pytest.approx(closed(field, chosen))


def test_without_time_nothing_is_said_to_be_the_best():
    """Ten customers for two who share their level: what is known stays, with the bound it came with."""
    chance = np.random.default_rng(1).uniform(0.2, 0.8, 60)
    who = np.tile(np.arange(10), 2)
    field = Field(
        np.array([3, 3]),
        np.repeat([0, 1], 10),
        who,
        np.arange(0, 61, 3),
        np.tile(np.arange(30) % 7, 2),
        np.concatenate([chance[:30]] * 2),
        np.ones(7),
        10,
    )
    begun = Best([0, 11], closed(field, [0, 11]), 7.0, False)
    nobody = np.zeros(20, dtype=bool)
    late = exactly(field, begun, least=(0, nobody), seconds=0.0)
    assert (late.chosen, late.closed, late.exact) == (begun.chosen, begun.closed, False)
    found = exactly(field, begun, least=(0, nobody))
    assert (found.exact, len(found.chosen)) == (True, 6)


def test_a_choice_that_comes_again_is_the_best_and_not_looked_for_until_time_is_over():
    """Two of eight customers, whose bound the solver rounds to a little above what they close."""
    chance = np.random.default_rng(341)
    cells = np.concatenate([chance.choice(8, 4, replace=False) for _ in range(8)])
    field = Field(
        np.array([2]),
        np.zeros(8, int),
        np.arange(8),
        np.arange(0, 33, 4),
        cells,
        chance.uniform(0.05, 0.5, 32).round(2),
        chance.uniform(0.5, 2, 8).round(2),
        8,
    )
    nobody = np.zeros(8, dtype=bool)
    _, most = by_trying_all(field, 0, nobody)
    began = thread_time()
    found = exactly(field, Best([], 0.0, float(field.weight.sum()), False), least=(0, nobody))
    assert thread_time() - began < 30
    assert (found.exact, found.closed) == (True, pytest.approx(most, rel=1e-9))
