"""Each mark stands where its figure says."""

from datetime import date, timedelta

import pytest

from coalface.methods.results import Estimate, wilson
from coalface.shell.charts import (
    Bar,
    BeforeAfter,
    Column,
    Dot,
    DotPlot,
    DotRow,
    Drawn,
    IntervalBars,
    IntervalRow,
    Level,
    Pair,
    Part,
    Rock,
    Slice,
    SplitBar,
    Stretch,
    ThenNow,
    Tick,
    Waterline,
    Week,
    bar,
    per_cent,
    round_up,
)

FIGURE = Estimate(0.2, 0.1, 0.4, 38, "example")
NOTHING = wilson(0, 0)


def weeks(*phases: str) -> list[Week]:
    first = date(2026, 1, 5)
    return [Week(first + timedelta(weeks=place), 10, phase) for place, phase in enumerate(phases)]


def test_a_soft_bar_covers_the_interval_and_its_tick_marks_the_estimate():
    assert bar(FIGURE) == Bar(band_x="10.00%", band_width="30.00%", tick_x="20.00%")


def test_a_soft_bar_ends_where_the_scale_ends():
    ratio = Estimate(0.8, 0.2, float("inf"), 9, "exact")
    assert bar(ratio, most=2.0) == Bar(band_x="10.00%", band_width="90.00%", tick_x="40.00%")


def test_an_end_that_is_not_known_reaches_the_edge():
    assert bar(Estimate(0.5, None, None, 1, "example")) == Bar("0.00%", "100.00%", "50.00%")


def test_what_cannot_be_said_has_no_bar():
    assert (bar(None), bar(NOTHING)) == (None, None)


@pytest.mark.parametrize(
    ("part", "whole", "length"), [(1, 4, "25.00%"), (5, 4, "100.00%"), (-1, 4, "0.00%"), (1, 0, "0.00%")]
)
def test_a_length_never_leaves_the_drawing(part: float, whole: float, length: str):
    assert per_cent(part, whole) == length


@pytest.mark.parametrize(
    ("value", "end"),
    [(0, 1), (0.32, 0.4), (1, 1), (7, 8), (12, 20), (26, 30), (71, 80), (99, 100), (1300, 2000)],
)
def test_an_axis_ends_on_a_round_number(value: float, end: float):
    assert round_up(value) == pytest.approx(end)


def test_rows_of_soft_bars_share_one_scale():
    rows = [IntervalRow("Altmatt", Estimate(12, 8, 17, 30, "example")), IntervalRow("Corneau", None)]
    chart = IntervalBars(rows, kind="days", most=None, reference=10)
    assert chart.bars() == [(rows[0], Bar("40.00%", "45.00%", "60.00%")), (rows[1], None)]
    assert (chart.end, chart.reference_x()) == (20.0, "50.00%")


def test_without_a_reference_there_is_no_line():
    assert IntervalBars([IntervalRow("Altmatt", FIGURE)]).reference_x() is None


def test_leaders_stand_by_name_and_never_by_rank():
    ruth, bruno = DotRow("Ruth", 4, FIGURE, 2, 10), DotRow("bruno", 20)
    chart = DotPlot([ruth, bruno], median=10)
    assert chart.dots() == [
        Dot(bruno, "100.00%", None),
        Dot(ruth, "20.00%", Bar("10.00%", "30.00%", "20.00%")),
    ]
    assert chart.median_x() == "50.00%"
    assert chart.ticks() == [Tick("0.00%", 0.0), Tick("50.00%", 10.0), Tick("100.00%", 20.0)]


def test_who_has_met_nobody_stands_at_the_far_end():
    nadia = DotRow("Nadia", None)
    chart = DotPlot([nadia])
    assert (chart.dots(), chart.end, chart.median_x()) == ([Dot(nadia, "100.00%", None)], 1.0, None)


def test_the_known_stands_above_the_water_and_the_rest_below():
    level = Level("Top", FIGURE, unseen=29)
    (rock,) = Waterline([level]).rocks()
    assert rock == Rock(
        level,
        x="27.00%",
        width="46.00%",
        middle="50.00%",
        top=86.0,
        sure_top=119.0,
        tick=108.0,
        sure_bottom=196.0,
        bottom=229.0,
    )
    assert (rock.above, rock.perhaps_above, rock.below, rock.perhaps_below) == (11.0, 33.0, 66.0, 33.0)


@pytest.mark.parametrize("known", [None, NOTHING])
def test_a_level_of_too_few_people_has_no_height(known: Estimate | None):
    (rock,) = Waterline([Level("Middle", known)]).rocks()
    assert rock == Rock(Level("Middle", None), x="27.00%", width="46.00%", middle="50.00%")


def test_the_spike_is_shaded_and_the_baseline_crosses_it():
    chart = BeforeAfter(
        weeks("baseline", "spike", "lag", "after"),
        baseline=5.0,
        expected=Estimate(5.0, 4.0, 8.0, 3, "example"),
        shipped_on=date(2026, 1, 14),
    )
    assert chart.columns()[1] == Column(chart.weeks[1], "28.50%", "18.00%", 0.0, 150.0)
    assert chart.spike() == Stretch("25.00%", "50.00%", "25.00%")
    assert chart.baseline_line() == Stretch("0.00%", "50.00%", "50.00%", y=75.0)
    assert chart.expected_band() == Stretch("75.00%", "100.00%", "25.00%", y=30.0, height=60.0)
    assert chart.shipped_x() == "50.00%"
    assert chart.ticks() == [(150.0, 0.0), (75.0, 5.0), (0.0, 10.0)]
    assert (chart.first_on, chart.last_on) == (date(2026, 1, 5), date(2026, 1, 26))


def test_a_fix_that_is_not_shipped_has_only_a_before():
    chart = BeforeAfter(weeks("baseline"))
    assert (chart.spike(), chart.baseline_line(), chart.expected_band(), chart.shipped_x()) == (None,) * 4


def test_without_weeks_there_is_nothing_to_draw():
    chart = BeforeAfter([], shipped_on=date(2026, 1, 14))
    assert (chart.columns(), chart.first_on, chart.last_on, chart.shipped_x()) == ([], None, None, None)


def test_the_parts_fill_the_whole():
    magic, misery = Part("magic", 30, "good"), Part("misery", 10, "bad")
    assert SplitBar([magic, misery]).slices() == [
        Slice(magic, "0.00%", "75.00%", 0.75),
        Slice(misery, "75.00%", "25.00%", 0.25),
    ]


def test_an_empty_whole_has_empty_parts():
    none = Part("magic", 0)
    assert SplitBar([none]).slices() == [Slice(none, "0.00%", "0.00%", 0.0)]


def test_then_and_now_share_one_scale_and_what_is_missing_has_no_bar():
    rows = [Pair("Menu", 20, 40), Pair("Human", None, 10), Pair("Wait", 5, None)]
    assert ThenNow(rows).bars() == [
        Drawn(rows[0], "50.00%", "100.00%"),
        Drawn(rows[1], "0.00%", "25.00%"),
        Drawn(rows[2], "12.50%", "0.00%"),
    ]
    assert ThenNow([]).bars() == []
