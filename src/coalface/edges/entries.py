"""An encounter as an event in a calendar: way, place, time and the link to it; no customer's name."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from coalface.edges.appointments import ends_at
from coalface.records.models import Encounter


def entry_of(encounter: Encounter, *, uid: str, sequence: int, now: datetime) -> str:
    """The text of the event; format and unit are read with the encounter."""
    from icalendar import Calendar, Event

    address = f"{settings.SITE}{reverse('meet:encounter', args=[encounter.pk])}"
    event = Event()
    event.add("uid", uid)
    event.add("sequence", sequence)
    event.add("dtstamp", now)
    event.add("dtstart", encounter.starts_at)
    event.add("dtend", ends_at(encounter))
    event.add("summary", encounter.format.name)
    event.add("location", encounter.unit.name)
    event.add("description", address)
    event.add("url", address)
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Coalface//EN")
    calendar.add_component(event)
    return calendar.to_ical().decode()
