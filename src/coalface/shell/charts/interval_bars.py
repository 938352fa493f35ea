"""Several estimates under one another, each a soft bar with a tick."""

from collections.abc import Sequence
from dataclasses import dataclass

from coalface.shell.charts.scale import Bar, Interval, bar, furthest, per_cent, round_up


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
        return round_up(max([*furthest([row.figure for row in self.rows]), self.reference or 0.0]))

    def bars(self) -> list[tuple[IntervalRow, Bar | None]]:
        return [(row, bar(row.figure, self.least, self.end)) for row in self.rows]

    def reference_x(self) -> str | None:
        if self.reference is None:
            return None
        return per_cent(self.reference - self.least, self.end - self.least)
