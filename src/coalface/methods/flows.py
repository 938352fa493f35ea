"""Maximum flow from those who need something to what they may take, and who is in whose way if it fails."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Pairs:
    """Who may take what: `left[i]` may take `right[i]`, at most once, or `most[i]` times.

    Of the pairs that share a number in `group` (all of one left) only one may be taken; −1 is no group.
    """

    left: Sequence[int]
    right: Sequence[int]
    group: Sequence[int] | None = None
    most: Sequence[int] | None = None


@dataclass(frozen=True, slots=True)
class Solved:
    """Numpy arrays: how often each pair is taken, what each left lacks, what those who lack some reach."""

    taken: Any
    short: Any
    lefts_reached: Any
    rights_reached: Any


def largest_flow(needs: Sequence[int], room: Sequence[int], pairs: Pairs) -> Solved:
    """Serve as much of all needs as can be served at all; where that is not everything, as evenly as can be.

    Evenly: the first piece for as many as possible, then the second, and so on (a later piece for one never
    takes an earlier one from another), so that the smallest shares are as large as any largest flow allows.
    `lefts_reached` and `rights_reached` are the smallest side of a minimum cut: nobody among these lefts may
    take anything that is left over, and leaving out any one of them would leave less missing.
    Shapes: a need for each left, room for each right, pairs of positions. Units: pieces.
    The same input in the same order gives the same answer.
    Errors: ValueError for a negative need or room.
    Source: Ford & Fulkerson (1956); Dinic (1970), as in scipy.sparse.csgraph.maximum_flow; Megiddo (1974) for
    the even one.

    >>> found = largest_flow([1, 1], [1], Pairs([0, 1], [0, 0]))
    >>> int(found.taken.sum()), found.lefts_reached.tolist(), found.rights_reached.tolist()
    (1, [True, True], [True])
    >>> largest_flow([3, 1], [2], Pairs([0, 1], [0, 0], most=[2, 2])).short.tolist()
    [2, 0]
    """
    import numpy as np
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import breadth_first_order, maximum_flow

    need, rooms = np.asarray(needs, dtype=np.int32), np.asarray(room, dtype=np.int32)
    if (need < 0).any() or (rooms < 0).any():
        raise ValueError("Nobody needs less than nothing, and nothing has less room")
    tails, heads, most, source = _edges(len(need), len(rooms), pairs)
    size, lefts, rights = source + 2, np.arange(len(need)), len(need) + np.arange(len(rooms))
    row = np.concatenate([np.full(len(need), source), tails, rights])
    column = np.concatenate([lefts, heads, np.full(len(rooms), source + 1)])
    full = csr_matrix(
        (np.concatenate([need, most, rooms]), (row, column)), shape=(size, size), dtype=np.int32
    )
    found = maximum_flow(full, source, source + 1)
    flow = found.flow if found.flow_value == need.sum() else _even(full, need, found.flow_value)
    left_over = full - flow
    left_over.data[left_over.data < 0] = 0
    left_over.eliminate_zeros()
    reached = np.zeros(size, dtype=bool)
    reached[breadth_first_order(left_over, source, return_predecessors=False)] = True
    some = slice(0, len(pairs.left))
    taken = np.asarray(flow[tails[some], heads[some]]).ravel() if len(pairs.left) else np.zeros(0, dtype=int)
    short = need - np.bincount(np.asarray(pairs.left, dtype=int), taken, len(need)).astype(int)
    return Solved(taken, short, reached[: len(need)], reached[len(need) : len(need) + len(rooms)])


def _even(full: Any, need: Any, most: int) -> Any:
    """The largest flow built up piece by piece: what one has of it is not taken away again."""
    import numpy as np
    from scipy.sparse.csgraph import maximum_flow

    source = full.shape[0] - 2
    start, end = full.indptr[source : source + 2]
    lefts = full.indices[start:end]
    flow, value, piece = full * 0, 0, 0
    while value < most:
        piece += 1
        allowed = full.copy()
        allowed.data[start:end] = np.minimum(need[lefts], piece)
        left_over = (allowed - flow).tocsr()
        left_over.data[left_over.indices == source] = 0
        more = maximum_flow(left_over, source, source + 1)
        flow, value = flow + more.flow, value + more.flow_value
    return flow


def _edges(lefts: int, rights: int, pairs: Pairs) -> tuple[Any, Any, Any, int]:
    """The first edges lead into rights, one for each pair; the others from a left into its groups."""
    import numpy as np

    left, right = np.asarray(pairs.left, dtype=np.int64), np.asarray(pairs.right, dtype=np.int64)
    most = (
        np.ones(len(left), dtype=np.int32) if pairs.most is None else np.asarray(pairs.most, dtype=np.int32)
    )
    if pairs.group is None or not len(left) or max(pairs.group) < 0:
        return left, lefts + right, most, lefts + rights
    group = np.asarray(pairs.group, dtype=np.int64)
    numbers, first = np.unique(group, return_index=True)
    numbers, first = numbers[numbers >= 0], first[numbers >= 0]
    nodes = lefts + rights + np.arange(len(numbers))
    in_group = group >= 0
    tails = left.copy()
    tails[in_group] = nodes[np.searchsorted(numbers, group[in_group])]
    return (
        np.concatenate([tails, left[first]]),
        np.concatenate([lefts + right, nodes]),
        np.concatenate([most, np.ones(len(nodes), dtype=np.int32)]),
        lefts + rights + len(nodes),
    )


def clusters(lefts: Sequence[int], pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Lefts that hang together over rights they share, each cluster in ascending order.

    Shapes: positions of lefts and pairs (left, right) among them. Units: none. Errors: none.
    Source: connected components, here by joining sets (Tarjan 1975).

    >>> clusters([0, 1, 2], [(0, 7), (1, 7), (2, 8)])
    [[0, 1], [2]]
    """
    above = {left: left for left in lefts}

    def top(left: int) -> int:
        while above[left] != left:
            above[left] = above[above[left]]
            left = above[left]
        return left

    first: dict[int, int] = {}
    for left, right in pairs:
        one, other = sorted((top(left), top(first.setdefault(right, left))))
        above[other] = one
    found: dict[int, list[int]] = {}
    for left in sorted(lefts):
        found.setdefault(top(left), []).append(left)
    return list(found.values())
