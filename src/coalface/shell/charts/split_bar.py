"""One whole in parts."""

from collections.abc import Sequence
from dataclasses import dataclass

from coalface.shell.charts.scale import per_cent


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
