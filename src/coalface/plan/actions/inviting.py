"""Telling everybody's own calendar, by mail: what is planned, what changed, what is off."""

from datetime import datetime
from typing import Final

from django.db import transaction

from coalface.edges.appointments import ends_at, facts_of, uid_of
from coalface.plan.queries import INVITATION, no_invitations, wants_invitations
from coalface.records.history import note
from coalface.records.models import (
    Attendance,
    Encounter,
    Event,
    Invitation,
    MailStop,
    Outcome,
    OutgoingMessage,
    Person,
    Reply,
)
from coalface.records.models.all.outgoing_message import STOPPED

TEMPLATE: Final = f"plan/{INVITATION}"


@transaction.atomic
def tell_calendars(*, event: Event, now: datetime) -> int:
    """Tell each who takes part what their calendar does not know yet; told twice it says nothing new."""
    rows = Encounter.objects.select_for_update(of=("self",)).select_related("format", "unit")
    encounter = rows.filter(pk=event.about_id).first()
    if encounter is None or ends_at(encounter) <= now:
        return 0
    known = {one.person_id: one for one in encounter.invitations.all()}
    if encounter.outcome != Outcome.PLANNED and not known:
        return 0
    there = _there(encounter)
    wanted = set(wants_invitations(now).filter(pk__in=[*known, *there]).values_list("pk", flat=True))
    asked = [_ask(encounter, pk, known.get(pk), now) for pk in there if pk in wanted]
    gone = [_take_out(encounter, one, wanted, now) for pk, one in known.items() if pk not in there]
    return sum(asked) + sum(gone)


@transaction.atomic
def tell_instead(*, person: Person, now: datetime) -> int:
    """Invite somebody by mail to what their own calendar, which cannot be written to, was never told."""
    if not wants_invitations(now).filter(pk=person.pk).exists():
        return 0
    theirs = Attendance.objects.filter(person=person).values("encounter")
    to_come = Encounter.objects.filter(pk__in=theirs, outcome=Outcome.PLANNED, starts_at__gt=now)
    rows = to_come.select_for_update(of=("self",)).select_related("format", "unit").order_by("pk")
    known = {one.encounter_id: one for one in person.invitations.filter(encounter__in=to_come)}
    return sum(_ask(one, person.pk, known.get(one.pk), now) for one in rows)


def _there(encounter: Encounter) -> list[int]:
    """Who is to have it in the calendar: of what was held early, nobody need be told anything."""
    if encounter.outcome in {Outcome.PLANNED, Outcome.HELD}:
        return list(encounter.attendances.order_by("id").values_list("person_id", flat=True))
    return []


def _ask(encounter: Encounter, person_id: int, kept: Invitation | None, now: datetime) -> bool:
    facts = facts_of(encounter)
    if encounter.outcome != Outcome.PLANNED or (kept and kept.told == facts and not kept.cancelled_at):
        return False
    changed = bool(kept and kept.told and not kept.cancelled_at)
    kept = kept or Invitation(encounter=encounter, person_id=person_id, uid=uid_of(encounter.pk, person_id))
    kept.sequence += bool(kept.told)
    kept.told, kept.told_at, kept.cancelled_at = facts, now, None
    kept.reply, kept.replied_at, kept.other_start = Reply.NONE, None, None
    kept.save()
    _write(kept, now, changed=changed)
    return True


def _take_out(encounter: Encounter, kept: Invitation, wanted: set[int], now: datetime) -> bool:
    if kept.cancelled_at or not kept.told or kept.href:  # what we wrote there ourselves is taken out there
        return False
    kept.sequence, kept.cancelled_at, kept.told_at = kept.sequence + 1, now, now
    kept.save(update_fields=["sequence", "cancelled_at", "told_at"])
    if kept.person_id not in wanted:
        return False
    _write(kept, now)
    return True


def _write(kept: Invitation, now: datetime, *, changed: bool = False) -> None:
    """One mail a sequence; what still waits of an earlier one says no longer what is true."""
    _withdraw_waiting(f"invitation-{kept.pk}-", now)
    OutgoingMessage.objects.get_or_create(
        key=f"invitation-{kept.pk}-{kept.sequence}",
        defaults={
            "template": TEMPLATE,
            "person_id": kept.person_id,
            "about": {"invitation": kept.pk, "changed": changed},
            "due_at": now,
        },
    )


def _withdraw_waiting(key: str, now: datetime) -> None:
    waiting = OutgoingMessage.objects.filter(template=TEMPLATE, sent_at=None, gave_up_at=None)
    waiting.filter(key__startswith=key).update(gave_up_at=now, error=STOPPED)


@transaction.atomic
def stop_invitations(*, person: Person, by: Person, now: datetime) -> None:
    """Send this person no invitation by mail any more, not even one that waits; twice is once."""
    _, new = MailStop.objects.get_or_create(
        person=person, kind=INVITATION, resumed_at=None, defaults={"stopped_at": now}
    )
    waiting = OutgoingMessage.objects.filter(template=TEMPLATE, person=person, sent_at=None, gave_up_at=None)
    waiting.update(gave_up_at=now, error=STOPPED)
    if new:
        note("invitations.stopped", about=person, by=by, at=now)


@transaction.atomic
def resume_invitations(*, person: Person, by: Person, now: datetime) -> None:
    """Invite this person by mail again, from the next change on."""
    if no_invitations().filter(person=person).update(resumed_at=now):
        note("invitations.resumed", about=person, by=by, at=now)


@transaction.atomic
def keep_time(*, invitation: Invitation, by: Person, now: datetime) -> None:
    """The time stays, whatever somebody proposed: they are asked once more."""
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("encounter")
    kept = rows.get(pk=invitation.pk)
    if kept.reply != Reply.COUNTERED:
        return
    kept.sequence += 1
    kept.told_at, kept.reply, kept.replied_at, kept.other_start = now, Reply.NONE, None, None
    kept.save(update_fields=["sequence", "told_at", "reply", "replied_at", "other_start"])
    note("invitation.kept", about=kept.encounter, by=by, at=now, invitation=kept.pk)
    if wants_invitations(now).filter(pk=kept.person_id).exists():
        _write(kept, now)
