"""Live questions to whoever stands on the stage: each one is a remark that wants an answer."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from coalface.meet.queries import question_state
from coalface.records.history import note
from coalface.records.models import Encounter, Kind, Person, QuestionStop, Remark

from .encounters import locked
from .remarks import note_remark

LONGEST_QUESTION = 1_000


class NotTaken(Exception):
    """No question is taken now; `state` says why: too_early, early, full or closed."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


@transaction.atomic
def take_question(
    *, id: UUID, encounter: Encounter, text: str, said_by: str, language: str, now: datetime
) -> Remark:
    """Keep what somebody in the audience asked; the form brought the id, so that sending twice asks once.

    It is written down in the name of who stands there: theirs is the answer.
    """
    meeting = locked(pk=encounter.pk)
    state = question_state(meeting, now)
    if state != "open" and not meeting.remarks.filter(pk=id).exists():
        raise NotTaken(state)
    on_stage = meeting.attendances.select_related("person").order_by("id").first()
    return note_remark(
        id=id,
        encounter=meeting,
        kind=Kind.QUESTION,
        text=text,
        said_by=said_by,
        language=language,
        by=on_stage.person,
        now=now,
    )


@transaction.atomic
def stop_questions(*, encounter: Encounter, by: Person, now: datetime) -> QuestionStop:
    """Close the page for questions; closed twice is closed once."""
    meeting = locked(pk=encounter.pk)
    if there := meeting.question_stops.filter(lifted_at=None).first():
        return there
    stop = QuestionStop.objects.create(encounter=meeting, by=by, at=now)
    note("questions.stopped", about=meeting, by=by, at=now)
    return stop


@transaction.atomic
def take_questions_again(*, encounter: Encounter, by: Person, now: datetime) -> None:
    """Open the page again."""
    meeting = locked(pk=encounter.pk)
    if meeting.question_stops.filter(lifted_at=None).update(lifted_at=now):
        note("questions.taken_again", about=meeting, by=by, at=now)
