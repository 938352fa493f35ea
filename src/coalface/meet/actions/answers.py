"""What becomes of a remark: somebody answers for it, and may think again until the encounter is finished."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from coalface.meet.queries import is_finished
from coalface.policies import number
from coalface.records.history import note
from coalface.records.models import (
    Answer,
    Disposition,
    Encounter,
    HandOver,
    Person,
    Remark,
    Verbatim,
)

from .encounters import Finished, HasLeft, locked, reopen
from .mail import tell


class NoReason(Exception):
    """Whoever declines says why."""


class ToOneself(Exception):
    """A remark is handed over to somebody else."""


@transaction.atomic
def fix_now(*, remark: Remark, by: Person, now: datetime) -> Disposition:
    """Say that what was asked for is done already."""
    return _answer(remark=remark, by=by, now=now, answer=Answer.FIXED_NOW)


@transaction.atomic
def own(*, remark: Remark, by: Person, now: datetime) -> Disposition:
    """Say that it is mine; it is not resolved before something comes of it."""
    return _answer(remark=remark, by=by, now=now, answer=Answer.OWNED)


@transaction.atomic
def keep(*, remark: Remark, by: Person, now: datetime) -> Disposition:
    """Keep it as something we know now and need not change."""
    return _answer(remark=remark, by=by, now=now, answer=Answer.KEPT)


@transaction.atomic
def decline(*, remark: Remark, reason: str, by: Person, now: datetime, told: bool = False) -> Disposition:
    """Say no, and why; it is resolved only when the customer was told."""
    if not reason.strip():
        raise NoReason(remark)
    return _answer(
        remark=remark,
        by=by,
        now=now,
        answer=Answer.DECLINED,
        reason=reason.strip(),
        told_at=now if told else None,
    )


@transaction.atomic
def pass_on(*, remark: Remark, to: Person, by: Person, now: datetime) -> Disposition:
    """Let the person hear it whom it is about; a message tells them where to read it."""
    disposition = _answer(remark=remark, by=by, now=now, answer=Answer.PASSED_ON, praised=to)
    if to != by:
        tell(template="meet/passed_on", to=to, now=now, disposition=disposition)
    return disposition


@transaction.atomic
def hand_over(*, remark: Remark, to: Person, by: Person, now: datetime) -> HandOver:
    """Offer it to somebody who can change it; it stays with the giver until the other says yes."""
    if to == by:
        raise ToOneself(to)
    if to.has_left(timezone.localdate(now)):
        raise HasLeft(to)
    encounter = locked(pk=remark.encounter_id)
    waiting = HandOver.objects.waiting().filter(disposition__remark=remark, giver=by, receiver=to).first()
    if waiting:
        return waiting
    disposition = _replace(remark=remark, encounter=encounter, by=by, now=now, answer=Answer.HANDED_OVER)
    due_at = now + timedelta(days=number("hand_over_days"))
    offered = HandOver.objects.create(
        disposition=disposition, giver=by, receiver=to, offered_at=now, answer_due_at=due_at
    )
    reopen(encounter=encounter, by=by, now=now)
    tell(template="meet/hand_over", to=to, now=now, hand_over=offered)
    note("hand_over.offered", about=remark, by=by, at=now, hand_over=offered.pk, to=to.pk)
    return offered


@transaction.atomic
def mark_told(*, disposition: Disposition, by: Person, now: datetime) -> Disposition:
    """Say that the customer knows what became of it; told twice, the first time counts."""
    locked(pk=disposition.remark.encounter_id)
    current = Disposition.objects.select_related("remark").get(pk=disposition.pk)
    if current.told_at is None:
        current.told_at = now
        current.save(update_fields=["told_at"])
        note("remark.told", about=current.remark, by=by, at=now, disposition=current.pk)
    return current


def _answer(
    *,
    remark: Remark,
    by: Person,
    now: datetime,
    answer: str,
    reason: str = "",
    praised: Person | None = None,
    told_at: datetime | None = None,
) -> Disposition:
    encounter = locked(pk=remark.encounter_id)
    current = _current(remark)
    if current and _as_said(current) == (answer, by, reason, praised):
        return current
    kept = Verbatim.objects.create(text=reason, language=by.language) if reason else None
    disposition = _replace(
        remark=remark, encounter=encounter, by=by, now=now,
        answer=answer, reason=kept, praised=praised, told_at=told_at,
    )  # fmt: skip
    note("remark.answered", about=remark, by=by, at=now, disposition=disposition.pk)
    return disposition


def _as_said(current: Disposition) -> tuple[str, Person, str, Person | None]:
    return current.answer, current.by, current.reason.text if current.reason else "", current.praised


def _replace(
    *, remark: Remark, encounter: Encounter, by: Person, now: datetime, answer: str, **more: object
) -> Disposition:
    current = _current(remark)
    if is_finished(encounter) and current and current.answer not in {Answer.OWNED, Answer.HANDED_OVER}:
        raise Finished(remark)
    if current:
        current.ended_at = now
        current.save(update_fields=["ended_at"])
    return Disposition.objects.create(remark=remark, by=by, at=now, answer=answer, **more)


def _current(remark: Remark) -> Disposition | None:
    rows = Disposition.objects.select_related("by", "praised", "reason")
    return rows.filter(remark=remark, ended_at=None).first()
