"""Competitors whom customers name, and remarks about others that name none we know."""

from datetime import datetime, timedelta

from django.urls import reverse

from coalface.hear.actions import NewFeedback, take_in
from coalface.records.models import Competitor, Customer, Kind
from coalface.understand.actions import add_competitor
from tests.people import Cast

FIRST = "Harbour Bank"


def speak_of_others(cast: Cast, now: datetime) -> None:
    """One competitor everybody names."""
    add_competitor(name=FIRST, called=["the harbour people"], owner=cast.olga, by=cast.adam, now=now)


def name_others(cast: Cast, number: int, guest: Customer, now: datetime) -> None:
    """One more competitor, one more who names the first of them, and one more who names nobody."""
    add_competitor(name=f"Bank {number}", owner=cast.mina, by=cast.adam, now=now)
    then = now - timedelta(days=3, minutes=number)
    rows = [
        NewFeedback(
            source="counter", source_id=f"{kind}-{number}", channel="in_person", kind=kind, unit=cast.north,
            text=words, customer=guest, received_at=then,
        )
        for kind, words in (
            (Kind.COMPLAINT, f"At {FIRST} I waited {number + 1} minutes. Here an hour."),
            (Kind.COMPETITOR, f"The others give {number + 1} per cent more."),
        )
    ]  # fmt: skip
    take_in(rows=rows, by=cast.adam, now=now)


def understanding_lists() -> dict[str, str]:
    """Pages with rows."""
    first = Competitor.objects.get(name=FIRST)
    return {
        "competitors": reverse("understand:competitors"),
        "a competitor": reverse("understand:competitor", args=[first.pk]),
        "whom do they mean": reverse("understand:whom"),
    }


def understanding_pages() -> dict[str, str]:
    """Pages about one thing."""
    first = Competitor.objects.get(name=FIRST)
    return {"change a competitor": reverse("understand:change_competitor", args=[first.pk])}
