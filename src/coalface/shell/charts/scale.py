"""Where a figure and its interval stand on a scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Protocol


class Interval(Protocol):
    """A figure with the interval it may lie in: `methods.results.Estimate`, or a row with the same names."""

    @property
    def estimate(self) -> float | None: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...


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


def bar(figure: Interval | None, least: float = 0.0, most: float = 1.0) -> Bar | None:
    """The same soft bar with a tick wherever an estimate is drawn; an unknown end reaches the edge."""
    if figure is None or figure.estimate is None:
        return None
    span = most - least
    low = least if figure.low is None else max(figure.low, least)
    high = most if figure.high is None else min(figure.high, most)
    return Bar(
        band_x=per_cent(low - least, span),
        band_width=per_cent(max(high - low, 0.0), span),
        tick_x=per_cent(figure.estimate - least, span),
    )


def furthest(figures: Sequence[Interval | None]) -> list[float]:
    """How far each figure reaches, for the end of an axis they share."""
    reaches = [figure.estimate if figure.high is None else figure.high for figure in figures if figure]
    return [reach for reach in reaches if reach is not None and isfinite(reach)]


def round_up(value: float) -> float:
    """The next number an axis can end on: 1, 2 or 5 times a power of ten, or 3, 4, 6, 8."""
    if value <= 0:
        return 1.0
    power = 10.0 ** (len(str(int(value))) - 1) if value >= 1 else 0.1
    steps = (1, 2, 3, 4, 5, 6, 8, 10)
    return next((step * power for step in steps if value <= step * power), 10 * power)
