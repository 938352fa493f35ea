"""A hands-on shift: prepared so that it harms nobody, and what it brought to light."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from coalface.meet.queries import IN_THE_WAY, IN_THE_WAY_MAIL, shift_of
from coalface.people.queries import who_leads
from coalface.records.history import note
from coalface.records.models import (
    Encounter,
    Event,
    FormatKind,
    Outcome,
    OutgoingMessage,
    Person,
    Remark,
    Shift,
    Verbatim,
)

from .encounters import AlreadyDecided, HasLeft, locked, unfinished
from .mail import tell
from .remarks import NoWords


class TakesPart(Exception):
    """Who does the shift can be neither its buddy nor its host."""


class NoHost(Exception):
    """A shift at a peak hour needs a host who can agree to it."""


class NotPrepared(Exception):
    """Nobody has named a buddy yet."""


class NotForYou(Exception):
    """Only the host agrees; only the buddy, the host and the guest worker know of the induction."""


@transaction.atomic
def prepare_shift(
    *,
    encounter: Encounter,
    buddy: Person,
    by: Person,
    now: datetime,
    tasks: str = "",
    at_peak: bool = False,
    host: Person | None = None,
) -> Shift:
    """Name buddy, safe tasks and host, and tell both; what a new one of them has not said is not said."""
    _still_planned(encounter)
    _check(encounter, buddy, host, at_peak, now)
    before = shift_of(encounter)
    shift = before or Shift(encounter=encounter)
    wanted = {"buddy": buddy, "tasks": _lines(tasks), "at_peak": at_peak, "host": host}
    if before and all(getattr(before, name) == value for name, value in wanted.items()):
        return before
    if shift.pk and shift.buddy != buddy:
        shift.inducted_at = None
    if shift.pk and (shift.host != host or not at_peak):
        shift.host_agreed_at = None
    for name, value in wanted.items():
        setattr(shift, name, value)
    shift.save()
    _tell(shift=shift, template="meet/buddy", to=buddy, by=by, now=now)
    if host:
        _tell(shift=shift, template="meet/peak" if at_peak else "meet/host", to=host, by=by, now=now)
    note("shift.prepared", about=encounter, by=by, at=now, shift=shift.pk)
    return shift


@transaction.atomic
def agree_to_peak(*, encounter: Encounter, by: Person, now: datetime) -> Shift:
    """The host says that it may be at a peak hour; nobody says it for them."""
    shift = _being_prepared(encounter)
    if by != shift.host:
        raise NotForYou(by)
    if shift.at_peak and shift.host_agreed_at is None:
        shift.host_agreed_at = now
        shift.save(update_fields=["host_agreed_at"])
        note("shift.agreed", about=encounter, by=by, at=now, shift=shift.pk)
    return shift


@transaction.atomic
def confirm_induction(*, encounter: Encounter, by: Person, now: datetime) -> Shift:
    """Say that the induction was done; said twice, the first time stands."""
    shift = _being_prepared(encounter)
    if by not in (shift.buddy, shift.host) and not encounter.attendances.filter(person=by).exists():
        raise NotForYou(by)
    if shift.inducted_at is None:
        shift.inducted_at = now
        shift.save(update_fields=["inducted_at"])
        note("shift.inducted", about=encounter, by=by, at=now, shift=shift.pk)
    return shift


@transaction.atomic
def describe_shift(*, encounter: Encounter, text: str, by: Person, now: datetime) -> Shift:
    """Write down what the guest worker did; written again, the newest words stand."""
    words = text.strip()
    if not words:
        raise NoWords(encounter)
    unfinished(pk=encounter.pk, by=by, now=now)
    shift = shift_of(encounter)
    if shift is None:
        raise NotPrepared(encounter)
    if shift.did and shift.did.text == words:
        return shift
    if shift.did:
        shift.did.text, shift.did.masks = words, None
        shift.did.save(update_fields=["text", "masks"])
    else:
        shift.did = Verbatim.objects.create(text=words, language=by.language)
        shift.save(update_fields=["did"])
    note("shift.described", about=encounter, by=by, at=now, shift=shift.pk)
    return shift


@transaction.atomic
def tell_process_owner(*, event: Event, now: datetime) -> list[OutgoingMessage]:
    """What stood in the way at a shift reaches whoever leads the unit that owns the touchpoint, once each."""
    rows = Remark.objects.select_related("touchpoint__owner", "encounter")
    remark = rows.filter(
        pk=event.about_id,
        kind__in=IN_THE_WAY,
        encounter__format__kind=FormatKind.SHIFT,
        touchpoint__owner__isnull=False,
    ).first()
    if remark is None:
        return []
    encounter, owner = remark.encounter, remark.touchpoint.owner
    there = set(encounter.attendances.values_list("person", flat=True))
    new = []
    for person in who_leads(owner, timezone.localdate(now)):
        if person.pk in there or not person.email:
            continue
        message, made = OutgoingMessage.objects.get_or_create(
            key=f"in-the-way-{encounter.pk}-{owner.pk}-{person.pk}",
            defaults={
                "template": IN_THE_WAY_MAIL,
                "person": person,
                "about": {"encounter": str(encounter.pk), "unit": owner.pk},
                "due_at": now,
            },
        )
        if made:
            new.append(message)
    if new:
        note("shift.owner_told", about=encounter, by=None, at=now, people=[one.person_id for one in new])
    return new


def _lines(tasks: str) -> str:
    return "\n".join(line.strip() for line in tasks.splitlines() if line.strip())


def _still_planned(encounter: Encounter) -> None:
    if locked(pk=encounter.pk).outcome != Outcome.PLANNED:
        raise AlreadyDecided(encounter)


def _being_prepared(encounter: Encounter) -> Shift:
    _still_planned(encounter)
    shift = shift_of(encounter)
    if shift is None:
        raise NotPrepared(encounter)
    return shift


def _check(encounter: Encounter, buddy: Person, host: Person | None, at_peak: bool, now: datetime) -> None:
    if at_peak and host is None:
        raise NoHost(encounter)
    today = timezone.localdate(now)
    for person in filter(None, (buddy, host)):
        if person.has_left(today):
            raise HasLeft(person)
        if encounter.attendances.filter(person=person).exists():
            raise TakesPart(person)


def _tell(*, shift: Shift, template: str, to: Person, by: Person, now: datetime) -> None:
    if to != by:  # buddy and host may be one person, and change
        key = f"shift-{template.partition('/')[2]}-{shift.encounter_id}-{to.pk}"
        tell(template=template, to=to, now=now, key=key, encounter=shift.encounter)
