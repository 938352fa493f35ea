"""The monthly insight meeting: called with its agenda, opened, decided in, and closed as its own minutes."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from coalface.act.queries import points_for
from coalface.records.history import note
from coalface.records.models import AgendaItem, Decision, Fix, InsightMeeting, Person, Topic, Unit

from .decisions import NothingToDecide, decide


class AlreadyCalled(ValueError):
    """A meeting of this unit is still to be held."""


class MeetingOver(ValueError):
    """What was closed or called off is a record and changes no more."""


class NotOpened(ValueError):
    """It has not begun."""


class NoTitle(ValueError):
    """A point says what it is about."""


def under_way(*, meeting: InsightMeeting, opened: bool = False) -> InsightMeeting:
    """The meeting as it is now, locked, if it can still be changed."""
    found = InsightMeeting.objects.select_for_update(of=("self",)).select_related("unit").get(pk=meeting.pk)
    if found.closed_at or found.cancelled_at:
        raise MeetingOver(found)
    if opened and not found.opened_at:
        raise NotOpened(found)
    return found


@transaction.atomic
def call_meeting(
    *, unit: Unit, starts_at: datetime, chair: Person, by: Person, now: datetime
) -> InsightMeeting:
    """Call one, with everything that waits on its agenda, what was left open last time first."""
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if InsightMeeting.objects.filter(unit=unit, closed_at=None, cancelled_at=None).exists():
        raise AlreadyCalled(unit)
    meeting = InsightMeeting.objects.create(
        unit=unit, starts_at=starts_at, chair=chair, called_by=by, called_at=now
    )
    fill_agenda(meeting=meeting, now=now)
    note("meeting.called", about=meeting, by=by, at=now)
    return meeting


def fill_agenda(*, meeting: InsightMeeting, now: datetime) -> None:
    """Put at the end what is not on it yet; a point there already learns what is to be decided on it."""
    there = list(AgendaItem.objects.filter(meeting=meeting))
    found = points_for(meeting.unit, now)
    asked = {point.fix: point.decision for point in found if point.decision}
    for item in there:
        if item.fix_id in asked and item.decision_id != asked[item.fix_id]:
            item.decision_id = asked[item.fix_id]
            item.save(update_fields=["decision"])
    known = {("fix", one.fix_id) if one.fix_id else ("issue", one.issue_id) for one in there}
    known |= {("", one.title) for one in there}
    points = [point for point in found if point.about not in known]
    first = _last_place(meeting) + 1
    AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=meeting,
            place=place,
            topic=point.topic,
            fix_id=point.fix,
            issue_id=point.issue,
            decision_id=point.decision,
            title=point.title,
        )
        for place, point in enumerate(points, start=first)
    )


def _last_place(meeting: InsightMeeting) -> int:
    return AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("place"))["last"] or 0


@transaction.atomic
def add_point(*, meeting: InsightMeeting, title: str, by: Person, now: datetime) -> AgendaItem:
    """Put something on the agenda by hand; the same twice is one point."""
    meeting = under_way(meeting=meeting)
    if not title.strip():
        raise NoTitle
    same = AgendaItem.objects.filter(meeting=meeting, topic=Topic.BY_HAND, title=title.strip()).first()
    if same:
        return same
    place = _last_place(meeting) + 1
    item = AgendaItem.objects.create(meeting=meeting, place=place, topic=Topic.BY_HAND, title=title.strip())
    note("meeting.point_added", about=meeting, by=by, at=now, item=item.pk)
    return item


@transaction.atomic
def move_point(*, item: AgendaItem, up: bool, by: Person, now: datetime) -> None:
    """Change places with the point before, or with the one after."""
    under_way(meeting=item.meeting)
    items = list(AgendaItem.objects.filter(meeting=item.meeting_id).order_by("place", "id"))
    here = items.index(item)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(items):
        return
    items[here], items[there] = items[there], items[here]
    for place, one in enumerate(items, start=1):
        one.place = place
    AgendaItem.objects.bulk_update(items, ["place"])
    note("meeting.point_moved", about=item.meeting, by=by, at=now, item=item.pk)


@transaction.atomic
def open_meeting(*, meeting: InsightMeeting, by: Person, now: datetime) -> InsightMeeting:
    """It begins; what came up since it was called is on the agenda, too."""
    meeting = under_way(meeting=meeting)
    if not meeting.opened_at:
        fill_agenda(meeting=meeting, now=now)
        meeting.opened_at = now
        meeting.save(update_fields=["opened_at"])
        note("meeting.opened", about=meeting, by=by, at=now)
    return meeting


@transaction.atomic
def say_who_is_present(
    *, meeting: InsightMeeting, people: Iterable[Person], by: Person, now: datetime
) -> None:
    """Who is there."""
    meeting = under_way(meeting=meeting)
    meeting.present.set(people)
    note("meeting.present", about=meeting, by=by, at=now, people=[one.pk for one in people])


@transaction.atomic
def minute(
    *,
    item: AgendaItem,
    minutes: str,
    owner: Person | None,
    due_on: date | None,
    settled: bool,
    by: Person,
    now: datetime,
) -> AgendaItem:
    """What was said and agreed on a point, who does what by when, and whether it is settled."""
    under_way(meeting=item.meeting, opened=True)
    item.minutes, item.owner, item.due_on = minutes.strip(), owner, due_on
    item.settled_at = (item.settled_at or now) if settled else None
    item.save(update_fields=["minutes", "owner", "due_on", "settled_at"])
    note("meeting.minuted", about=item.meeting, by=by, at=now, item=item.pk)
    return item


@transaction.atomic
def decide_there(
    *,
    item: AgendaItem,
    answer: str,
    by: Person,
    now: datetime,
    reason: str = "",
    decide_by: date | None = None,
) -> Decision:
    """A decision taken in front of all: the decider's if they are present, else of who may stand in."""
    meeting = under_way(meeting=item.meeting, opened=True)
    decision = Decision.objects.select_related("decider").get(pk=item.decision_id)
    if decision.decided_at:
        raise NothingToDecide(decision)
    there = meeting.present.filter(pk=decision.decider_id).exists()
    fix = Fix.objects.get(pk=item.fix_id)
    who = decision.decider if there else by
    taken = decide(fix=fix, answer=answer, by=who, now=now, reason=reason, decide_by=decide_by)
    item.settled_at = now
    item.save(update_fields=["settled_at"])
    note("meeting.decided", about=meeting, by=by, at=now, item=item.pk, decision=decision.pk)
    return taken


@transaction.atomic
def close_meeting(*, meeting: InsightMeeting, by: Person, now: datetime) -> InsightMeeting:
    """From now on it is the record; what is not settled opens the next agenda."""
    meeting = under_way(meeting=meeting, opened=True)
    meeting.closed_at = now
    meeting.save(update_fields=["closed_at"])
    note("meeting.closed", about=meeting, by=by, at=now)
    return meeting


@transaction.atomic
def cancel_meeting(*, meeting: InsightMeeting, by: Person, now: datetime) -> InsightMeeting:
    """It is not held."""
    meeting = under_way(meeting=meeting)
    meeting.cancelled_at = now
    meeting.save(update_fields=["cancelled_at"])
    note("meeting.cancelled", about=meeting, by=by, at=now)
    return meeting
