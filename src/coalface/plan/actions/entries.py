"""Our encounters in somebody's own calendar: written, moved, taken out – and what was done to them there."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from coalface.edges.appointments import entry_text, facts_of, uid_of
from coalface.edges.caldav import ChangedThere, There, Written, place_of
from coalface.records.history import note
from coalface.records.models import Attendance, Calendar, Encounter, Invitation, Outcome, Reply

UNANSWERED: Final = {"reply": Reply.NONE, "replied_at": None, "other_start": None}


def is_told(*, calendar: Calendar, now: datetime, until: datetime) -> bool:
    """Whether the calendar says what is planned, as far as we know."""
    wanted, kept = _wanted(calendar, now, until), _kept(calendar, now)
    if any(one.href and not one.cancelled_at and pk not in wanted for pk, one in kept.items()):
        return False
    return all(pk in kept and _knows(kept[pk], one, calendar) for pk, one in wanted.items())


def _knows(kept: Invitation, encounter: Encounter, calendar: Calendar) -> bool:
    asked_again = calendar.read_at and kept.told_at and kept.told_at > calendar.read_at
    return not asked_again and not _is_news(kept, encounter, calendar)


def settle(
    *,
    there: There,
    calendar: Calendar,
    seen: Mapping[str, Written],
    zone: ZoneInfo,
    now: datetime,
    until: datetime,
) -> bool:
    """Make the calendar say what is planned and keep what its owner did there; whether to look again soon.

    Each step is kept by itself at once: who is interrupted goes on from there.
    """
    wanted, kept, again = _wanted(calendar, now, until), _kept(calendar, now), False
    for pk, one in kept.items():
        if pk not in wanted and one.href and not one.cancelled_at:
            there.remove(one.href)
            _keep(one, href="", etag="", cancelled_at=now, told_at=now, sequence=one.sequence + 1)
    for pk, encounter in wanted.items():
        invitation = kept.get(pk) or _invite(encounter, calendar)
        try:
            _settle_one(there, calendar, invitation, encounter, seen.get(invitation.uid), zone, now)
        except ChangedThere:
            again = True
    return again


def _settle_one(
    there: There,
    calendar: Calendar,
    kept: Invitation,
    encounter: Encounter,
    seen: Written | None,
    zone: ZoneInfo,
    now: datetime,
) -> None:
    news = _is_news(kept, encounter, calendar)
    if seen is None and kept.href:
        seen = there.one(kept.href, zone)  # it may have been moved beyond what was read
    if news:
        _write(there, calendar, kept, encounter, seen, now)
    elif seen is None or seen.starts_at is None:
        if kept.href:
            _keep(kept, href="", etag="", reply=Reply.DECLINED, replied_at=now, other_start=None)
            note("invitation.removed", about=kept, by=calendar.person, at=now)
    elif seen.starts_at == encounter.starts_at:
        if kept.etag != seen.etag:
            _keep(kept, etag=seen.etag, **(UNANSWERED if kept.reply == Reply.COUNTERED else {}))
    elif kept.etag == seen.etag and kept.reply != Reply.COUNTERED:  # the time they wished for was declined
        _write(there, calendar, kept, encounter, seen, now)
    elif kept.other_start != seen.starts_at:
        other = {"other_start": seen.starts_at, "replied_at": now}
        _keep(kept, href=seen.href, etag=seen.etag, reply=Reply.COUNTERED, **other)
        note("invitation.countered", about=kept, by=calendar.person, at=now)


def _is_news(kept: Invitation, encounter: Encounter, calendar: Calendar) -> bool:
    """Whether this calendar was never told of it, or of something else; what was removed there is no news."""
    return bool(kept.calendar_id != calendar.pk or kept.told != facts_of(encounter) or kept.cancelled_at)


def _write(
    there: There,
    calendar: Calendar,
    kept: Invitation,
    encounter: Encounter,
    seen: Written | None,
    now: datetime,
) -> None:
    sequence = kept.sequence + bool(kept.told)
    href = seen.href if seen else place_of(calendar.address, kept.uid)
    text = entry_text(
        encounter, uid=kept.uid, sequence=sequence, told_at=now, language=calendar.person.language
    )
    etag = there.write(href, text, etag=seen.etag if seen else "")
    told = {"told": facts_of(encounter), "told_at": now, "cancelled_at": None, "sequence": sequence}
    _keep(kept, calendar=calendar, href=href, etag=etag, **told, **UNANSWERED)


@transaction.atomic
def _invite(encounter: Encounter, calendar: Calendar) -> Invitation:
    person = calendar.person_id
    return Invitation.objects.get_or_create(
        encounter=encounter, person_id=person, defaults={"uid": uid_of(encounter.pk, person)}
    )[0]


@transaction.atomic
def _keep(kept: Invitation, **changes: object) -> None:
    for name, value in changes.items():
        setattr(kept, name, value)
    kept.save(update_fields=list(changes))


def _wanted(calendar: Calendar, now: datetime, until: datetime) -> dict[object, Encounter]:
    """What this person is planned to do from now on, as far as we look ahead."""
    mine = Attendance.objects.filter(person=calendar.person_id).values("encounter")
    planned = Encounter.objects.filter(pk__in=mine, outcome=Outcome.PLANNED)
    near = planned.filter(starts_at__gt=now, starts_at__lt=until)
    return {one.pk: one for one in near.select_related("format", "unit").order_by("starts_at", "id")}


def _kept(calendar: Calendar, now: datetime) -> dict[object, Invitation]:
    """What their calendar was told of what is still to come."""
    rows: QuerySet[Invitation] = Invitation.objects.filter(person=calendar.person_id)
    return {one.encounter_id: one for one in rows.filter(encounter__starts_at__gt=now).order_by("id")}
