"""One round of branch and bound over a choice of meetings, below roofs that are drawn closer each round."""

from dataclasses import dataclass
from itertools import pairwise
from time import monotonic
from typing import Any

from coalface.methods.coverage import Field
from coalface.methods.flows import Pairs, largest_flow
from coalface.methods.roofs import Roofs

# Rounds of the relaxed optimum at most, and by which share its bound has to fall for another one.
ROUNDS, FALLS = 25, 1e-5
# What everything is worth to the solver, whose own tolerances are absolute; its gap; what it rounds off.
SCALED, GAP, ROUNDED = 1_000.0, 1e-9, 1e-6
# Lines are forgotten before branching if they lie further than this above the relaxed optimum.
NEAR = 0.02


@dataclass(frozen=True, slots=True)
class Found:
    """Chosen pairs (None if there was no time for any), what nothing exceeds, and whether another round may
    tell more."""

    chosen: list[int] | None
    bound: float
    closer: bool


class Branching:
    """x for each pair, z for each option, y for each cell; y lies below the roofs over z.

    Pairs of one customer who raises the same at the same worth in several places are one option: only it is
    decided by branching, who of these places takes it follows by a flow.
    Shapes: a field; `least` as in `optimum.best`, no more than fits. `scale`: about what all is worth.
    Units: those of the weights. Errors: none. Source: HiGHS; reduced-cost fixing.

    >>> import numpy as np
    >>> one = np.zeros(2, int)
    >>> q, worth = np.array([0.5, 0.9]), np.array([8.0])
    >>> field = Field(one[:1] + 1, one, np.arange(2), np.arange(3), one, q, worth, 2)
    >>> model = Branching(field, (0, np.zeros(2, bool)), scale=8.0)
    >>> until = monotonic() + 9
    >>> round(model.relaxed(until), 6), model.best(better_than=0.0, until=until).chosen
    (7.2, [1])
    """

    def __init__(self, field: Field, least: tuple[int, Any], *, scale: float) -> None:
        import numpy as np

        self.field, self.unit = field, SCALED / (scale or 1.0)
        self.option = _options(field, least[1])
        count, cells = int(self.option.max(initial=-1)) + 1, len(field.weight)
        one_of = np.zeros(count, dtype=np.int64)
        one_of[self.option] = np.arange(field.pairs)
        owner = np.repeat(np.arange(field.pairs), np.diff(field.first))
        hits = np.flatnonzero(one_of[self.option[owner]] == owner)
        self.roofs = Roofs(
            field.cell[hits], self.option[owner[hits]], field.chance[hits], cells=cells, options=count
        )
        self.sizes = field.pairs, count, cells
        self.worth = np.concatenate([np.zeros(field.pairs + count), -field.weight * self.unit])
        self.low, self.high = np.zeros(len(self.worth)), np.ones(len(self.worth))
        self.limits = self._limits(least)
        self.shown: tuple[float, Any, Any] | None = None

    def _limits(self, least: tuple[int, Any]) -> tuple[Any, Any]:
        """Over x, y, z: at most so many in each place, of each customer, and at least those of `least`."""
        import numpy as np
        from scipy import sparse

        field, number, marked = self.field, least[0], least[1].astype(float)
        over_x = sparse.vstack(
            [
                self._by(field.place, len(field.room)),
                self._by(field.candidate, field.candidates),
                sparse.csr_matrix(-marked),
            ]
        )
        beyond = sparse.csr_matrix((over_x.shape[0], len(self.worth) - field.pairs))
        return (
            sparse.hstack([over_x, beyond]),
            np.concatenate([field.room, np.ones(field.candidates), [-number]]),
        )

    def _by(self, of: Any, height: int) -> Any:
        import numpy as np
        from scipy import sparse

        pairs = self.field.pairs
        return sparse.csr_matrix((np.ones(pairs), (of, np.arange(pairs))), shape=(height, pairs))

    def _same(self) -> Any:
        """For each option: what its pairs take, less z, is 0."""
        from scipy import sparse

        _, options, cells = self.sizes
        shape = options, cells
        return sparse.hstack([self._by(self.option, options), -sparse.eye(options), sparse.csr_matrix(shape)])

    def _under(self) -> tuple[Any, Any]:
        """The limits, and y below the lines of its roof."""
        import numpy as np
        from scipy import sparse

        pairs, _, cells = self.sizes
        unit, (matrix, most) = sparse.eye(cells, format="csr"), self.limits
        lines = [
            sparse.hstack([sparse.csr_matrix((len(at), pairs)), -slopes, unit[at]])
            for at, slopes, _ in self.roofs.lines
        ]
        heights = [height for _, _, height in self.roofs.lines]
        return sparse.vstack([matrix, *lines], format="csr"), np.concatenate([most, *heights])

    def relaxed(self, until: float) -> float:
        """What nothing exceeds, by the relaxed optimum, roofs drawn closer until that hardly falls."""
        import numpy as np
        from scipy.optimize import linprog

        before = np.inf
        for _ in range(ROUNDS):
            matrix, most = self._under()
            solved = linprog(
                self.worth,
                A_ub=matrix,
                b_ub=most,
                A_eq=self._same(),
                b_eq=np.zeros(self.sizes[1]),
                bounds=np.stack([self.low, self.high], axis=1),
                method="highs",
                options={"time_limit": max(0.1, until - monotonic())},
            )
            if solved.status != 0:
                break
            _, z, y = self._apart(solved.x)
            self.shown = -solved.fun, z, self._apart(solved.lower.marginals + solved.upper.marginals)[1]
            if before - self.shown[0] < FALLS * self.shown[0] or not self.roofs.closer(z, y):
                break
            before = self.shown[0]
        if self.shown is None:
            return np.inf
        self.roofs.only_near(z, y, within=NEAR)
        return self.shown[0] * (1 + GAP) / self.unit

    def _apart(self, values: Any) -> tuple[Any, Any, Any]:
        pairs, options, _ = self.sizes
        return values[:pairs], values[pairs : pairs + options], values[pairs + options :]

    def _leave_out(self, better_than: float) -> None:
        """Options that no choice takes, or that all take, if it closes more than what is known."""
        if self.shown is None:
            return
        bound, z, price = self.shown
        gap = bound * (1 + ROUNDED) - better_than * self.unit
        _, low, _ = self._apart(self.low)
        _, high, _ = self._apart(self.high)
        high[(z < ROUNDED) & (price > gap)] = 0
        low[(z > 1 - ROUNDED) & (-price > gap)] = 1

    def best(self, *, better_than: float, until: float) -> Found:
        """The best choice below the roofs as they are, which are then drawn closer around it."""
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp

        pairs, options, cells = self.sizes
        self._leave_out(better_than)
        matrix, most = self._under()
        solved = milp(
            self.worth,
            constraints=[LinearConstraint(matrix, ub=most), LinearConstraint(self._same(), 0, 0)],
            integrality=np.concatenate([np.zeros(pairs), np.ones(options), np.zeros(cells)]),
            bounds=Bounds(self.low, self.high),
            options={"time_limit": max(0.1, until - monotonic()), "mip_rel_gap": GAP},
        )
        bound = np.inf if solved.mip_dual_bound is None else -solved.mip_dual_bound / self.unit
        if solved.x is None:
            return Found(None, bound, closer=False)
        _, z, y = self._apart(solved.x)
        taken = z > 0.5
        closer = self.roofs.closer(taken.astype(float), y) > 0
        return Found(self._placed(taken), bound, closer and solved.status == 0)

    def _placed(self, taken: Any) -> list[int]:
        """The pair that takes each option."""
        import numpy as np

        pairs, number = np.flatnonzero(taken[self.option]), np.cumsum(taken) - 1
        needs = [1] * int(taken.sum())
        flow = largest_flow(
            needs, self.field.room, Pairs(number[self.option[pairs]], self.field.place[pairs])
        )
        found: list[int] = pairs[flow.taken > 0].tolist()
        return found


def _options(field: Field, marked: Any) -> Any:
    """For each pair the number of its option."""
    import numpy as np

    numbers: dict[tuple[int, bool, bytes, bytes], int] = {}
    found = []
    for pair, (start, end) in enumerate(pairwise(field.first.tolist())):
        raised = field.cell[start:end].tobytes(), field.chance[start:end].tobytes()
        alike = int(field.candidate[pair]), bool(marked[pair]), *raised
        found.append(numbers.setdefault(alike, len(numbers)))
    return np.array(found, dtype=np.int64)
