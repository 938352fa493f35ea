"""The set of meetings that closes most: found quickly with a proof of how good it is, or exactly."""

from dataclasses import dataclass
from typing import Any

from coalface.methods.certificates import Certificate, certificate
from coalface.methods.changes import changed
from coalface.methods.coverage import Field, closed, filled

# As good as proven; seconds that branch and bound may take, and how often its roof is cut closer.
PROVEN, SECONDS, ROUNDS = 1e-7, 120.0, 40
# What comes as near as this to the bound is not changed any more.
GOOD = 0.997
TANGENTS = (0.0, 0.25, 0.5, 0.8, 1.2, 1.7, 2.3, 3.0)


@dataclass(frozen=True, slots=True)
class Best:
    """The chosen pairs, what they close, what nothing exceeds, and whether these are the best."""

    chosen: list[int]
    closed: float
    bound: float
    exact: bool


def best(field: Field, *, least: tuple[int, Any], exact_up_to: int, seed: int = 0) -> Best:
    """Choose pairs: each place as many as it has room for, each customer once, so that much is closed.

    `least`: so many of the pairs marked true have to be among them, as far as that is possible.
    Shapes: a field, a number and N booleans; `seed` is that of the changes. Units: those of the weights.
    Errors: none. Source: Minoux 1978; Kirkpatrick et al. 1983; Chambolle & Pock 2011; HiGHS.

    >>> import numpy as np
    >>> one = np.zeros(2, int)
    >>> q, worth = np.array([0.5, 0.9]), np.array([8.0])
    >>> field = Field(one[:1] + 1, one, np.arange(2), np.arange(3), one, q, worth, 2)
    >>> best(field, least=(0, np.zeros(2, bool)), exact_up_to=10)
    Best(chosen=[1], closed=7.2, bound=7.2, exact=True)
    >>> best(field, least=(1, np.array([True, False])), exact_up_to=0).chosen
    [0]
    """
    if not field.pairs:
        return Best([], 0.0, 0.0, True)
    proof = certificate(field)
    chosen = _quick(field, proof, least)
    worth = closed(field, chosen)
    if worth < proof.bound * GOOD:
        chosen = changed(field, chosen, least=least, seed=seed)
        worth = closed(field, chosen)
    if worth >= proof.bound * (1 - PROVEN):
        return Best(chosen.tolist(), worth, worth, True)
    if field.pairs <= exact_up_to:
        return exactly(field, Best(chosen.tolist(), worth, proof.bound, False), least=least)
    return Best(chosen.tolist(), worth, proof.bound, False)


def _quick(field: Field, proof: Certificate, least: tuple[int, Any]) -> Any:
    """The better of greedy and of what the relaxed optimum leans on, rounded."""
    import numpy as np

    number, marked = least
    sure = np.flatnonzero(proof.leaning > 0.5)
    rounded = sure[np.argsort(-proof.leaning[sure], kind="stable")]
    starts = [filled(field, rounded), filled(field, [])]
    chosen = max(starts, key=lambda pairs: closed(field, pairs))
    if marked[chosen].sum() >= number:
        return chosen
    only = np.flatnonzero(marked)
    kept = filled(field, [], among=only, number=number)
    return filled(field, kept)


def exactly(field: Field, begun: Best, *, least: tuple[int, Any], seconds: float = SECONDS) -> Best:
    """The best choice by branch and bound, if that ends in time; else what it found, with the bound it
    proved.

    Where chances lie below 1 the
    roof
    1 − exp(−Σ a) is drawn by tangents, and closer where the last answer stood, until the two agree.
    Shapes: a field, a choice with its bound, `least` as in `best`.
    Units: those of the weights; seconds for each round.
    Errors: none. Source: mixed-integer programming with outer approximation (Duran & Grossmann 1986); HiGHS.

    >>> import numpy as np
    >>> one = np.zeros(2, int)
    >>> q, worth = np.array([0.5, 0.9]), np.array([8.0])
    >>> field = Field(one[:1] + 1, one, np.arange(2), np.arange(3), one, q, worth, 2)
    >>> exactly(field, Best([0], 4.0, 8.0, False), least=(0, np.zeros(2, bool)))
    Best(chosen=[1], closed=7.2, bound=7.2, exact=True)
    """
    model = _Model(field, least)
    now, bound = begun, begun.bound
    for _ in range(ROUNDS):
        chosen, roof = model.solved(seconds)
        bound = min(bound, roof)
        if chosen is None:
            break
        worth = closed(field, chosen)
        if worth > now.closed or not now.chosen:
            now = Best(chosen, worth, bound, False)
        if now.closed >= bound * (1 - PROVEN):
            return Best(now.chosen, now.closed, now.closed, True)
        if model.late:
            break
        model.cut(chosen)
    return Best(now.chosen, now.closed, max(bound, now.closed), False)


class _Model:
    """x for each pair, y for each cell: the same relaxation as in the certificate, drawn by straight
    lines."""

    def __init__(self, field: Field, least: tuple[int, Any]) -> None:
        import numpy as np
        from scipy import sparse

        self.field, pairs = field, field.pairs
        self.owner = np.repeat(np.arange(pairs), np.diff(field.first))
        most = np.zeros(len(field.weight))
        np.maximum.at(most, field.cell, field.chance)
        self.curved = most < 1
        every = np.arange(pairs)

        def rows(at: Any, height: int) -> Any:
            return sparse.csr_matrix((np.ones(pairs), (at, every)), shape=(height, pairs))

        number, marked = least
        reached = min(number, int(marked.sum()))
        self.limits = [
            (rows(field.place, len(field.room)), field.room.astype(float)),
            (rows(field.candidate, field.candidates), np.ones(field.candidates)),
            (sparse.csr_matrix(-marked.astype(float)[None, :]), np.array([-float(reached)])),
        ]
        self.late = False
        self.lines: list[tuple[Any, Any, Any]] = []
        self._line(np.arange(len(field.weight)), field.chance, np.zeros(len(field.weight)))
        for total in TANGENTS if self.curved.any() else ():
            self._tangent(np.full(len(field.weight), total))

    def _line(self, cells: Any, slope: Any, height: Any) -> None:
        from scipy import sparse

        field = self.field
        matrix = sparse.csr_matrix((slope, (field.cell, self.owner)), shape=(len(field.weight), field.pairs))
        self.lines.append((cells, matrix[cells], height[cells]))

    def _tangent(self, total: Any) -> None:
        """A line that touches each curved roof where the sum is `total`."""
        import numpy as np

        field = self.field
        a = np.where(self.curved[field.cell], -np.log1p(-np.where(field.chance < 1, field.chance, 0)), 0.0)
        left = np.exp(-total)
        self._line(np.flatnonzero(self.curved), a * left[field.cell], 1 - left - left * total)

    def cut(self, chosen: list[int]) -> None:
        import numpy as np

        field = self.field
        a = np.where(self.curved[field.cell], -np.log1p(-np.where(field.chance < 1, field.chance, 0)), 0.0)
        taken = np.zeros(field.pairs)
        taken[chosen] = 1
        self._tangent(np.bincount(field.cell, a * taken[self.owner], minlength=len(field.weight)))

    def solved(self, seconds: float) -> tuple[list[int] | None, float]:
        """The chosen pairs (None if there was no time for any) and the bound."""
        import numpy as np
        from scipy import sparse
        from scipy.optimize import Bounds, LinearConstraint, milp

        field, pairs, cells = self.field, self.field.pairs, len(self.field.weight)
        unit = sparse.eye(cells, format="csr")
        blocks = [[matrix, None] for matrix, _ in self.limits]
        blocks += [[-matrix, unit[at]] for at, matrix, _ in self.lines]
        most = [limit for _, limit in self.limits] + [height for _, _, height in self.lines]
        if not cells:
            return filled(field, []).tolist(), 0.0
        found = milp(
            -np.concatenate([np.zeros(pairs), field.weight]),
            constraints=LinearConstraint(sparse.bmat(blocks, format="csr"), ub=np.concatenate(most)),
            integrality=np.concatenate([np.ones(pairs), np.zeros(cells)]),
            bounds=Bounds(0, 1),
            options={"time_limit": seconds, "mip_rel_gap": PROVEN / 10},
        )
        self.late = found.status == 1
        roof = -found.mip_dual_bound if found.mip_dual_bound is not None else np.inf
        if found.x is None:
            return None, float(roof)
        return np.flatnonzero(found.x[:pairs] > 0.5).tolist(), float(roof)
