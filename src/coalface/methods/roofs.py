"""Straight lines above how much of each cell a choice closes, drawn closer wherever an answer stands."""

from typing import Any

# A line is drawn where an answer stands this much above the truth. Where the first lines touch, as sums of
# −ln(1 − chance); from which share on a pair counts as chosen when lines are drawn around a choice.
ABOVE, TOUCHED, CHOSEN = 1e-7, (0.5, 1.0, 2.0), (0.25, 0.5, 0.75)


class Roofs:
    """What 1 − Π(1 − chance) of each cell never exceeds, over a number from 0 to 1 for each option.

    For any set S of options three kinds of lines lie above it, and all touch it at S: the tangent to
    1 − exp(−Σ a), a = −ln(1 − chance), and both of Nemhauser and Wolsey: what S closes, plus what each option
    beyond S would add to it (or to nothing), less what each of S would add to all others (or to the rest of
    S). Who raises an issue for certain lifts each line to 1 and is in no S.
    Shapes: for each hit its cell, its option and its chance; how many cells and options there are.
    Units: shares of a cell. Errors: none.
    Source: Duran & Grossmann 1986 (tangents); Nemhauser & Wolsey 1981 (the other lines).

    >>> import numpy as np
    >>> roofs = Roofs(np.array([0, 0]), np.array([0, 1]), np.array([0.5, 0.5]), cells=1, options=2)
    >>> both = np.ones(2)
    >>> roofs.lowest(both).tolist(), roofs.closer(both, np.ones(1)), roofs.lowest(both).tolist()
    ([0.7742303125250224], 3, [0.75])
    """

    def __init__(self, cell: Any, option: Any, chance: Any, *, cells: int, options: int) -> None:
        import numpy as np

        self.cell, self.option, self.chance, self.shape = cell, option, chance, (cells, options)
        self.sure = chance >= 1
        self.curved = np.bincount(cell, ~self.sure, minlength=cells) > 0
        unsure = np.where(self.sure, 0.0, chance)
        self.a, self.odds = -np.log1p(-unsure), unsure / (1 - unsure)
        self.nobody = np.where(self._sums(self.sure) > 0, 0.0, np.exp(-self._sums(self.a)))
        self.lines: list[tuple[Any, Any, Any]] = []
        self._draw(np.arange(cells), chance, np.zeros(cells))
        for total in TOUCHED if self.curved.any() else ():
            self._draw(np.flatnonzero(self.curved), *self._tangent(np.full(cells, total)))

    def _sums(self, values: Any) -> Any:
        import numpy as np

        return np.bincount(self.cell, values, minlength=self.shape[0])

    def _draw(self, cells: Any, slope: Any, height: Any) -> None:
        from scipy import sparse

        if len(cells):
            matrix = sparse.csr_matrix((slope, (self.cell, self.option)), shape=self.shape)
            self.lines.append((cells, matrix[cells], height[cells]))

    def _tangent(self, total: Any) -> tuple[Any, Any]:
        import numpy as np

        left = np.exp(-total)
        slope = np.where(self.sure, left[self.cell] * (1 + total[self.cell]), self.a * left[self.cell])
        return slope, 1 - left - left * total

    def _around(self, inside: Any) -> list[tuple[Any, Any]]:
        """The lines of Nemhauser and Wolsey around the hits inside."""
        import numpy as np

        left = np.exp(-self._sums(self.a * inside))
        added = left[self.cell] * self.chance
        slopes = (
            np.where(inside, self.nobody[self.cell] * self.odds, added),
            np.where(inside, left[self.cell] * self.odds, self.chance),
        )
        return [(slope, 1 - left - self._sums(slope * inside)) for slope in slopes]

    def closer(self, shares: Any, told: Any) -> int:
        """Draw lines below what was told of each cell, where there are any; how many."""
        import numpy as np

        over = shares[self.option]
        candidates = [self._tangent(self._sums(self.a * over))]
        around = {(over > part).tobytes(): over > part for part in CHOSEN}
        for inside in around.values():
            candidates += self._around(inside & ~self.sure)
        drawn = 0
        for slope, height in candidates:
            above = told > height + self._sums(slope * over) + ABOVE
            cells = np.flatnonzero(self.curved & above)
            self._draw(cells, slope, height)
            drawn += len(cells)
        return drawn

    def lowest(self, shares: Any) -> Any:
        """For each cell the lowest of its lines there, 1 at most."""
        import numpy as np

        found = np.ones(self.shape[0])
        for cells, matrix, height in self.lines:
            np.minimum.at(found, cells, matrix @ shares + height)
        return found

    def only_near(self, shares: Any, told: Any, *, within: float) -> None:
        """Forget the lines that lie further than `within` above what was told; the plain sums stay."""
        import numpy as np

        kept = self.lines[:1]
        for cells, matrix, height in self.lines[1:]:
            near = np.flatnonzero(matrix @ shares + height <= told[cells] + within)
            if len(near):
                kept.append((cells[near], matrix[near], height[near]))
        self.lines = kept
