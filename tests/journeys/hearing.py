"""What customers write in, for a house full of rows."""

from datetime import datetime, timedelta

from coalface.hear.actions import NewFeedback, take_in
from coalface.records.models import Customer, Kind
from tests.people import Cast

TILL = "the till was closed and the line was long"


def hear(cast: Cast, number: int, guest: Customer, then: datetime) -> None:
    """What one guest has written, twice: of the till, and of something new."""
    words = (f"Bill trouble{number} once more. Then {TILL}.", f"Something else altogether, number {number}.")
    rows = [
        NewFeedback(
            source="mail",
            source_id=f"{number}-{place}",
            channel="mail",
            kind=Kind.COMPLAINT,
            received_at=then + timedelta(days=5 * place, minutes=number),
            unit=cast.north,
            text=text,
            customer=guest,
            reported_by=cast.mina,
        )
        for place, text in enumerate(words)
    ]
    take_in(rows=rows, by=cast.adam, now=then)
