"""Insight meetings: one that goes on, with a point more each time, and more and more that are over."""

from datetime import datetime, timedelta

from coalface.act.actions import add_point, call_meeting, close_meeting, minute, open_meeting
from coalface.records.models import InsightMeeting
from tests.people import Cast


def meet_on_insight(cast: Cast, now: datetime, number: int) -> None:
    """One more that is over, in the north, and one more point in the one of all that goes on."""
    then = now - timedelta(days=20, minutes=number)
    over = call_meeting(unit=cast.north, starts_at=then, chair=cast.mina, by=cast.mina, now=then)
    open_meeting(meeting=over, by=cast.mina, now=then)
    point = add_point(meeting=over, title=f"Coffee {number}", by=cast.mina, now=then)
    minute(
        item=point,
        minutes="All want some.",
        owner=cast.sven,
        due_on=now.date(),
        settled=True,
        by=cast.mina,
        now=then,
    )
    close_meeting(meeting=over, by=cast.mina, now=then)
    going_on = InsightMeeting.objects.filter(unit=cast.root, closed_at=None).first()
    if going_on is None:
        going_on = call_meeting(unit=cast.root, starts_at=now, chair=cast.mina, by=cast.mina, now=now)
        open_meeting(meeting=going_on, by=cast.mina, now=now)
    add_point(meeting=going_on, title=f"Parking {number}", by=cast.mina, now=now)
