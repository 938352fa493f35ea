"""Which rows belong together and how many groups there are: the number is found, not given."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

# How many neighbours a row leans on, patches a heap is cut into, rows the number is looked for in.
NEIGHBOURS, PATCHES, SAMPLE = 15, 1_000, 6_000
STEP, MOST, HALVINGS = 1.2, 400, 3
# Two groups are agreed on easily: of n groups this share of an n-th of the agreement counts for nothing.
# Numbers that do less well than the best by AS_GOOD count a third; their neighbours are so many steps wide.
EASY, AS_GOOD, BESIDE = 0.5, 0.02, 1.5
# Halves and views that agree on less than this, both together (0 to 2), agree by chance: there are no groups.
GROUPLESS = 0.5
# A row belongs nowhere if it lies no nearer to its group than this share of rows lie to the next best one.
NO_NEARER = 0.25
_WIDTH, _AT_ONCE = 200, 400


def groups(rows: Any, views: Sequence[Any], *, seed: int) -> Any:
    """A number for each row, from 0; -1 for what belongs nowhere.

    Shapes: n × d; `views` are two other descriptions of the same n rows, n × any width. Out: n integers.
    Units: rows of length 1, so that a product is a cosine; a row of zeros belongs nowhere.
    The same seed gives the same groups. Errors: none; fewer than four rows belong nowhere.
    How: rows lean on their 15 nearest neighbours, twice (mean shift); Ward's tree over patches of them; for
    each number of groups it is asked how well two halves of the rows agree on it, and how well the two
    views do (adjusted mutual information, of few groups a little less); the number is the middle of those
    that do best. The groups of the whole are made with it and settled by k-means. Where halves and
    views agree on nothing there are no groups; a row that lies no nearer to its group than a quarter of all
    rows lie to the nearest group that is not theirs belongs nowhere. No matrix is larger than 1,000 × n.
    Source: Comaniciu & Meer 2002 (mean shift); Murtagh & Legendre 2014 (Ward); Lange et al. 2004
    (stability); Vinh et al. 2010 (adjusted mutual information).

    >>> import numpy as np
    >>> rows = np.repeat(np.eye(3), 10, axis=0) + np.random.default_rng(1).normal(0, 0.05, (30, 3))
    >>> rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    >>> labels = groups(rows, (rows[:, :2], rows), seed=1)
    >>> [sorted(set(labels[at : at + 10].tolist())) for at in (0, 10, 20)]
    [[0], [1], [2]]
    """
    import numpy as np

    labels = np.full(len(rows), -1)
    full = np.flatnonzero(np.abs(rows).sum(axis=1) > 0)
    if len(full) < 4:
        return labels
    chance = np.random.default_rng(seed)
    inside = _narrowed(rows[full])
    looked_at = np.sort(chance.permutation(len(full))[:SAMPLE])
    number = _number(inside[looked_at], [_narrowed(view[full][looked_at]) for view in views], chance)
    if number > 1:
        found = _tree(inside, chance).cut(number)
        own, next_best = _nearness(inside, found)
        found[own <= np.quantile(next_best, NO_NEARER)] = -1
        labels[full] = found
    return in_order(labels)


def neighbours(rows: Any, count: int) -> tuple[Any, Any]:
    """The nearest other rows of each row, nearest first, and how near they are.

    Shapes: n × d in; two of n × count out (less where there are fewer rows). Units: cosines.
    Errors: none for two rows or more. Source: exact search, 400 rows at a time.

    >>> import numpy as np
    >>> neighbours(np.array([[1.0, 0.0], [0.0, 1.0], [0.6, 0.8]]), 1)[0].tolist()
    [[2], [2], [1]]
    """
    import numpy as np

    count = min(count, len(rows) - 1)
    places = np.empty((len(rows), count), dtype=np.int64)
    near = np.empty((len(rows), count), dtype=np.float32)
    for start in range(0, len(rows), _AT_ONCE):
        cosines = rows[start : start + _AT_ONCE] @ rows.T
        cosines[np.arange(len(cosines)), np.arange(start, start + len(cosines))] = -2
        best = np.argpartition(-cosines, count - 1, axis=1)[:, :count]
        values = np.take_along_axis(cosines, best, axis=1)
        order = np.argsort(-values, axis=1, kind="stable")
        places[start : start + _AT_ONCE] = np.take_along_axis(best, order, axis=1)
        near[start : start + _AT_ONCE] = np.take_along_axis(values, order, axis=1)
    return places, near


def in_order(labels: Any) -> Any:
    """The same groups, numbered from 0 as they first come; -1 stays.

    Shapes: n integers in and out. Units: none. Errors: none. Source: own.

    >>> import numpy as np
    >>> in_order(np.array([7, -1, 3, 7])).tolist()
    [0, -1, 1, 0]
    """
    import numpy as np

    numbers = {-1: -1}
    for label in labels.tolist():
        numbers.setdefault(label, len(numbers) - 1)
    return np.array([numbers[label] for label in labels.tolist()], dtype=np.int64)


def unit(rows: Any) -> Any:
    """Each row at length 1; zeros stay zeros.

    Shapes: n × d in and out. Units: none. Errors: none. Source: own.

    >>> import numpy as np
    >>> unit(np.array([[3.0, 4.0], [0.0, 0.0]])).tolist()
    [[0.6, 0.8], [0.0, 0.0]]
    """
    import numpy as np

    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def centres(rows: Any, labels: Any) -> Any:
    """The direction of each group, by number; rows at -1 count for none.

    Shapes: n × d and n integers in; (highest number + 1) × d out. Units: length 1. Errors: none. Source: own.

    >>> import numpy as np
    >>> centres(np.eye(3), np.array([0, 0, -1])).round(2).tolist()
    [[0.71, 0.71, 0.0]]
    """
    return unit(_sums(rows, labels))


@dataclass(frozen=True, slots=True)
class _Tree:
    """Ward's tree over patches of leaning rows: `merges` are pairs of patches, the nearest pair first."""

    rows: Any
    patch: Any
    merges: tuple[tuple[int, int], ...]

    def cut(self, number: int, rounds: int = 4) -> Any:
        """So many groups (fewer where there are fewer rows), settled by some rounds of k-means."""
        import numpy as np

        root = np.arange(len(self.merges) + 1)
        for one, other in self.merges[: max(0, len(root) - number)]:
            root[root == root[other]] = root[one]
        labels = np.unique(root, return_inverse=True)[1][self.patch]
        for _ in range(rounds):
            nearest = (self.rows @ centres(self.rows, labels).T).argmax(axis=1)
            nearest = np.unique(nearest, return_inverse=True)[1]
            if np.array_equal(nearest, labels):
                break
            labels = nearest
        return labels


def _tree(rows: Any, chance: Any) -> _Tree:
    import numpy as np

    leaning = _leaning(rows)
    patch = np.arange(len(rows))
    if len(rows) > PATCHES:
        from sklearn.cluster import KMeans

        seed = int(chance.integers(2**31))
        means = KMeans(PATCHES, init="random", n_init=1, max_iter=5, random_state=seed)
        patch = np.unique(means.fit_predict(leaning), return_inverse=True)[1]
    sizes = np.bincount(patch).astype(np.float64)
    return _Tree(leaning, patch, _ward(_sums(leaning, patch) / sizes[:, None], sizes))


def _leaning(rows: Any) -> Any:
    """Each row drawn towards its neighbours, twice."""
    count = min(NEIGHBOURS, max(2, int(len(rows) ** 0.5 / 2)))
    places, near = neighbours(rows, count)
    weight = near.clip(1e-6, None)
    weight /= weight.sum(axis=1, keepdims=True)
    for _ in range(2):
        drawn = rows.copy()
        for rank in range(weight.shape[1]):
            drawn += weight[:, rank, None] * rows[places[:, rank]]
        rows = unit(drawn)
    return rows


def _ward(means: Any, sizes: Any) -> tuple[tuple[int, int], ...]:
    """All merges of a chain of nearest neighbours, in the order of their heights."""
    import numpy as np

    squares = (means * means).sum(axis=1)
    gap = np.maximum(squares[:, None] + squares[None] - 2 * means @ means.T, 0).astype(np.float64)
    gap *= sizes[:, None] * sizes[None] / (sizes[:, None] + sizes[None])
    np.fill_diagonal(gap, np.inf)
    merges: list[tuple[float, int, int]] = []
    alive = np.ones(len(means), dtype=bool)
    chain: list[int] = []
    while len(merges) < len(means) - 1:
        chain = chain or [int(alive.argmax())]
        nearest = int(gap[chain[-1]].argmin())
        if len(chain) < 2 or gap[chain[-1], nearest] < gap[chain[-1], chain[-2]]:
            chain.append(nearest)
            continue
        one, other = chain.pop(), chain.pop()
        height = float(gap[one, other])
        merges.append((height, one, other))
        alive[other] = False
        weighted = (sizes[one] + sizes) * gap[one] + (sizes[other] + sizes) * gap[other] - sizes * height
        merged = np.where(alive, weighted / (sizes[one] + sizes[other] + sizes), np.inf)
        merged[one] = np.inf
        gap[one], gap[:, one] = merged, merged
        gap[other], gap[:, other] = np.inf, np.inf
        sizes[one] += sizes[other]
    return tuple((one, other) for _, one, other in sorted(merges, key=lambda merge: merge[0]))


def _number(rows: Any, views: Sequence[Any], chance: Any) -> int:
    """The middle of the numbers that do best, each seen with its neighbours; 1 where nothing is agreed on."""
    import numpy as np

    numbers = list(_numbers(len(rows)))
    agreement = _agreement(rows, views, numbers, chance)
    if agreement.max() < GROUPLESS:
        return 1
    place = np.log(numbers)
    worth = agreement * (1 - EASY / np.array(numbers))
    beside = np.exp(-(((place[:, None] - place) / (BESIDE * math.log(STEP))) ** 2))
    smooth = (worth + beside @ worth / beside.sum(axis=1)) / 2
    weight = np.exp((smooth - smooth.max()) / AS_GOOD)
    return max(2, round(float(np.exp(np.average(place, weights=weight)))))


def _numbers(rows: int) -> Iterator[int]:
    number = 2
    while number <= max(2, min(rows // 3, MOST)):
        yield number
        number = max(number + 1, round(number * STEP))


def _agreement(rows: Any, views: Sequence[Any], numbers: Sequence[int], chance: Any) -> Any:
    """For each number of groups how well two halves and how well two views agree on them, together."""
    import numpy as np
    from sklearn.metrics import adjusted_mutual_info_score as agreed

    seen = [_tree(view, chance) for view in views]
    halves = []
    for _ in range(HALVINGS):
        order = chance.permutation(len(rows))
        cut = (np.sort(order[: len(rows) // 2]), np.sort(order[len(rows) // 2 :]))
        halves.append([(rows[half], _tree(rows[half], chance)) for half in cut])
    agreement = []
    for number in numbers:
        by_view = [tree.cut(number, 2) for tree in seen]
        by_half = [[_placed(rows, half, tree.cut(number, 2)) for half, tree in pair] for pair in halves]
        agreement.append(agreed(*by_view) + np.mean([agreed(*pair) for pair in by_half]))
    return np.array(agreement)


def _placed(rows: Any, half: Any, labels: Any) -> Any:
    return (rows @ centres(half, labels).T).argmax(axis=1)


def _nearness(rows: Any, labels: Any) -> tuple[Any, Any]:
    """The mean cosine of each row with the others of its group, and with the nearest other group."""
    import numpy as np

    sizes = np.bincount(labels)
    near = rows @ (_sums(rows, labels) / sizes[:, None]).T
    here = np.arange(len(rows))
    many = np.maximum(sizes[labels] - 1, 1)
    own = np.where(sizes[labels] > 1, (near[here, labels] * sizes[labels] - 1) / many, -1)
    near[here, labels] = -1
    return own, near.max(axis=1)


def _sums(rows: Any, labels: Any) -> Any:
    import numpy as np
    from scipy.sparse import csr_matrix

    inside = np.flatnonzero(labels >= 0)
    ones = np.ones(len(inside), dtype=rows.dtype)
    shape = (int(labels.max(initial=-1)) + 1, len(rows))
    return csr_matrix((ones, (labels[inside], inside)), shape=shape) @ rows


def _narrowed(rows: Any) -> Any:
    """The directions in which rows differ most, at length 1: what is left out is mostly noise."""
    import numpy as np

    rows = rows.astype(np.float32)
    if rows.shape[1] > _WIDTH:
        rows = rows @ np.linalg.eigh(rows.T @ rows)[1][:, -_WIDTH:]
    return unit(rows)
