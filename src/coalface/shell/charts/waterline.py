"""How much of what customers say each level knows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from coalface.shell.charts.scale import Interval, per_cent

SEA_LEVEL = 130.0
DEPTH = 110.0


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
        middles = [(place + 0.5) * step for place in range(len(self.levels))]
        return [
            self._rock(level, middle, step * 0.46) for level, middle in zip(self.levels, middles, strict=True)
        ]

    def _rock(self, level: Level, middle: float, width: float) -> Rock:
        rock = Rock(level, x=per_cent(middle - width / 2), width=per_cent(width), middle=per_cent(middle))
        known = level.known
        if known is None or known.estimate is None:
            return replace(rock, level=replace(level, known=None))
        low, high = known.low or 0.0, 1.0 if known.high is None else known.high
        return replace(
            rock,
            top=round(SEA_LEVEL - high * DEPTH, 2),
            sure_top=round(SEA_LEVEL - low * DEPTH, 2),
            tick=round(SEA_LEVEL - known.estimate * DEPTH, 2),
            sure_bottom=round(SEA_LEVEL + (1 - high) * DEPTH, 2),
            bottom=round(SEA_LEVEL + (1 - low) * DEPTH, 2),
        )
