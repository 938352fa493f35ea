"""Where the marks of each chart stand; the templates in shell/charts draw them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

SEA_LEVEL = 130.0
DEPTH = 110.0
COLUMN_HEIGHT = 150.0


class Interval(Protocol):
    """What every method of `coalface.methods` hands back: a figure with the interval it may lie in."""

    @property
    def estimate(self) -> float: ...
    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...


@dataclass(frozen=True)
class Estimate:
    """A figure with its interval, for pages that read one from a stored row."""

    estimate: float
    low: float
    high: float
    n: int | None = None


@dataclass(frozen=True)
class Bar:
    """The soft bar and its tick, in per cent of the width at hand."""

    band_x: str
    band_width: str
    tick_x: str


def per_cent(part: float, whole: float = 1.0) -> str:
    """A length for SVG: never localised, never outside the drawing."""
    share = min(max(part / whole, 0.0), 1.0) if whole else 0.0
    return f"{share * 100:.2f}%"


def bar(figure: Interval, least: float = 0.0, most: float = 1.0) -> Bar:
    """The same soft bar with a tick wherever an estimate is drawn."""
    span = most - least
    low, high = max(figure.low, least), min(figure.high, most)
    return Bar(
        band_x=per_cent(low - least, span),
        band_width=per_cent(max(high - low, 0.0), span),
        tick_x=per_cent(figure.estimate - least, span),
    )


def round_up(value: float) -> float:
    """The next number an axis can end on: 1, 2 or 5 times a power of ten, or 3, 4, 6, 8."""
    if value <= 0:
        return 1.0
    power = 10.0 ** (len(str(int(value))) - 1) if value >= 1 else 0.1
    steps = (1, 2, 3, 4, 5, 6, 8, 10)
    return next((step * power for step in steps if value <= step * power), 10 * power)


# --- rows of soft bars --------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class IntervalRow:
    """One figure with its interval; `figure=None` means too little to show."""

    label: str
    figure: Interval | None
    n: int | None = None
    href: str = ""
    mine: bool = False


@dataclass(frozen=True)
class IntervalBars:
    """Several estimates on one scale; `reference` draws the line they are to be compared with."""

    rows: Sequence[IntervalRow]
    kind: str = "share"
    least: float = 0.0
    most: float | None = 1.0
    reference: float | None = None

    @property
    def end(self) -> float:
        if self.most is not None:
            return self.most
        highs = [row.figure.high for row in self.rows if row.figure]
        return round_up(max([*highs, self.reference or 0.0], default=1.0))

    def bars(self) -> list[tuple[IntervalRow, Bar | None]]:
        return [(row, bar(row.figure, self.least, self.end) if row.figure else None) for row in self.rows]

    def reference_x(self) -> str | None:
        return None if self.reference is None else per_cent(self.reference - self.least, self.end - self.least)


# --- days since a customer was last met ---------------------------------------------------------------------------
@dataclass(frozen=True)
class DotRow:
    """One leader who published their clock; `days=None` means nobody has been met yet."""

    label: str
    days: float | None
    resolution: Interval | None = None
    resolved: int | None = None
    of: int | None = None
    href: str = ""
    mine: bool = False


@dataclass(frozen=True)
class Dot:
    row: DotRow
    x: str
    resolution: Bar | None


@dataclass(frozen=True)
class Tick:
    x: str
    value: float


@dataclass(frozen=True)
class DotPlot:
    """Days since the last encounter, by name and never by rank, with how much of what was raised is resolved."""

    rows: Sequence[DotRow]
    median: float | None = None
    people_in_median: int | None = None

    @property
    def end(self) -> float:
        days = [row.days for row in self.rows if row.days is not None]
        return round_up(max([*days, self.median or 0.0], default=30.0))

    def dots(self) -> list[Dot]:
        named = sorted(self.rows, key=lambda row: (row.label.casefold(), row.label))
        return [self._dot(row) for row in named]

    def _dot(self, row: DotRow) -> Dot:
        days = self.end if row.days is None else row.days
        return Dot(row, per_cent(days, self.end), bar(row.resolution) if row.resolution else None)

    def median_x(self) -> str | None:
        return None if self.median is None else per_cent(self.median, self.end)

    def ticks(self) -> list[Tick]:
        return [Tick(per_cent(share), self.end * share) for share in (0.0, 0.5, 1.0)]


# --- the waterline ------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Level:
    """How much of what customers say one level knows; `known=None` means too few people to show."""

    label: str
    known: Interval | None
    unseen: int | None = None
    href: str = ""


@dataclass(frozen=True)
class Rock:
    """A level's column: what is sure above and below the water, and what the interval leaves open."""

    level: Level
    x: str
    width: str
    middle: str
    top: float = SEA_LEVEL
    sure_top: float = SEA_LEVEL
    tick: float = SEA_LEVEL
    sure_bottom: float = SEA_LEVEL
    bottom: float = SEA_LEVEL

    @property
    def above(self) -> float:
        return SEA_LEVEL - self.sure_top

    @property
    def perhaps_above(self) -> float:
        return self.sure_top - self.top

    @property
    def below(self) -> float:
        return self.sure_bottom - SEA_LEVEL

    @property
    def perhaps_below(self) -> float:
        return self.bottom - self.sure_bottom


@dataclass(frozen=True)
class Waterline:
    """Share known stands above the water, share unknown lies below, per level."""

    levels: Sequence[Level]

    def rocks(self) -> list[Rock]:
        step = 1.0 / max(len(self.levels), 1)
        return [self._rock(level, (place + 0.5) * step, step * 0.46) for place, level in enumerate(self.levels)]

    def _rock(self, level: Level, middle: float, width: float) -> Rock:
        placed = {"x": per_cent(middle - width / 2), "width": per_cent(width), "middle": per_cent(middle)}
        if level.known is None:
            return Rock(level, **placed)
        known = level.known
        return Rock(
            level,
            **placed,
            top=round(SEA_LEVEL - known.high * DEPTH, 2),
            sure_top=round(SEA_LEVEL - known.low * DEPTH, 2),
            tick=round(SEA_LEVEL - known.estimate * DEPTH, 2),
            sure_bottom=round(SEA_LEVEL + (1 - known.high) * DEPTH, 2),
            bottom=round(SEA_LEVEL + (1 - known.low) * DEPTH, 2),
        )


# --- before and after a fix ---------------------------------------------------------------------------------------
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
    """Weekly counts, the baseline without the spike, and what would have been expected without the fix."""

    weeks: Sequence[Week]
    baseline: float | None = None
    expected: Interval | None = None
    shipped_on: date | None = None

    @property
    def end(self) -> float:
        counts = [week.count for week in self.weeks]
        return round_up(max([*counts, self.baseline or 0.0, self.expected.high if self.expected else 0.0]))

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
        if ends is None or self.expected is None:
            return None
        top, bottom = self._height(self.expected.high), self._height(self.expected.low)
        return Stretch(*self._across(ends), y=round(COLUMN_HEIGHT - top, 2), height=round(top - bottom, 2))

    @staticmethod
    def _across(ends: tuple[float, float]) -> tuple[str, str, str]:
        return per_cent(ends[0]), per_cent(ends[1]), per_cent(ends[1] - ends[0])

    def shipped_x(self) -> str | None:
        """The gap before the first week that began after shipping."""
        if self.shipped_on is None or not self.weeks:
            return None
        before = sum(1 for week in self.weeks if week.starts_on < self.shipped_on)
        return per_cent(before, len(self.weeks))

    def ticks(self) -> list[tuple[float, float]]:
        return [(round(COLUMN_HEIGHT * (1 - share), 2), self.end * share) for share in (0.0, 0.5, 1.0)]

    @property
    def first_on(self) -> date | None:
        return self.weeks[0].starts_on if self.weeks else None

    @property
    def last_on(self) -> date | None:
        return self.weeks[-1].starts_on if self.weeks else None


# --- one whole in parts -------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Part:
    """`tone` is good, middling or bad; the words beside it say the same, so colour never stands alone."""

    label: str
    count: int
    tone: str = "middling"
    href: str = ""


@dataclass(frozen=True)
class Slice:
    part: Part
    x: str
    width: str
    share: float


@dataclass(frozen=True)
class SplitBar:
    parts: Sequence[Part]

    @property
    def whole(self) -> int:
        return sum(part.count for part in self.parts)

    def slices(self) -> list[Slice]:
        slices, so_far = [], 0
        for part in self.parts:
            share = part.count / self.whole if self.whole else 0.0
            slices.append(Slice(part, per_cent(so_far, self.whole or 1), per_cent(share), share))
            so_far += part.count
        return slices
