"""A meeting as a file that every calendar program takes (RFC 5545)."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from coalface.records.models import GuestInvitation, Unit

from .coming import secret_of


def organisation() -> Unit | None:
    """Whom customers think of: the root of our units."""
    return Unit.objects.filter(parent=None).order_by("id").first()


def calendar_entry(invitation: GuestInvitation, title: str, now: datetime) -> bytes:
    """When and where, who of us is there, and the link to say otherwise; nobody else is named in it."""
    from icalendar import Calendar, Event  # only here, for the few who take it along

    meeting = invitation.guest.encounter
    link = settings.SITE + reverse("meet_public:come", args=[secret_of(invitation)])
    entry = Event()
    entry.add("uid", f"guest-{invitation.pk}@{urlsplit(settings.SITE).hostname}")
    entry.add("dtstamp", now)
    entry.add("dtstart", meeting.starts_at)
    entry.add("dtend", meeting.starts_at + timedelta(minutes=meeting.minutes))
    entry.add("summary", title)
    people = ", ".join(one.person.name for one in meeting.attendances.select_related("person"))
    entry.add("description", f"{people}\n{link}")
    if not meeting.format.remote:
        entry.add("location", meeting.unit.name)
    calendar = Calendar()
    calendar.add("prodid", "-//Coalface//guests//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(entry)
    return calendar.to_ical()
