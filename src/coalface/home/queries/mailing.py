"""Who gets the weekly mail and when, and which link stops it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from coalface.policies import number
from coalface.records.models import (
    Attendance,
    Commitment,
    Digest,
    Grant,
    MailStop,
    Outcome,
    Person,
    Position,
    Role,
)
from coalface.shell.links import Expired, Forged, signed, unsigned

DIGEST: Final = "digest"
MORNING: Final = time(7)
A_DAY, A_WEEK, A_YEAR = timedelta(days=1), timedelta(days=7), timedelta(days=365)
# A link in an old mail still has to work; after two years nobody means it any more.
EXPIRES_AFTER: Final = timedelta(days=730)
STOP: Final = "coalface.home.stop"


@dataclass(frozen=True, slots=True)
class Turn:
    """The mail of one week: its Monday, and the morning on which it is read."""

    week_of: date
    at: datetime


def turn_of(zone: ZoneInfo, now: datetime) -> Turn | None:
    """The mail that is to be written now, looking a day ahead so that every zone has its morning.

    What was missed is made up for in the same week; None when that week is over.
    """
    day = int(number("digest_weekday"))
    latest = (now + A_DAY).astimezone(zone)
    monday = latest.date() - timedelta(days=latest.weekday())
    morning = _morning(monday, day, zone)
    if morning > latest:
        monday -= A_WEEK
        morning = _morning(monday, day, zone)
    at = max(now, morning)
    return Turn(monday, at) if timezone.localdate(at, zone) < monday + A_WEEK else None


def _morning(monday: date, day: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(monday + timedelta(days=day), MORNING, tzinfo=zone)


def receivers(now: datetime) -> Iterator[tuple[Person, ZoneInfo]]:
    """Everybody the weekly mail is for, but for those who stopped it, with the zone they work in."""
    today = timezone.localdate(now)
    stopped = MailStop.objects.in_force().filter(person=OuterRef("pk"), kind=DIGEST)
    people = it_is_for(now).exclude(Exists(stopped)).order_by("id")
    held = Position.objects.held(today).filter(person__in=people)
    zones = dict(held.values_list("person_id", "unit__time_zone"))
    for person in people:
        yield person, ZoneInfo(zones.get(person.pk) or timezone.get_default_timezone_name())


def it_is_for(now: datetime) -> QuerySet[Person]:
    """Who works here, has an address, and leads, owes encounters or met customers within a year."""
    today = timezone.localdate(now)
    leads = Grant.objects.in_force(today).filter(person=OuterRef("pk"), role=Role.LEADER)
    running = Commitment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today), starts_on__lte=today)
    owing_level = running.exclude(level="").values("level")
    owing_job = running.exclude(job="").values("job")
    binding = Q(level__in=owing_level) | Q(job__in=owing_job)
    owes = Position.objects.held(today).filter(binding, person=OuterRef("pk"))
    met = Attendance.objects.filter(
        person=OuterRef("pk"),
        encounter__outcome=Outcome.HELD,
        encounter__starts_at__range=(now - A_YEAR, now),
    )
    content = Exists(leads) | Exists(owes) | Exists(running.filter(person=OuterRef("pk"))) | Exists(met)
    return Person.objects.working(today).exclude(email="").filter(content)


def weekly_mail(person: Person, now: datetime) -> str:
    """Whether the person gets it: on, off, or empty when it is not for them."""
    stopped = MailStop.objects.in_force().filter(person=OuterRef("pk"), kind=DIGEST)
    found = it_is_for(now).filter(pk=person.pk).annotate(stopped=Exists(stopped))
    states = list(found.values_list("stopped", flat=True))
    return ("off" if states[0] else "on") if states else ""


def is_stopped(person: Person) -> bool:
    """Whether the person stopped the weekly mail."""
    return MailStop.objects.in_force().filter(person=person, kind=DIGEST).exists()


def stop_address(digest: Digest) -> str:
    """The address in a weekly mail that stops it; only we can make one."""
    return reverse("home:stop", args=[signed(digest.pk, STOP)])


def digest_behind(token: str, now: datetime) -> Digest:
    """The weekly mail a link stands in."""
    found = Digest.objects.filter(pk=unsigned(token, STOP)).select_related("person").first()
    if found is None:
        raise Forged(token)
    if found.made_at + EXPIRES_AFTER < now:
        raise Expired(token)
    return found
