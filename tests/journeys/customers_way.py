"""The customer's way at Lindner & Co: a chain with one stop for each number, rated and counted."""

from datetime import datetime, timedelta

from django.urls import reverse

from coalface.hear.actions import NewFeedback, take_in
from coalface.records.models import Cohort, Customer, Handoff, Kind, Touchpoint
from coalface.understand.actions import add_touchpoint, connect, count_cohort
from coalface.understand.queries import Reached, counted_at
from tests.people import Cast

STAGES = ("before", "joining", "using", "problem", "change", "leaving")


def begin_the_way(cast: Cast, now: datetime) -> None:
    """Two stops with a link between them."""
    ways = (("look", "Looking around", "before"), ("till", "At the till", "using"))
    look, till = (
        add_touchpoint(key=key, name=name, stage=stage, order=1, by=cast.mina, now=now)
        for key, name, stage in ways
    )
    connect(giver=look, taker=till, owner=cast.north, by=cast.mina, now=now)


def add_a_stop(cast: Cast, number: int, guest: Customer, now: datetime) -> None:
    """One more stop at the end of the chain, ratings of it and of the till, and a cohort that went along."""
    last = counted_at()[-1]
    stage = STAGES[number % len(STAGES)]
    stop = add_touchpoint(
        key=f"stop-{number}", name=f"Stop {number}", stage=stage, order=2 + number, by=cast.mina, now=now
    )
    connect(giver=last, taker=stop, owner=cast.south, by=cast.mina, now=now)
    _rate(cast, [stop, Touchpoint.objects.get(key="till")], guest, now)
    counts = [Reached(each, 1000 - 7 * place) for place, each in enumerate(counted_at())]
    began = now.date() - timedelta(days=60 + number)
    count_cohort(
        name=f"Cohort {number}",
        from_on=began,
        until_on=began + timedelta(days=30),
        counts=counts,
        by=cast.mina,
        now=now,
    )


def _rate(cast: Cast, stops: list[Touchpoint], guest: Customer, now: datetime) -> None:
    rows = [
        NewFeedback(
            source="panel",
            source_id="",
            channel="app",
            kind=Kind.LIKE,
            received_at=now - timedelta(days=2),
            unit=cast.north,
            touchpoint=stop,
            csat=rating,
            nps=2 * rating,
            text=f"A {rating} for {stop.name}" if rating in (1, 5) else "",
            customer=guest,
        )
        for stop in stops
        for rating in (1, 2, 3, 4, 5, 5)
    ]
    take_in(rows=rows, by=cast.adam, now=now)


def way_pages() -> dict[str, str]:
    """The pages about one thing of the way, each form of it open once."""
    way = reverse("understand:journey") + "?edit=1"
    return {
        "a touchpoint": reverse("understand:touchpoint", args=["till"]),
        "add a touchpoint": f"{way}&add=using",
        "change a touchpoint": f"{way}&change=till",
        "connect touchpoints": f"{way}&connect={counted_at()[-1].key}",
        "who answers for a link": f"{way}&link={Handoff.objects.order_by('pk').first().pk}",
        "count a cohort": f"{way}&count=new",
        "correct a cohort": f"{way}&count={Cohort.objects.order_by('pk').first().pk}",
    }
