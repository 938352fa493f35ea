"""What somebody's own calendar shows, and who cannot come to what was planned."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from coalface.edges.appointments import appointment_of, facts_of, uid_of
from coalface.edges.invitations import feed
from coalface.records.models import (
    Attendance,
    Calendar,
    CalendarFeed,
    Encounter,
    Invitation,
    MailStop,
    Outcome,
    Person,
    Reply,
)

BACK: Final = timedelta(days=90)
AHEAD: Final = timedelta(days=366)
AT_MOST: Final = 2_000
INVITATION: Final = "invitation"  # the name of the mail's template
CANNOT: Final = (Reply.DECLINED, Reply.COUNTERED)


def secret_digest(secret: str) -> str:
    """What is kept of the secret part of an address; the secret itself is kept nowhere."""
    return sha256(secret.encode(errors="replace")).hexdigest()


def feed_at(secret: str) -> CalendarFeed | None:
    """The feed at an address, also one that was taken back; none if we made no such address."""
    digest = secret_digest(secret)
    found = CalendarFeed.objects.select_related("person").filter(digest=digest).first()
    return found if found and constant_time_compare(found.digest, digest) else None


def shows_nothing(feed: CalendarFeed, now: datetime) -> bool:
    """Whether it was taken back, or whoever it was for works here no more."""
    return feed.revoked_at is not None or feed.person.has_left(timezone.localdate(now))


def own_feed(person: Person) -> CalendarFeed | None:
    """The address that this person's calendar reads, if they made one."""
    return CalendarFeed.objects.filter(person=person, revoked_at=None).order_by("-made_at", "-id").first()


def no_invitations() -> QuerySet[MailStop]:
    """The stops that hold now, one for each person who wants no invitation by mail."""
    return MailStop.objects.in_force().filter(kind=INVITATION)


def wants_invitations(now: datetime) -> QuerySet[Person]:
    """Those who can and want to be invited by mail; who let us write into their calendar need none."""
    written_to = Calendar.objects.filter(person=OuterRef("pk"), left_at=None, failure="")
    people = Person.objects.working(timezone.localdate(now)).exclude(email="")
    return people.exclude(pk__in=no_invitations().values("person")).filter(~Exists(written_to))


def in_calendar(person: Person, now: datetime) -> list[Attendance]:
    """Their encounters from a while back to a year ahead; of very many the oldest are left out."""
    horizon = (now - BACK, now + AHEAD)
    rows = Attendance.objects.filter(person=person, encounter__starts_at__range=horizon)
    rows = rows.select_related("encounter__format", "encounter__unit").order_by(
        "-encounter__starts_at", "-id"
    )
    return list(rows[:AT_MOST])


def told_of(person: Person, attendances: Sequence[Attendance]) -> dict[object, Invitation]:
    """What was told of these by mail, by encounter."""
    first = min((one.encounter.starts_at for one in attendances), default=None)
    rows = Invitation.objects.filter(person=person, encounter__starts_at__gte=first) if first else ()
    return {one.encounter_id: one for one in rows}


def tag_of(feed: CalendarFeed, attendances: Sequence[Attendance], told: dict[object, Invitation]) -> str:
    """A mark that changes whenever the text of the feed would."""
    rows = [(one.encounter_id, facts_of(one.encounter), one.encounter.outcome) for one in attendances]
    said = sorted((str(key), one.sequence, one.reply, one.told_at) for key, one in told.items())
    whole = (feed.pk, feed.person.name, feed.person.language, rows, said)
    return f'"{sha256(repr(whole).encode()).hexdigest()}"'


def changed_at(
    feed: CalendarFeed, attendances: Sequence[Attendance], told: dict[object, Invitation]
) -> datetime:
    """When something in the feed happened last, as far as its rows say."""
    moments = [feed.made_at, *(one.encounter.outcome_at for one in attendances)]
    return max(filter(None, [*moments, *(one.told_at for one in told.values())]))


def text_of(feed_: CalendarFeed, attendances: Sequence[Attendance], told: dict[object, Invitation]) -> str:
    """The feed as calendars read it, in its person's language."""
    with translation.override(feed_.person.language):
        appointments = [_appointment(feed_, one.encounter, told.get(one.encounter_id)) for one in attendances]
        return feed(appointments, name=_("Encounters with customers"))


def _appointment(feed_: CalendarFeed, encounter: Encounter, told: Invitation | None) -> object:
    changed_at = max(filter(None, (feed_.made_at, encounter.outcome_at, told and told.told_at)))
    return appointment_of(
        encounter,
        uid=told.uid if told else uid_of(encounter.pk, feed_.person_id),
        sequence=told.sequence if told else 0,
        told_at=changed_at,
        reply=told.reply if told else Reply.NONE,
    )


def cannot_come(where: Q, now: datetime) -> QuerySet[Invitation]:
    """Who declined an encounter to come, or proposed another time, the soonest first."""
    shown = ("person", "encounter__format", "encounter__unit")
    coming = Invitation.objects.filter(
        where,
        reply__in=CANNOT,
        cancelled_at=None,
        encounter__outcome=Outcome.PLANNED,
        encounter__starts_at__gt=now,
    )
    attends = Attendance.objects.filter(encounter=OuterRef("encounter"), person=OuterRef("person"))
    rows = coming.filter(Exists(attends)).select_related(*shown)
    return rows.order_by(F("encounter__starts_at"), "id")
