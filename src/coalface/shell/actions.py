"""What a page does besides showing: rows that somebody took along are on record."""

from datetime import datetime

from coalface.records.history import note
from coalface.records.models import Event, Person


def take_along(*, by: Person, table: str, form: str, rows: int, now: datetime) -> Event:
    """Note who took which list along, in which form, and how many rows it had; none of its words."""
    return note("rows.taken_along", about=by, by=by, at=now, table=table, form=form, rows=rows)
