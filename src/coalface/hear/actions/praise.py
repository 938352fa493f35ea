"""Praise reaches whom it is about, and their boss; and colleagues tell a department what a customer would."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from coalface.people.queries import position_of
from coalface.records.history import note
from coalface.records.models import Feedback, Kind, OutgoingMessage, Person, Unit

from ..queries.praise import praise_key
from .taking_in import BY_COLLEAGUES, IdTaken, NewFeedback, NoWords, take_in


class NotPraise(ValueError):
    """Only a compliment is passed on to somebody: a complaint is about things, never about a name."""


@transaction.atomic
def pass_praise(*, feedback: Feedback, to: Person, by: Person, now: datetime) -> list[Person]:
    """Let the person hear it, and whoever leads them; those who were told are told once."""
    locked = Feedback.objects.select_for_update().get(pk=feedback.pk)
    if locked.kind != Kind.COMPLIMENT or locked.withdrawn_at:
        raise NotPraise(feedback)
    position = position_of(to, timezone.localdate(now))
    hearing = [to, *([position.manager] if position and position.manager else [])]
    fresh = [one for one in hearing if one != by and _tell(locked, one, to, now)]
    if fresh:
        note("feedback.passed_on", about=locked, by=by, at=now, to=to.pk)
    return hearing


def _tell(feedback: Feedback, reader: Person, praised: Person, now: datetime) -> bool:
    told = {
        "template": "hear/praise" if reader == praised else "hear/praise_of_yours",
        "person": reader,
        "about": {"feedback": str(feedback.pk)},
        "due_at": now,
    }
    return OutgoingMessage.objects.get_or_create(key=praise_key(feedback, reader), defaults=told)[1]


@transaction.atomic
def tell_a_department(
    *,
    id: UUID,
    text: str,
    kind: str,
    unit: Unit,
    by: Person,
    now: datetime,
    praised: Person | None = None,
) -> Feedback:
    """Say to another part of the house what an outside customer would: on the same rails, with one's name."""
    if not text.strip():
        raise NoWords
    row = NewFeedback(
        source=BY_COLLEAGUES,
        source_id=str(id),
        channel=BY_COLLEAGUES,
        kind=kind,
        received_at=now,
        unit=unit,
        text=text.strip(),
        language=by.language,
        reported_by=by,
    )
    taken = take_in(rows=[row], by=by, now=now)
    there = Feedback.objects.select_related("verbatim").get(source=BY_COLLEAGUES, source_id=row.source_id)
    alike = there.kind == kind and there.unit == unit and there.verbatim.text == row.text
    if taken.already_there and not (alike and there.reported_by == by):
        raise IdTaken(id)
    if praised and kind == Kind.COMPLIMENT:
        pass_praise(feedback=there, to=praised, by=by, now=now)
    return there
