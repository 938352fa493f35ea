"""How often something was said week by week, what is usual, and which weeks say that something changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coalface.methods import control_charts
from coalface.methods.results import Estimate
from coalface.shell.charts.before_after import COLUMN_HEIGHT, BeforeAfter, Column, Week
from coalface.shell.charts.scale import per_cent

A_WEEK = timedelta(weeks=1)
ROOM_FOR_A_SIGN = 9.0


@dataclass(frozen=True)
class JudgedWeek:
    """One week with its limits; `signal` is a rule of `methods.control_charts`, or nothing."""

    starts_on: date
    until_on: date
    count: int
    phase: str
    centre: float | None
    low: float | None
    high: float | None
    signal: str


@dataclass(frozen=True)
class Sign:
    """Where the shape stands that says which rule a week breaks."""

    week: JudgedWeek
    x: str
    y: float


@dataclass(frozen=True)
class ControlWeeks:
    """Weekly counts with the limits of a control chart; a week that is not over is drawn and not judged."""

    weeks: Sequence[Week]
    chart: control_charts.ControlChart
    shipped_on: date | None = None

    @property
    def drawn(self) -> BeforeAfter:
        high = self.chart.high[0] if self.chart.high else None
        usual = Estimate(self.chart.centre, None, high, self.chart.n, self.chart.method) if high else None
        return BeforeAfter(self.weeks, expected=usual, shipped_on=self.shipped_on)

    def judged(self) -> list[JudgedWeek]:
        rules = {signal.at: signal.rule for signal in self.chart.signals}
        return [self._judged(place, week, rules.get(place, "")) for place, week in enumerate(self.weeks)]

    def _judged(self, place: int, week: Week, signal: str) -> JudgedWeek:
        low, high = (ends[place] if place < len(ends) else None for ends in (self.chart.low, self.chart.high))
        centre = self.chart.centre if high is not None else None
        return JudgedWeek(
            week.starts_on, week.starts_on + A_WEEK, week.count, week.phase, centre, low, high, signal
        )

    def told(self) -> list[JudgedWeek]:
        """The weeks that say something, the newest first."""
        return [week for week in reversed(self.judged()) if week.signal]

    def rules(self) -> list[str]:
        """The rules that some week breaks, for the key."""
        return sorted({signal.rule for signal in self.chart.signals})

    def columns(self) -> list[Column]:
        return self.drawn.columns()

    def signs(self) -> list[Sign]:
        """A shape above the column of each week that says something."""
        step = 1.0 / max(len(self.weeks), 1)
        return [
            Sign(week, per_cent((place + 0.5) * step), self._y(week.count) - ROOM_FOR_A_SIGN)
            for place, week in enumerate(self.judged())
            if week.signal
        ]

    @property
    def limits(self) -> tuple[float, float] | None:
        """Lowest and highest usual count, as the first week has them: with equal weeks all do."""
        return (self.chart.low[0], self.chart.high[0]) if self.chart.high else None

    def band(self) -> tuple[float, float] | None:
        """Top and height of what is usual."""
        if self.limits is None:
            return None
        bottom, top = (self._y(limit) for limit in self.limits)
        return top, round(bottom - top, 2)

    def middle(self) -> float | None:
        return None if self.chart.centre is None else self._y(self.chart.centre)

    def _y(self, count: float) -> float:
        return round(COLUMN_HEIGHT - count / self.drawn.end * COLUMN_HEIGHT, 2)
