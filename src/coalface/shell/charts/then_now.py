"""How much something took then and now, two bars a line."""

from collections.abc import Sequence
from dataclasses import dataclass

from coalface.shell.charts.scale import per_cent, round_up


@dataclass(frozen=True)
class Pair:
    """One line; None where there was nothing then, or is nothing now."""

    label: str
    now: float | None
    then: float | None


@dataclass(frozen=True)
class Drawn:
    pair: Pair
    now_width: str
    then_width: str


@dataclass(frozen=True)
class ThenNow:
    """Two measurements of the same things on one scale; a difference is shown, never a verdict."""

    rows: Sequence[Pair]

    @property
    def end(self) -> float:
        seen = [value for row in self.rows for value in (row.now, row.then) if value is not None]
        return round_up(max(seen, default=0.0))

    def bars(self) -> list[Drawn]:
        return [
            Drawn(row, per_cent(row.now or 0.0, self.end), per_cent(row.then or 0.0, self.end))
            for row in self.rows
        ]
