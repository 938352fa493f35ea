"""Chance from a seed: what happens in the demo happens again in the next one."""

import math
from datetime import date, datetime, time
from random import Random
from zoneinfo import ZoneInfo

from coalface.demo.queries import Said

ZONE = ZoneInfo("Europe/Zurich")
TIMES_EACH = 3


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """That hour on the bank's own clock."""
    return datetime.combine(day, time(hour, minute), tzinfo=ZONE)


def poisson(chance: Random, mean: float) -> int:
    """How often something happens that happens `mean` times on average."""
    limit, product, count = math.exp(-mean), chance.random(), 0
    while product > limit:
        product *= chance.random()
        count += 1
    return count


class Deck:
    """What people say, shuffled; nothing is said more than three times."""

    def __init__(self, said: tuple[Said, ...], chance: Random) -> None:
        self._cards = [card for _ in range(TIMES_EACH) for card in chance.sample(said, len(said))]

    def draw(self) -> Said | None:
        """The next card, or nothing when all has been said."""
        return self._cards.pop() if self._cards else None
