"""Live questions: the link by which they come, and whether they may come now."""

from base64 import b32encode
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from coalface.policies import number
from coalface.records.models import Encounter, FormatKind, Kind, Outcome, Remark
from coalface.shell.links import Forged

from .encounters import is_finished

OPENS_BEFORE, CLOSES_AFTER = timedelta(days=1), timedelta(days=7)
LOOKED_FOR = timedelta(days=366)
_SALT = "coalface.meet.questions"


def question_token(encounter: Encounter) -> str:
    """The part of a link that only we can make: a signature of sixty bits, short enough to be typed."""
    signed = salted_hmac(_SALT, encounter.pk.hex, algorithm="sha256").digest()
    letters = b32encode(signed)[:12].decode().lower()
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def encounter_of(token: str, now: datetime) -> Encounter:
    """The town hall a link belongs to, among those of a year before and after."""
    sent = token.strip().lower()
    rows = Encounter.objects.select_related("format", "unit").filter(
        format__kind=FormatKind.TOWN_HALL, starts_at__range=(now - LOOKED_FOR, now + LOOKED_FOR)
    )
    for encounter in rows:
        if constant_time_compare(question_token(encounter), sent):
            return encounter
    raise Forged(token)


def question_state(encounter: Encounter, now: datetime) -> str:
    """One of early, open, full, closed: a question is taken only while it is open."""
    if now > encounter.starts_at + CLOSES_AFTER or encounter.outcome not in (Outcome.PLANNED, Outcome.HELD):
        return "closed"
    if encounter.outcome == Outcome.PLANNED:
        return "early" if now >= encounter.starts_at - OPENS_BEFORE else "too_early"
    if encounter.question_stops.filter(lifted_at=None).exists():
        return "closed"
    if is_finished(encounter):
        return "closed"
    asked = encounter.remarks.filter(kind=Kind.QUESTION).count()
    return "full" if asked >= number("questions_per_encounter") else "open"


def questions(encounter: Encounter) -> QuerySet[Remark]:
    """Every question that came in, the newest first."""
    rows = encounter.remarks.filter(kind=Kind.QUESTION)
    return rows.select_related("verbatim", "reading", "customer", "noted_by").order_by(
        "-noted_at", "-sequence", "-id"
    )
