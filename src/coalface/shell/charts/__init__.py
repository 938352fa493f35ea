"""Where the marks of each chart stand; the templates in shell/charts draw them."""

from coalface.shell.charts.before_after import BeforeAfter, Column, Stretch, Week
from coalface.shell.charts.control_chart import ControlWeeks, JudgedWeek, Sign
from coalface.shell.charts.dot_plot import Dot, DotPlot, DotRow, Tick
from coalface.shell.charts.interval_bars import IntervalBars, IntervalRow
from coalface.shell.charts.scale import Bar, Interval, bar, per_cent, round_up
from coalface.shell.charts.split_bar import Part, Slice, SplitBar
from coalface.shell.charts.then_now import Drawn, Pair, ThenNow
from coalface.shell.charts.waterline import Level, Rock, Waterline

__all__ = [
    "Bar",
    "BeforeAfter",
    "Column",
    "ControlWeeks",
    "Dot",
    "DotPlot",
    "DotRow",
    "Drawn",
    "Interval",
    "IntervalBars",
    "IntervalRow",
    "JudgedWeek",
    "Level",
    "Pair",
    "Part",
    "Rock",
    "Sign",
    "Slice",
    "SplitBar",
    "Stretch",
    "ThenNow",
    "Tick",
    "Waterline",
    "Week",
    "bar",
    "per_cent",
    "round_up",
]
