"""Which calls to listen to, drawn by chance, so that nobody can pick good ones."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

NTH = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class DrawnCall:
    """The nth call that reaches a queue from the beginning of an hour on."""

    queue: str
    hour: int
    nth: int


def drawn_calls(queues: Sequence[str], hours: Sequence[int], n: int, seed: int) -> tuple[DrawnCall, ...]:
    """Draw n calls, balanced over queues and hours, in the order in which they come in.

    Shapes: names of queues, hours of the day, two integers; n calls out.
    Units: `hour` is 0 to 23, `nth` 1 to 5.
    Every queue gets n / queues calls, or one more; chance says which get one more. In a queue no hour is used
    twice before all were, and no call twice. Each hour and each nth call has the same chance.
    The same seed gives the same calls, in whatever order queues and hours are listed.
    Errors: ValueError without queues, hours or calls, for an hour that no day has, or if n is more than
    queues × hours × 5.
    Source: stratified random sampling with equal allocation (Cochran 1977, chapter 5); each stratum without
    replacement.

    >>> for call in drawn_calls(["cards", "loans"], [9, 10], 3, seed=4):
    ...     print(call.queue, call.hour, call.nth)
    cards 9 4
    loans 9 4
    cards 10 5
    """
    names, times = sorted(set(queues)), sorted(set(hours))
    if not names or not times or n < 1:
        raise ValueError("Name a queue and an hour, and draw one call or more")
    if times[0] < 0 or times[-1] > 23:
        raise ValueError("An hour lies between 0 and 23")
    if n > len(names) * len(times) * len(NTH):
        raise ValueError(f"{n} calls are more than these queues and hours have")
    rng = Random(seed)
    each, left = divmod(n, len(names))
    with_one_more = set(rng.sample(names, left))
    drawn = [call for name in names for call in _of_queue(name, times, each + (name in with_one_more), rng)]
    return tuple(sorted(drawn, key=lambda call: (call.hour, call.nth, call.queue)))


def _of_queue(queue: str, hours: Sequence[int], n: int, rng: Random) -> Iterator[DrawnCall]:
    """Round after round through all hours, each round in an order of its own."""
    nth = {hour: rng.sample(NTH, len(NTH)) for hour in hours}
    left = n
    while left > 0:
        for hour in rng.sample(hours, len(hours))[:left]:
            yield DrawnCall(queue, hour, nth[hour].pop())
        left -= len(hours)
