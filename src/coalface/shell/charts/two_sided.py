"""Two shares that face each other: what hurts to the left of a middle, what delights to its right."""

from dataclasses import dataclass

from coalface.shell.charts.scale import per_cent

Figure = tuple[float | None, float | None, float | None]


@dataclass(frozen=True)
class Side:
    """One half of the bar: its fill and the interval, both from the middle outwards."""

    estimate: float | None
    low: float
    high: float
    x: str
    width: str
    band_x: str
    band_width: str


@dataclass(frozen=True)
class TwoSided:
    """Each share with its low and high end, between 0 and 1; the two need not add up to one."""

    bad: Figure
    good: Figure

    def left(self) -> Side:
        estimate, low, high = self.bad[0], self.bad[1] or 0.0, 1.0 if self.bad[2] is None else self.bad[2]
        fill = estimate or 0.0
        return Side(
            estimate,
            low,
            high,
            x=per_cent((1 - fill) / 2),
            width=per_cent(fill / 2),
            band_x=per_cent((1 - high) / 2),
            band_width=per_cent((high - low) / 2),
        )

    def right(self) -> Side:
        estimate, low, high = self.good[0], self.good[1] or 0.0, 1.0 if self.good[2] is None else self.good[2]
        fill = estimate or 0.0
        return Side(
            estimate,
            low,
            high,
            x=per_cent(0.5),
            width=per_cent(fill / 2),
            band_x=per_cent((1 + low) / 2),
            band_width=per_cent((high - low) / 2),
        )
