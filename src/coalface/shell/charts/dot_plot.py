"""Days since a customer was last met, one line a leader."""

from collections.abc import Sequence
from dataclasses import dataclass

from coalface.shell.charts.scale import Bar, Interval, bar, per_cent, round_up


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
    """Days since the last encounter, by name and never by rank, beside how much raised is resolved."""

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
        return Dot(row, per_cent(days, self.end), bar(row.resolution))

    def median_x(self) -> str | None:
        return None if self.median is None else per_cent(self.median, self.end)

    def ticks(self) -> list[Tick]:
        return [Tick(per_cent(share), self.end * share) for share in (0.0, 0.5, 1.0)]
