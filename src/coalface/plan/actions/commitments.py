"""Who promises how often, and who is let off."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from coalface.people.actions import gone
from coalface.records.history import note
from coalface.records.models import (
    Commitment,
    Event,
    Exemption,
    Format,
    Level,
    Person,
)


class NotADay(Exception):
    """A cadence is one day or more."""


class NoJob(Exception):
    """A job has a name."""


class RemoteNotOffered(Exception):
    """Nobody is let off before a remote way of meeting was offered to them."""


class EndsBeforeItStarts(Exception):
    """An exemption ends after it starts."""


@transaction.atomic
def commit_level(
    *,
    level: str,
    every_days: int,
    starts_on: date,
    by: Person | None,
    now: datetime,
    formats: Collection[Format] = (),
) -> Commitment:
    """Promise for everybody of a level; what was promised for it before, in these formats, ends that day."""
    made = Commitment(level=Level(level), every_days=every_days, starts_on=starts_on)
    return _commit(made=made, instead_of=Q(level=made.level), formats=formats, by=by, now=now)


@transaction.atomic
def commit_job(
    *,
    job: str,
    every_days: int,
    starts_on: date,
    by: Person | None,
    now: datetime,
    formats: Collection[Format] = (),
) -> Commitment:
    """Promise for everybody who does this job, as their position calls it, whatever their level."""
    if not job.strip():
        raise NoJob(job)
    made = Commitment(job=job.strip(), every_days=every_days, starts_on=starts_on)
    return _commit(made=made, instead_of=Q(job=made.job), formats=formats, by=by, now=now)


@transaction.atomic
def commit_person(
    *,
    person: Person,
    every_days: int,
    starts_on: date,
    by: Person | None,
    now: datetime,
    formats: Collection[Format] = (),
) -> Commitment:
    """Promise for one person, whatever their level; what was promised in these formats ends then."""
    made = Commitment(person=person, every_days=every_days, starts_on=starts_on)
    return _commit(made=made, instead_of=Q(person=person), formats=formats, by=by, now=now)


def _commit(
    *,
    made: Commitment,
    instead_of: Q,
    formats: Collection[Format],
    by: Person | None,
    now: datetime,
) -> Commitment:
    if made.every_days < 1:
        raise NotADay(made.every_days)
    wanted = {format.pk for format in formats}
    before = Commitment.objects.filter(instead_of, ends_on=None).prefetch_related("formats")
    same = [one.pk for one in before if {format.pk for format in one.formats.all()} == wanted]
    Commitment.objects.filter(pk__in=same).update(ends_on=made.starts_on)
    made.save()
    made.formats.set(wanted)
    note("commitment.made", about=made, by=by, at=now)
    return made


@transaction.atomic
def exempt(
    *,
    person: Person,
    starts_on: date,
    until_on: date,
    remote_offered_on: date | None,
    by: Person,
    now: datetime,
) -> Exemption:
    """Let somebody off until a day, without a reason; a remote format was offered to them before."""
    if remote_offered_on is None or remote_offered_on > timezone.localdate(now):
        raise RemoteNotOffered(remote_offered_on)
    if until_on <= starts_on:
        raise EndsBeforeItStarts(until_on)
    exemption = Exemption.objects.create(
        person=person,
        starts_on=starts_on,
        until_on=until_on,
        agreed_by=by,
        remote_offered_on=remote_offered_on,
    )
    note("exemption.agreed", about=exemption, by=by, at=now)
    return exemption


@transaction.atomic
def end_commitments(*, event: Event, now: datetime) -> int:
    """Who has left owes no encounters any more; nobody inherits what another person promised."""
    person, today = gone(event=event), timezone.localdate(now)
    running = Commitment.objects.filter(person=person).exclude(ends_on__lte=today).order_by("id")
    theirs = list(running) if person else []
    for commitment in theirs:
        commitment.ends_on = max(today, commitment.starts_on)
        commitment.save(update_fields=["ends_on"])
        note("commitment.ended", about=commitment, by=None, at=now, left=event.pk)
    return len(theirs)
