"""How often something was said, week by week, before and after a fix."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coalface.shell.charts.scale import Interval, furthest, per_cent, round_up

COLUMN_HEIGHT = 150.0


@dataclass(frozen=True)
class Week:
    """How often it was said in one week; `phase` is baseline, spike, lag or after."""

    starts_on: date
    count: int
    phase: str


@dataclass(frozen=True)
class Column:
    week: Week
    x: str
    width: str
    y: float
    height: float


@dataclass(frozen=True)
class Stretch:
    """A stretch of weeks and, where it has one, the level drawn across it."""

    x: str
    x_end: str
    width: str
    y: float = 0.0
    height: float = 0.0


@dataclass(frozen=True)
class BeforeAfter:
    """Weekly counts, the baseline without the spike, and what would have been expected without the fix.

    `control`: for each week what the issue would have been had it gone as what the fix does not touch.
    """

    weeks: Sequence[Week]
    baseline: float | None = None
    expected: Interval | None = None
    shipped_on: date | None = None
    control: Sequence[float] = ()

    @property
    def end(self) -> float:
        counts = [*(float(week.count) for week in self.weeks), *self.control]
        return round_up(max([*counts, *furthest([self.expected]), self.baseline or 0.0]))

    def columns(self) -> list[Column]:
        step = 1.0 / max(len(self.weeks), 1)
        return [self._column(week, place * step, step) for place, week in enumerate(self.weeks)]

    def _column(self, week: Week, left: float, step: float) -> Column:
        height = self._height(week.count)
        x, width = per_cent(left + step * 0.14), per_cent(step * 0.72)
        return Column(week, x, width, round(COLUMN_HEIGHT - height, 2), height)

    def _height(self, count: float) -> float:
        return round(count / self.end * COLUMN_HEIGHT, 2)

    def _stretch(self, *phases: str) -> tuple[float, float] | None:
        places = [place for place, week in enumerate(self.weeks) if week.phase in phases]
        if not places:
            return None
        return places[0] / len(self.weeks), (places[-1] + 1) / len(self.weeks)

    def spike(self) -> Stretch | None:
        ends = self._stretch("spike")
        return Stretch(*self._across(ends)) if ends else None

    def baseline_line(self) -> Stretch | None:
        ends = self._stretch("baseline", "spike")
        if ends is None or self.baseline is None:
            return None
        return Stretch(*self._across(ends), y=round(COLUMN_HEIGHT - self._height(self.baseline), 2))

    def expected_band(self) -> Stretch | None:
        ends = self._stretch("after")
        if ends is None or self.expected is None or self.expected.high is None:
            return None
        top, bottom = self._height(self.expected.high), self._height(self.expected.low or 0.0)
        return Stretch(*self._across(ends), y=round(COLUMN_HEIGHT - top, 2), height=round(top - bottom, 2))

    @staticmethod
    def _across(ends: tuple[float, float]) -> tuple[str, str, str]:
        return per_cent(ends[0]), per_cent(ends[1]), per_cent(ends[1] - ends[0])

    def control_line(self) -> list[Stretch]:
        """A step for each week."""
        step = 1.0 / max(len(self.weeks), 1)
        return [
            Stretch(
                *self._across((place * step, (place + 1) * step)),
                y=round(COLUMN_HEIGHT - self._height(count), 2),
            )
            for place, count in enumerate(self.control)
        ]

    def shipped_x(self) -> str | None:
        """The gap before the first week that began after shipping."""
        if self.shipped_on is None or not self.weeks:
            return None
        before = sum(1 for week in self.weeks if week.starts_on < self.shipped_on)
        return per_cent(before, len(self.weeks))

    def ticks(self) -> list[tuple[float, float]]:
        """Nothing, the most, and the middle where that is a whole number: nothing is said half a time."""
        shares = (0.0, 0.5, 1.0) if self.end % 2 == 0 else (0.0, 1.0)
        return [(round(COLUMN_HEIGHT * (1 - share), 2), self.end * share) for share in shares]

    @property
    def first_on(self) -> date | None:
        return self.weeks[0].starts_on if self.weeks else None

    @property
    def last_on(self) -> date | None:
        return self.weeks[-1].starts_on if self.weeks else None
