"""The weekly mail: written once a week for each leader, stopped by one click, taken up again by another."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction

from coalface.home.queries.digest import digest_of
from coalface.home.queries.mailing import DIGEST, Turn, receivers, stop_address, turn_of
from coalface.reactions import Reaction, named
from coalface.records.history import note
from coalface.records.models import Digest, MailStop, OutgoingMessage, Person

LOOKING_BACK: Final = timedelta(days=14)


def send_digests(*, now: datetime) -> int:
    """Write the weekly mails whose morning has come or comes within a day; say how many those were.

    Each in a transaction of its own, and at most one a week for each person, however often this is called.
    """
    recent = Digest.objects.filter(week_of__gt=(now - LOOKING_BACK).date())
    written = set(recent.values_list("person_id", "week_of"))
    count = 0
    for person, zone in receivers(now):
        turn = turn_of(zone, now)
        if turn and (person.pk, turn.week_of) not in written:
            count += _write(person, zone, turn, now)
    return count


@transaction.atomic
def _write(person: Person, zone: ZoneInfo, turn: Turn, now: datetime) -> bool:
    figures, coming = digest_of(person, turn.at)
    digest, new = Digest.objects.get_or_create(
        person=person,
        week_of=turn.week_of,
        defaults={"made_at": now, "figures": figures | {"zone": zone.key}, "next_encounter": coming},
    )
    if new:
        OutgoingMessage.objects.create(
            key=f"digest-{digest.pk}",
            template=f"home/{DIGEST}",
            person=person,
            about={"digest": digest.pk, "unsubscribe": stop_address(digest)},
            due_at=turn.at,
        )
        note("digest.made", about=digest, by=None, at=now)
    return new


@transaction.atomic
def stop_digest(*, person: Person, by: Person, now: datetime) -> MailStop:
    """Send no weekly mail any more, not even one that waits to leave; stopping twice is harmless."""
    stop, new = MailStop.objects.get_or_create(
        person=person, kind=DIGEST, resumed_at=None, defaults={"stopped_at": now}
    )
    if new:
        note("digest.stopped", about=person, by=by, at=now)
    return stop


@transaction.atomic
def resume_digest(*, person: Person, by: Person, now: datetime) -> bool:
    """Send it again, from the next one on; says whether it had been stopped."""
    resumed = MailStop.objects.in_force().filter(person=person, kind=DIGEST).update(resumed_at=now)
    if resumed:
        note("digest.resumed", about=person, by=by, at=now)
    return bool(resumed)


EVERY_DAY: Final[Mapping[str, Reaction]] = named(send_digests)
