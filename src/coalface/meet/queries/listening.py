"""The calls of a listening session, and which of them are not settled yet."""

from datetime import datetime

from django.db.models import QuerySet

from coalface.records.models import CallDraw, Encounter, ListenedCall


def call_draw_of(encounter: Encounter) -> CallDraw | None:
    """What the calls were drawn from, if they were."""
    return CallDraw.objects.select_related("drawn_by").filter(encounter=encounter).first()


def calls_of(encounter: Encounter) -> QuerySet:
    """The calls that were drawn, in the order of the day, with what was heard in them."""
    rows = ListenedCall.objects.filter(draw__encounter=encounter).order_by("order")
    return rows.select_related("remark__verbatim", "remark__reading")


def wanted_after_listening(encounter: Encounter, now: datetime) -> list[str]:
    """Whether calls that were drawn are neither heard nor known not to have come."""
    waiting = calls_of(encounter).filter(settled_at=None)
    return ["calls_not_settled"] if waiting.exists() else []
