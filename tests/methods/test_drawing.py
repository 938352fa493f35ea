"""Which calls to listen to."""

from collections import Counter
from itertools import product

import pytest

from coalface.methods.drawing import NTH, DrawnCall, drawn_calls

QUEUES = ["cards", "loans", "savings"]
HOURS = [9, 10, 11, 14]


@pytest.mark.parametrize("n", [1, 2, 3, 5, 7, 12, 13, 29, 60])
@pytest.mark.parametrize("seed", range(20))
def test_queues_and_hours_differ_by_one_call_at_most(n, seed):
    calls = drawn_calls(QUEUES, HOURS, n, seed)
    assert len(set(calls)) == len(calls) == n
    by_queue = Counter(call.queue for call in calls)
    assert max(by_queue[queue] for queue in QUEUES) - min(by_queue[queue] for queue in QUEUES) <= 1
    for queue in QUEUES:
        by_hour = Counter(call.hour for call in calls if call.queue == queue)
        assert max(by_hour[hour] for hour in HOURS) - min(by_hour[hour] for hour in HOURS) <= 1


def test_they_come_in_the_order_of_the_day():
    calls = drawn_calls(QUEUES, HOURS, 24, seed=3)
    assert list(calls) == sorted(calls, key=lambda call: (call.hour, call.nth, call.queue))


def test_the_seed_alone_decides_and_not_the_order_of_the_lists():
    for seed in range(40):
        one = drawn_calls(QUEUES, HOURS, 10, seed)
        assert one == drawn_calls(QUEUES[::-1] + QUEUES, HOURS[::-1], 10, seed)
    assert len({drawn_calls(QUEUES, HOURS, 10, seed) for seed in range(40)}) == 40


def test_all_there_are_can_be_drawn():
    calls = drawn_calls(["cards"], [9, 10], 10, seed=1)
    assert set(calls) == {DrawnCall("cards", hour, nth) for hour, nth in product([9, 10], NTH)}


def chi_square(counts, expected):
    return sum((count - expected) ** 2 / expected for count in counts)


def test_every_call_has_the_same_chance():
    # 3 queues x 4 hours x 5 places = 60 cells, one call a draw: chi-square with 59 degrees, 99.9 % point 98.3
    counts = Counter(drawn_calls(QUEUES, HOURS, 1, seed)[0] for seed in range(12_000))
    assert len(counts) == 60
    assert chi_square(counts.values(), 200) < 98.3


def test_in_a_fuller_draw_each_place_has_the_same_chance_too():
    # 7 calls a draw, 4,000 draws: places 1 - 5 with 4 degrees, hours with 3; the 99.9 % points
    drawn = [call for seed in range(4_000) for call in drawn_calls(QUEUES, HOURS, 7, seed)]
    assert chi_square(Counter(call.nth for call in drawn).values(), 5_600) < 18.5
    assert chi_square(Counter(call.hour for call in drawn).values(), 7_000) < 16.3
    assert chi_square(Counter(call.queue for call in drawn).values(), 28_000 / 3) < 13.9


@pytest.mark.parametrize(
    ("queues", "hours", "n", "why"),
    [
        ([], HOURS, 1, "Name a queue"),
        (QUEUES, [], 1, "Name a queue"),
        (QUEUES, HOURS, 0, "Name a queue"),
        (QUEUES, [24], 1, "between 0 and 23"),
        (QUEUES, [-1, 3], 1, "between 0 and 23"),
        (["cards"], [9], 6, "more than"),
    ],
)
def test_what_cannot_be_drawn_is_refused(queues, hours, n, why):
    with pytest.raises(ValueError, match=why):
        drawn_calls(queues, hours, n, 1)
