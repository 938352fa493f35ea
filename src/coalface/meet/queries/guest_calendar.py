"""A meeting as a file that every calendar program takes (RFC 5545)."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from coalface.edges.invitations import Appointment, published
from coalface.records.models import GuestInvitation, Unit

from .coming import secret_of


def organisation() -> Unit | None:
    """Whom customers think of: the root of our units."""
    return Unit.objects.filter(parent=None).order_by("id").first()


def calendar_entry(invitation: GuestInvitation, title: str, now: datetime) -> str:
    """When and where, who of us is there, and the link to say otherwise; nobody else is named in it."""
    meeting = invitation.guest.encounter
    link = settings.SITE + reverse("meet_public:come", args=[secret_of(invitation)])
    people = ", ".join(one.person.name for one in meeting.attendances.select_related("person"))
    return published(
        Appointment(
            uid=f"guest-{invitation.pk}@{urlsplit(settings.SITE).hostname}",
            sequence=0,
            starts_at=meeting.starts_at,
            minutes=meeting.minutes,
            zone=meeting.unit.time_zone,
            summary=title,
            place="" if meeting.format.remote else meeting.unit.name,
            words=f"{people}\n{link}",
            address=link,
            told_at=now,
        )
    )
