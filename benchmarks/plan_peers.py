"""Other ways to find a plan or its bound, each written in the plainest way."""

from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any

import numpy as np

from coalface.methods.coverage import Field, closed

# Whole numbers that one cell is worth at most to CP-SAT; where the lines touch that stand for its curve.
SCALE, TOUCHED = 10_000, (0.0, 0.3, 0.7, 1.2, 2.0)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a peer found and what it proved; `ended`: by itself, within its time."""

    closed: float
    bound: float
    ended: bool


def _matrices(field: Field) -> tuple[Any, Any, Any]:
    """By pair: what each raises (cells), where each sits (places), whom each takes (customers)."""
    from scipy import sparse

    every = np.arange(field.pairs)
    owner, one = np.repeat(every, np.diff(field.first)), np.ones(field.pairs)
    return (
        sparse.csr_matrix((field.chance, (field.cell, owner)), shape=(len(field.weight), field.pairs)),
        sparse.csr_matrix((one, (field.place, every)), shape=(len(field.room), field.pairs)),
        sparse.csr_matrix((one, (field.candidate, every)), shape=(field.candidates, field.pairs)),
    )


def cover(field: Field, seconds: float) -> Answer:
    """The plain cover (q = 1) as a mixed-integer program for scipy's milp."""
    from scipy import sparse
    from scipy.optimize import Bounds, LinearConstraint, milp

    raised, places, customers = _matrices(field)
    cells = len(field.weight)
    rows = sparse.bmat([[-raised, sparse.eye(cells)], [places, None], [customers, None]], format="csr")
    most = np.concatenate([np.zeros(cells), field.room, np.ones(field.candidates)])
    found = milp(
        -np.concatenate([np.zeros(field.pairs), field.weight]),
        constraints=LinearConstraint(rows, ub=most),
        integrality=np.concatenate([np.ones(field.pairs), np.zeros(cells)]),
        bounds=Bounds(0, 1),
        options={"time_limit": seconds, "mip_rel_gap": 1e-9},
    )
    worth = 0.0 if found.x is None else closed(field, np.flatnonzero(found.x[: field.pairs] > 0.5))
    return Answer(worth, -float(found.mip_dual_bound), found.status == 0)


def cp_sat(field: Field, seconds: float) -> float:
    """A boolean for each pair; each cell is worth no more than straight lines over those who raise it allow.

    For q = 1 that is: nothing unless somebody raises it. For q < 1 tangents stand for the curve.
    """
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    x = [model.new_bool_var("") for _ in range(field.pairs)]
    for of, limits in ((field.place, field.room), (field.candidate, np.ones(field.candidates, int))):
        groups: list[list[Any]] = [[] for _ in limits]
        for pair, group in enumerate(of):
            groups[group].append(x[pair])
        for group, limit in zip(groups, limits, strict=True):
            model.add(sum(group) <= int(limit))
    raised: list[list[tuple[Any, float]]] = [[] for _ in field.weight]
    for pair in range(field.pairs):
        for hit in range(field.first[pair], field.first[pair + 1]):
            raised[field.cell[hit]].append((x[pair], float(field.chance[hit])))
    terms = [
        round(1_000 * float(weight)) * _worth(model, by)
        for weight, by in zip(field.weight, raised, strict=True)
        if by
    ]
    model.maximize(sum(terms))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds, solver.parameters.num_workers = seconds, 1
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return 0.0
    return closed(field, [pair for pair in range(field.pairs) if solver.value(x[pair])])


def _worth(model: Any, by: list[tuple[Any, float]]) -> Any:
    if all(q == 1 for _, q in by):
        y = model.new_bool_var("")
        model.add_bool_or([*(x for x, _ in by), y.negated()])
        return y
    y = model.new_int_var(0, SCALE, "")
    model.add(y <= sum(round(SCALE * q) * x for x, q in by))
    for total in TOUCHED[: 1 if len(by) == 1 else None]:
        left = np.exp(-total)
        height = round(SCALE * (1 - left - left * total))
        model.add(y <= height + sum(round(SCALE * left * -np.log1p(-q)) * x for x, q in by))
    return y


def glop(field: Field, seconds: float) -> float | None:
    """The bound of the full linear program by GLOP; None if its time was too short."""
    from ortools.linear_solver import pywraplp

    solver = pywraplp.Solver.CreateSolver("GLOP")
    solver.SetTimeLimit(round(1_000 * seconds))
    x = [solver.NumVar(0, 1, "") for _ in range(field.pairs)]
    rows = [solver.Constraint(-solver.infinity(), int(room)) for room in field.room]
    customers = [solver.Constraint(-solver.infinity(), 1) for _ in range(field.candidates)]
    for pair, (place, customer) in enumerate(zip(field.place, field.candidate, strict=True)):
        rows[place].SetCoefficient(x[pair], 1)
        customers[customer].SetCoefficient(x[pair], 1)
    aim, cells = solver.Objective(), {}
    for pair in range(field.pairs):
        for hit in range(field.first[pair], field.first[pair + 1]):
            cell = int(field.cell[hit])
            if cell not in cells:
                y = solver.NumVar(0, 1, "")
                aim.SetCoefficient(y, float(field.weight[cell]))
                cells[cell] = solver.Constraint(-solver.infinity(), 0)
                cells[cell].SetCoefficient(y, 1)
            cells[cell].SetCoefficient(x[pair], -float(field.chance[hit]))
    aim.SetMaximization()
    return float(aim.Value()) if solver.Solve() == solver.OPTIMAL else None


def columns(field: Field) -> float:
    """The best, where nothing that one place hears helps another: from every way to fill each place.

    What a set of four closes is counted by inclusion and exclusion; a linear program over sets finds prices
    of customers, and every set that these do not rule out goes into a last program in whole numbers.
    """
    ways = [_Ways(field, place) for place in range(len(field.room))]
    columns = [(at, way) for at, one in enumerate(ways) for way in one.best(np.zeros(field.candidates), 5)]
    while True:
        bound, prices, own = _relaxed(field, ways, columns)
        new = [
            (at, way)
            for at, one in enumerate(ways)
            for way in one.best(prices, 5, above=own[at] + 1e-7)
            if (at, way) not in columns
        ]
        if not new:
            break
        columns += new
    worth = _whole(field, ways, columns)
    near = [
        (at, way)
        for at, one in enumerate(ways)
        for way in one.best(prices, None, above=own[at] - (bound - worth) - 1e-6)
    ]
    return max(worth, _whole(field, ways, near))


@cache
def _sets(customers: int, room: int) -> Any:
    """All sets of at most `room` of them, room for four; empty seats are taken by nobody, who comes last."""
    sets = [
        [*some, *[customers] * (4 - size)]
        for size in range(room + 1)
        for some in combinations(range(customers), size)
    ]
    return np.array(sets)


class _Ways:
    """Every set of at most four customers of one place, and what it closes."""

    def __init__(self, field: Field, place: int) -> None:
        pairs = np.flatnonzero(field.place == place)
        q = np.zeros((len(pairs) + 1, len(field.weight)))  # the last is nobody
        for row, pair in enumerate(pairs):
            hits = slice(field.first[pair], field.first[pair + 1])
            q[row, field.cell[hits]] = field.chance[hits]
        touched = q.any(axis=0)
        q, weight, nobody = q[:, touched], field.weight[touched], len(pairs)
        self.customers = np.append(field.candidate[pairs], field.candidates)
        self.sets = _sets(nobody, int(field.room[place]))
        two = (q[:, None, :] * q[None, :, :]).reshape(-1, len(weight))
        of_two, of_three = two @ weight, (two * weight) @ q.T
        of_four, wide = (two * weight) @ two.T, nobody + 1
        a = self.sets.T
        self.worth = sum((q @ weight)[a[i]] for i in range(4)) - sum(
            of_two[a[i] * wide + a[j]] for i, j in combinations(range(4), 2)
        )
        self.worth += sum(of_three[a[i] * wide + a[j], a[k]] for i, j, k in combinations(range(4), 3))
        self.worth -= of_four[a[0] * wide + a[1], a[2] * wide + a[3]]

    def best(self, prices: Any, number: int | None, *, above: float = -np.inf) -> list[int]:
        """The sets that bring most at these prices, `number` at most, if that is more than `above`."""
        left = self.worth - np.append(prices, 0.0)[self.customers][self.sets].sum(axis=1)
        at = np.flatnonzero(left > above)
        return [int(way) for way in at[np.argsort(-left[at], kind="stable")][:number]]


def _program(field: Field, ways: list[_Ways], columns: list[tuple[int, int]]) -> tuple[Any, Any, Any]:
    from scipy import sparse

    worth = np.array([ways[at].worth[way] for at, way in columns])
    whom = [ways[at].customers[ways[at].sets[way]] for at, way in columns]
    met = [(who, column) for column, some in enumerate(whom) for who in some if who < field.candidates]
    each = [(field.candidates + at, column) for column, (at, _) in enumerate(columns)]
    rows, cols = zip(*met, *each, strict=True)
    height = field.candidates + len(ways)
    return worth, sparse.csr_matrix((np.ones(len(rows)), (rows, cols)), (height, len(columns))), height


def _relaxed(field: Field, ways: list[_Ways], columns: list[tuple[int, int]]) -> tuple[float, Any, Any]:
    """Bound, prices of customers, and what each place brings beyond them."""
    from scipy.optimize import linprog

    worth, matrix, height = _program(field, ways, columns)
    found = linprog(-worth, A_ub=matrix, b_ub=np.ones(height), method="highs")
    prices = -found.ineqlin.marginals
    return -found.fun, prices[: field.candidates], prices[field.candidates :]


def _whole(field: Field, ways: list[_Ways], columns: list[tuple[int, int]]) -> float:
    from scipy.optimize import Bounds, LinearConstraint, milp

    worth, matrix, _ = _program(field, ways, columns)
    rows = LinearConstraint(matrix, ub=1)
    found = milp(-worth, constraints=rows, integrality=1, bounds=Bounds(0, 1), options={"mip_rel_gap": 1e-9})
    return -float(found.fun)
