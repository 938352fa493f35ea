"""Live questions: the link by which they come, and whether they may come now."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet

from coalface.policies import number
from coalface.records.models import Encounter, FormatKind, Kind, Outcome, Remark

OPENS_BEFORE, CLOSES_AFTER = timedelta(days=1), timedelta(days=7)
_SIGNER_SALT = "coalface.meet.questions"


class NotALink(Exception):
    """The link was not made here, or it leads to no town hall."""


def question_token(encounter: Encounter) -> str:
    """The part of a link that only we can make."""
    return Signer(salt=_SIGNER_SALT, sep=".").sign(encounter.pk.hex)


def encounter_of(token: str) -> Encounter:
    """The encounter a link belongs to."""
    try:
        pk = Signer(salt=_SIGNER_SALT, sep=".").unsign(token)
    except BadSignature as forged:
        raise NotALink(token) from forged
    rows = Encounter.objects.select_related("format", "unit")
    found = rows.filter(pk=UUID(pk), format__kind=FormatKind.TOWN_HALL).first()
    if found is None:
        raise NotALink(token)
    return found


def question_state(encounter: Encounter, now: datetime) -> str:
    """One of early, open, full, closed: a question is taken only while it is open."""
    if now > encounter.starts_at + CLOSES_AFTER or encounter.outcome not in (Outcome.PLANNED, Outcome.HELD):
        return "closed"
    if encounter.outcome == Outcome.PLANNED:
        return "early" if now >= encounter.starts_at - OPENS_BEFORE else "too_early"
    if encounter.question_stops.filter(lifted_at=None).exists():
        return "closed"
    if encounter.finishings.filter(reopened_at=None).exists():
        return "closed"
    asked = encounter.remarks.filter(kind=Kind.QUESTION).count()
    return "full" if asked >= number("questions_per_encounter") else "open"


def questions(encounter: Encounter) -> QuerySet[Remark]:
    """Every question that came in, the newest first."""
    rows = encounter.remarks.filter(kind=Kind.QUESTION)
    return rows.select_related("verbatim", "reading", "customer", "noted_by").order_by(
        "-noted_at", "-sequence", "-id"
    )
