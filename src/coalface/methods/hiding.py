"""What may be shown of figures about people without pointing at one of them."""

import math
from collections.abc import Iterable, Mapping, Sequence


def shown_beside_total(sizes: Mapping[str, int], k: int) -> frozenset[str]:
    """The parts of a known total that may be shown: neither they nor what is left of the total is below k.

    Nobody (0) may always be shown. With one part hidden the total gives it away, so the smallest
    of the others goes too, until at least two parts with k people between them are hidden.
    Shapes: the size of each part. Units: people. Errors: none.
    Source: complementary suppression, Hundepool et al. (2012), Statistical Disclosure Control, chapter 4.

    >>> sorted(shown_beside_total({"north": 9, "south": 7, "west": 3}, 5))
    ['north']
    """
    hidden = {part for part, size in sizes.items() if 0 < size < k}
    others = sorted((size, part) for part, size in sizes.items() if size >= k)
    while hidden and others and (len(hidden) == 1 or sum(sizes[part] for part in hidden) < k):
        hidden.add(others.pop(0)[1])
    return frozenset(sizes) - hidden


def merged_groups(sizes: Sequence[tuple[str, int]], k: int) -> list[tuple[tuple[str, ...], int]]:
    """Neighbouring groups joined until each holds k people; what is left over joins the group before it.

    The groups share nobody and no total is shown with them, so none can be had by subtraction.
    Empty when all together are fewer than k.
    Shapes: names with sizes, neighbours beside each other. Units: people. Errors: none. Source: own rule.

    >>> merged_groups([("top", 4), ("middle", 3), ("front_line", 90)], 5)
    [(('top', 'middle'), 7), (('front_line',), 90)]
    """
    done: list[tuple[tuple[str, ...], int]] = []
    names: tuple[str, ...] = ()
    people = 0
    for name, size in sizes:
        if size:
            names, people = (*names, name), people + size
        if people >= k:
            done.append((names, people))
            names, people = (), 0
    if names and done:
        before, so_many = done.pop()
        done.append((before + names, so_many + people))
    return done


def careful_median(published: Iterable[float], kept: Iterable[float], k: int) -> float | None:
    """The median over everybody, which never is the value of one of a few who keep theirs to themselves.

    With fewer than k of those a median that matches no published value would be somebody's own figure:
    the nearest published value takes its place. None when all together are fewer than k, or when those few
    are not outnumbered by the published. Infinity stands for "not yet".
    Shapes: the values of both groups. Units: any one. Errors: none. Source: own rule.

    >>> careful_median([3, 9, 20, 40], [22], 5)
    20
    """
    open_values, closed = sorted(published), list(kept)
    everybody = sorted([*open_values, *closed])
    if len(everybody) < k:
        return None
    middle = _median(everybody)
    if not closed or len(closed) >= k:
        return middle
    if len(open_values) <= len(closed):
        return None
    return min(open_values, key=lambda value: (_distance(value, middle), value))


def _median(values: Sequence[float]) -> float:
    low, high = values[(len(values) - 1) // 2], values[len(values) // 2]
    return low if low == high else (low + high) / 2


def _distance(one: float, other: float) -> float:
    return 0.0 if one == other else math.inf if math.isinf(one) else abs(one - other)
