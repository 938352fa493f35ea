"""From heard to told, and the meetings on it: one goes on, more and more are over."""

from datetime import datetime, timedelta

from django.urls import reverse

from coalface.act.actions import add_point, call_meeting, close_meeting, minute, open_meeting
from coalface.records.models import Feedback, Fix, InsightMeeting, Issue, Remark
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


def _idea() -> Fix:
    return Fix.objects.filter(lane="opportunity").order_by("id").first()


def insight_lists() -> dict[str, str]:
    """What was judged, how much was done, and the meetings."""
    return {
        "verdicts": reverse("verify:index"),
        "how much was done": reverse("verify:exposures"),
        "insight meetings": reverse("act:meetings"),
    }


def insight_pages(issue: Issue, remark: Remark, feedback: Feedback) -> dict[str, str]:
    """The chain from each of its links, and one meeting before and after it ends."""
    fix = Fix.objects.filter(verdicts__isnull=False).order_by("id").first()
    meeting = InsightMeeting.objects.get(closed_at=None)
    minutes = InsightMeeting.objects.exclude(closed_at=None).latest("closed_at")
    return {
        "chain of a remark": reverse("act:chain_of_remark", args=[remark.pk]),
        "chain of feedback": reverse("act:chain_of_feedback", args=[feedback.pk]),
        "chain of an issue": reverse("act:chain_of_issue", args=[issue.pk]),
        "chain of a fix": reverse("act:chain_of_fix", args=[fix.pk]),
        "how complete chains are": reverse("measure:chain"),
        "insight meeting": reverse("act:meeting", args=[meeting.pk]),
        "minutes": reverse("act:meeting", args=[minutes.pk]),
        "a point": reverse("act:point", args=[meeting.items.earliest("place").pk]),
        "opportunity": reverse("act:opportunity", args=[_idea().pk]),
        "costs of a fix": reverse("act:costs_of_fix", args=[fix.pk]),
        "costs of an encounter": reverse("act:costs_of_encounter", args=[remark.encounter_id]),
        "costs and gains": reverse("measure:costs"),
        "five whys": reverse("act:whys", args=[issue.pk]),
        "call a meeting": reverse("act:call_meeting"),
    }
