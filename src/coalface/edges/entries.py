"""An encounter as an event in a calendar: way, place, time and the link to it; no customer's name."""

from datetime import datetime, timedelta
from email.utils import parseaddr
from hashlib import sha256
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from coalface.records.models import Encounter

SALT: Final = "coalface.edges.appointments"
SECRET_LENGTH: Final = 24


def uid_of(encounter_id: object, person_id: int) -> str:
    """The name of an event in calendars: the same wherever it is told, and nobody else can guess it."""
    secret = salted_hmac(SALT, f"{encounter_id}/{person_id}", algorithm="sha256").hexdigest()[:SECRET_LENGTH]
    sender = settings.MAILBOX_ADDRESS or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return f"{encounter_id}-{secret}@{sender.rpartition('@')[2]}"


def facts_of(encounter: Encounter) -> str:
    """A digest of all that an event tells; told again only when it differs."""
    told = (encounter.starts_at.timestamp(), encounter.minutes, encounter.unit.time_zone,
            encounter.format.name, encounter.unit.name)  # fmt: skip
    return sha256(repr(told).encode()).hexdigest()


def entry_of(encounter: Encounter, *, uid: str, sequence: int, now: datetime) -> str:
    """The text of the event; format and unit are read with the encounter."""
    from icalendar import Calendar, Event

    address = f"{settings.SITE}{reverse('meet:encounter', args=[encounter.pk])}"
    event = Event()
    event.add("uid", uid)
    event.add("sequence", sequence)
    event.add("dtstamp", now)
    event.add("dtstart", encounter.starts_at)
    event.add("dtend", encounter.starts_at + timedelta(minutes=encounter.minutes))
    event.add("summary", encounter.format.name)
    event.add("location", encounter.unit.name)
    event.add("description", address)
    event.add("url", address)
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Coalface//EN")
    calendar.add_component(event)
    return calendar.to_ical().decode()
