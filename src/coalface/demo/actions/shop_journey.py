"""The short way of the workshop's customers: four steps, and those who asked in the first weeks."""

from datetime import date, timedelta
from itertools import pairwise

from coalface.demo.actions.chance import at
from coalface.records.models import Person, Touchpoint
from coalface.understand import actions as understand
from coalface.understand.queries import Reached

STEPS = ("asking", "first_sale", "handing_in", "pick_up")
CAME = ((23, 2, 0), (15, 0, 4), (9, 0, 0), (9, 0, 0))


def follow_the_way(*, owner: Person, start: date, until: date) -> None:
    """Twenty-three who asked, followed until today: too few to prove a weakest link."""
    stops = {stop.key: stop for stop in Touchpoint.objects.filter(key__in=STEPS)}
    for giver, taker in pairwise(STEPS):
        understand.connect(giver=stops[giver], taker=stops[taker], by=owner, now=at(start, 10))
    understand.count_cohort(
        name="Asked in the first month",
        source="the order book",
        from_on=start,
        until_on=start + timedelta(days=30),
        counts=[Reached(stops[key], *came) for key, came in zip(STEPS, CAME, strict=True)],
        by=owner,
        now=at(until, 17),
    )
