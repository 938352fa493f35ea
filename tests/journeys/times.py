"""When places work and when somebody cannot, one more of each for each number."""

from datetime import datetime, time, timedelta

from coalface.people.actions import add_unit
from coalface.plan.actions import be_away, set_hours_of_unit
from tests.people import Cast


def not_then(cast: Cast, number: int, now: datetime) -> None:
    """A place with hours of its own, and a morning on which Mina cannot."""
    desk = add_unit(
        key=f"desk-{number}",
        name=f"Desk {number}",
        kind="department",
        parent=cast.office,
        by=cast.mina,
        now=now,
    )
    week = [(day, time(9), time(17, 30)) for day in range(5)]
    set_hours_of_unit(unit=desk, week=week, country="CH", subdivision="ZH", by=cast.mina, now=now)
    starts_at = now + timedelta(days=10 + number)
    be_away(starts_at=starts_at, ends_at=starts_at + timedelta(hours=4), by=cast.mina, now=now)
