"""How good a plan could be at most: prices for customers and for what they raise prove it, whoever doubts."""

from dataclasses import dataclass
from typing import Any

from coalface.methods.coverage import Field

# A chance above CERTAIN has a straight roof only. Steps at most, and between two looks at what is proved;
# it is enough
# if the bound falls by less than the share CLOSE in PATIENCE steps; LONGEST steps go into one mean.
CERTAIN, STEPS, LOOK_EVERY, PATIENCE, CLOSE, LONGEST = 0.95, 1_600, 40, 200, 1e-4, 1_000
# Sums of many numbers are rounded: the bound is raised by this share of it.
ROUNDING = 1e-10


@dataclass(frozen=True, slots=True)
class Certificate:
    """`bound`: no choice closes more. `leaning`: N numbers from 0 to 1, how much the relaxed optimum leans
    on each."""

    bound: float
    leaning: Any


class _Cells:
    """Two concave roofs over each cell's 1 − Π(1 − chance), and what they are worth at given prices.

    Straight: the sum of the chances, 1 at most. Bent: 1 − exp(−sum) of a = −ln(1 − chance); no sum lies
    between 0 and the smallest a, so it is straight there, and flat beyond the sum of all. Where somebody
    raises the issue for certain, or only one customer does at all, there is the straight roof only. A cell's
    worth is split between its roofs.
    """

    def __init__(self, field: Field) -> None:
        import numpy as np

        count = len(field.weight)
        most = np.zeros(count)
        np.maximum.at(most, field.cell, field.chance)
        who = np.repeat(field.candidate, np.diff(field.first))
        both = np.unique(field.cell * np.int64(max(field.candidates, 1)) + who)
        alone = np.bincount(both // max(field.candidates, 1), minlength=count) < 2
        self.sure = alone | (most > CERTAIN)
        self.q = field.chance
        self.a = np.where(self.sure[field.cell], 0.0, -np.log1p(-np.minimum(field.chance, CERTAIN)))
        self.low = np.full(count, np.inf)
        np.minimum.at(self.low, field.cell, self.a)
        self.low = np.where(np.isfinite(self.low) & ~self.sure, self.low, 0.0)
        self.high = np.bincount(field.cell, self.a, minlength=count)
        self.weight = field.weight
        self.slope = -np.expm1(-self.low) / np.where(self.low > 0, self.low, 1.0)

    def share(self, bent: Any, weight: Any) -> Any:
        """Up to which sum it pays to go under bent roofs of this weight at these prices."""
        import numpy as np

        ratio = np.clip(bent / np.maximum(weight, 1e-300), 1e-300, 1.0)
        return np.where(ratio >= self.slope, 0.0, np.clip(-np.log(ratio), self.low, self.high))

    def closing(self, total: Any) -> Any:
        """The bent roof itself."""
        import numpy as np

        return np.where(total < self.low, self.slope * total, -np.expm1(-total))

    def worth(self, straight: Any, bent: Any) -> float:
        """What the cells are worth at most beyond what is paid at these prices."""
        import numpy as np

        weight = self.weight - straight
        total = self.share(bent, weight)
        under = np.maximum(weight * self.closing(total) - bent * total, 0.0)
        return float(np.where(self.sure, weight, under).sum())

    def nearest(self, wanted: Any, step: Any, weight: Any) -> Any:
        """The prices of bent roofs that lead down from `wanted` by one step of this length."""
        import numpy as np

        at_low, flat = wanted + step * self.low, wanted + step * self.high
        found = np.maximum(np.minimum(at_low, weight * self.slope), wanted)
        curved = at_low < weight * np.exp(-self.low)
        found = np.where(curved, np.maximum(flat, 0.0), found)
        mid = np.flatnonzero(curved & (flat > weight * np.exp(-self.high)))
        if len(mid):
            found[mid] = _bent(wanted[mid], step[mid], weight[mid], self.low[mid])
        return found


def _bent(wanted: Any, step: Any, weight: Any, low: Any) -> Any:
    """Newton on weight · exp(t) + step · t = wanted, from the right, where it never overshoots."""
    import numpy as np

    t = np.minimum(-low, wanted / step)
    for _ in range(5):
        paid = weight * np.exp(t)
        t = t - (paid + step * t - wanted) / (paid + step)
    return weight * np.exp(t)


def certificate(field: Field, *, steps: int = STEPS) -> Certificate:
    """Prices that prove how much can be closed at most, and the relaxed optimum they belong to.

    Whoever pays for each customer and each raised issue at these prices, and keeps for each place its best
    pairs
    of what is left over, gets at least what any choice closes: so any prices prove a bound; good ones are
    found by
    primal-dual steps, begun anew from their mean where that is better.
    Shapes: a field; `steps` at most, fewer once the bound falls by less than a ten-thousandth in 200 steps.
    Units: those of the weights. Errors: none.
    Source: Chambolle & Pock 2011; Pock & Chambolle 2011 (steps); Applegate et al. 2021 (restarts from the
    mean);
    weak duality.

    >>> import numpy as np
    >>> one = np.zeros(2, int)
    >>> q, worth = np.array([0.5, 0.9]), np.array([8.0])
    >>> field = Field(one[:1] + 1, one, np.arange(2), np.arange(3), one, q, worth, 2)
    >>> round(certificate(field).bound, 2)
    7.2
    """
    walk = _Walk(field)
    begun = bound = walk.look()
    for step in range(1, steps + 1):
        walk.step()
        if step % LOOK_EVERY == 0:
            bound = min(bound, walk.look())
            if step % PATIENCE == 0:
                if begun - bound <= CLOSE * abs(bound):
                    break
                begun = bound
    return Certificate(bound * (1 + ROUNDING), walk.leaning)


class _Walk:
    """Shares of pairs (x) and prices of straight roofs, bent roofs, customers and places, step by step."""

    def __init__(self, field: Field) -> None:
        import numpy as np
        from scipy import sparse

        self.field, self.cells = field, _Cells(field)
        pairs, count = field.pairs, len(field.weight)
        shape, at = (count, pairs), (field.cell, np.repeat(np.arange(pairs), np.diff(field.first)))
        self.straight = sparse.csr_matrix((field.chance, at), shape=shape)
        self.bent = sparse.csr_matrix((self.cells.a, at), shape=shape)
        self.straight_by_pair, self.bent_by_pair = self.straight.T.tocsr(), self.bent.T.tocsr()
        self.curved = not self.cells.sure.all()
        self.balance = float(field.weight.mean()) if count else 1.0
        self.starts = np.concatenate([[0], np.cumsum(np.bincount(field.place, minlength=len(field.room)))])
        self._lengths()
        begin = field.weight * np.where(self.cells.sure, 0.5, 0.3)
        nothing = np.zeros(field.candidates), np.zeros(len(field.room))
        self.now = [np.full(pairs, 0.1), begin, np.where(self.cells.sure, 0.0, begin), *nothing]
        self.leaning = self.now[0]
        self.total, self.summed = [value * 0 for value in self.now], 0

    def _lengths(self) -> None:
        import numpy as np

        def over(values: Any) -> Any:
            return self.balance / np.maximum(np.asarray(values, dtype=float).ravel(), 1e-9)

        field = self.field
        self.of_pair = 1 / (self.straight_by_pair.sum(axis=1).A1 + self.bent_by_pair.sum(axis=1).A1 + 2)
        self.of_pair /= self.balance
        self.of_straight, self.of_bent = over(self.straight.sum(axis=1)), over(self.bent.sum(axis=1))
        self.of_customer = over(np.maximum(np.bincount(field.candidate, minlength=field.candidates), 1))
        self.of_place = over(np.maximum(np.bincount(field.place, minlength=len(field.room)), 1))

    def step(self) -> None:
        """One step of x up the prices, one of all prices towards where x would go next."""
        import numpy as np

        field, cells = self.field, self.cells
        x, straight, bent, customer, place = self.now
        gain = self._left_over(straight, bent, customer) - place[field.place]
        new = np.clip(x + self.of_pair * gain, 0, 1)
        ahead = 2 * new - x
        summed = self.bent @ ahead if self.curved else 0.0
        under = np.where(cells.sure, 1.0, cells.closing(np.clip(summed, 0.0, cells.high)))
        most = field.weight * np.where(cells.sure, 1.0, 0.9999)
        straight = np.clip(straight - self.of_straight * (self.straight @ ahead - under), 0, most)
        if self.curved:
            wanted = bent - self.of_bent * summed
            bent = np.where(cells.sure, 0.0, cells.nearest(wanted, self.of_bent, field.weight - straight))
        met = np.bincount(field.candidate, ahead, minlength=field.candidates)
        customer = np.maximum(customer - self.of_customer * (1 - met), 0)
        held = np.bincount(field.place, ahead, minlength=len(field.room))
        place = np.maximum(place - self.of_place * (field.room - held), 0)
        self.now = [new, straight, bent, customer, place]
        for total, value in zip(self.total, self.now, strict=True):
            total += value
        self.summed += 1

    def _left_over(self, straight: Any, bent: Any, customer: Any) -> Any:
        """What each pair brings at these prices beyond the price of its customer."""
        paid = self.straight_by_pair @ straight
        if self.curved:
            paid += self.bent_by_pair @ bent
        return paid - customer[self.field.candidate]

    def _proved(self, straight: Any, bent: Any, customer: Any) -> float:
        """The bound that these prices prove: the prices of places are the best for them."""
        import numpy as np

        field = self.field
        worth = np.maximum(self._left_over(straight, bent, customer), 0)
        order = np.lexsort((-worth, field.place))
        rank = np.arange(field.pairs) - self.starts[field.place[order]]
        kept = worth[order][rank < field.room[field.place[order]]].sum()
        return float(self.cells.worth(straight, bent) + customer.sum() + kept)

    def look(self) -> float:
        """The better bound of the prices now and of their mean; from the mean, where it is better, go on."""
        now = self._proved(*self.now[1:4])
        self.leaning = self.now[0]
        if not self.summed:
            return now
        means = [total / self.summed for total in self.total]
        mean = self._proved(*means[1:4])
        if (mean < now and self.summed >= 2 * LOOK_EVERY) or self.summed > LONGEST:
            self.now, self.leaning = means, means[0]
            self.total, self.summed = [value * 0 for value in means], 0
        return min(now, mean)
