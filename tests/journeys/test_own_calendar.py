"""Somebody connects their own calendar: the plan respects it, stands in it, and hears what is moved there."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from coalface.console.work import work_once
from coalface.plan.actions import plan_encounter
from coalface.plan.queries import free
from coalface.records.models import Calendar, Invitation, Slot
from tests.edges.radicale import SECRET, USER, CalendarServer
from tests.people import Cast, client_for


def next_tuesday(hour: int) -> datetime:
    """Far enough ahead that no test runs into it."""
    day = timezone.localdate() + timedelta(days=7)
    day += timedelta(days=(1 - day.weekday()) % 7)
    return datetime.combine(day, time(hour), timezone.get_default_timezone())


def test_a_calendar_of_ones_own_from_connecting_to_a_counter_proposal(cast: Cast, radicale: CalendarServer):
    nine, ten, three = map(next_tuesday, (9, 10, 15))
    radicale.make()
    radicale.put("dentist", f"DTSTART:{nine:%Y%m%dT%H%M%S}\nDURATION:PT1H")
    given = {"address": radicale.root, "user_name": USER, "password": SECRET}
    assert client_for(cast.sven).post("/plan/times/calendar/", given).status_code == 302
    work_once()
    slots = [
        Slot.objects.create(
            format=cast.visit, unit=cast.north, starts_at=at, minutes=30, offered_at=timezone.now()
        )
        for at in (nine, ten)
    ]
    assert free([cast.sven], slots) == {cast.sven.pk: {slots[1].pk}}
    plan_encounter(
        format=cast.visit, unit=cast.north, starts_at=ten, person=cast.sven, customers=[cast.petra],
        chosen_by="planner", by=cast.mina, now=timezone.now(),
    )  # fmt: skip
    work_once()
    radicale.drag(three)
    Calendar.objects.update(next_at=timezone.now())
    work_once()
    kept = Invitation.objects.get()
    assert (kept.reply, kept.other_start) == ("countered", three)
