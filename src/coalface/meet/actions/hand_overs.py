"""Taking over what somebody handed over, or giving it back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from coalface.records.history import note
from coalface.records.models import HandOver, HandOverAnswer, Person, Verbatim

from .encounters import locked
from .mail import tell


class NotYours(Exception):
    """It was offered to somebody else."""


class AlreadyAnswered(Exception):
    """It was accepted or returned before."""


class TakenBack(Exception):
    """The giver thought again before it was answered."""


@transaction.atomic
def accept(*, hand_over: HandOver, by: Person, now: datetime) -> HandOverAnswer:
    """Say yes: from now on it is the receiver's."""
    waiting = _waiting(hand_over=hand_over, by=by)
    answer = HandOverAnswer.objects.create(hand_over=waiting, accepted=True, by=by, at=now)
    note("hand_over.accepted", about=waiting.disposition.remark, by=by, at=now, hand_over=waiting.pk)
    return answer


@transaction.atomic
def give_back(*, hand_over: HandOver, by: Person, now: datetime, reason: str = "") -> HandOverAnswer:
    """Say no, and why if you like: the remark is open at the giver again, who gets a mail."""
    return _return(hand_over=_waiting(hand_over=hand_over, by=by), by=by, now=now, reason=reason.strip())


def return_unanswered(*, now: datetime) -> int:
    """Give back what nobody answered in time, each in a transaction of its own; say how many that were."""
    overdue = HandOver.objects.overdue(now).order_by("id").values_list("pk", "disposition__remark__encounter")
    return sum(_return_in_time(pk=pk, encounter=encounter, now=now) for pk, encounter in list(overdue))


@transaction.atomic
def _return_in_time(*, pk: int, encounter: UUID, now: datetime) -> bool:
    locked(pk=encounter)
    late = _with_its_remark(pk)
    if hasattr(late, "answer") or late.disposition.ended_at:
        return False
    _return(hand_over=late, by=None, now=now)
    return True


def _waiting(*, hand_over: HandOver, by: Person) -> HandOver:
    if hand_over.receiver_id != by.pk:
        raise NotYours(hand_over)
    locked(pk=hand_over.disposition.remark.encounter_id)
    current = _with_its_remark(hand_over.pk)
    if hasattr(current, "answer"):
        raise AlreadyAnswered(hand_over)
    if current.disposition.ended_at:
        raise TakenBack(hand_over)
    return current


def _with_its_remark(pk: int) -> HandOver:
    return HandOver.objects.select_related("disposition__remark", "answer", "giver").get(pk=pk)


def _return(*, hand_over: HandOver, by: Person | None, now: datetime, reason: str = "") -> HandOverAnswer:
    kept = Verbatim.objects.create(text=reason, language=by.language) if by and reason else None
    answer = HandOverAnswer.objects.create(hand_over=hand_over, accepted=False, by=by, at=now, reason=kept)
    hand_over.disposition.ended_at = now
    hand_over.disposition.save(update_fields=["ended_at"])
    tell(template="meet/given_back", to=hand_over.giver, now=now, hand_over=hand_over)
    note("hand_over.returned", about=hand_over.disposition.remark, by=by, at=now, hand_over=hand_over.pk)
    return answer
