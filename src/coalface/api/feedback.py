"""What a customer told one of us without an encounter, and all that reached us."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Query, Router, Status
from ninja.decorators import decorate_view
from pydantic import BaseModel

from coalface.hear import actions
from coalface.hear.queries import heard, reported
from coalface.permissions import Right
from coalface.records.models import Feedback, Kind, Unit
from coalface.shell.personal import in_brackets, may_see

from .answers import READ, TAKING, Refused, invalid
from .paging import Asked, Moment, Page, Short, below, between, page
from .rights import needs
from .sent import Key, Name, Number, Sent, Text, ago, customer_within_reach
from .tags import tagged

router = Router(tags=["feedback"])


class Told(Sent):
    """In their own words, and where they said it."""

    kind: Kind
    text: Text
    unit: Key
    customer: UUID | None = None
    device: Name = ""
    sequence: Number | None = None
    age_seconds: int = 0


class Heard(BaseModel):
    """It is passed on."""

    id: UUID


@router.put(
    "/{id}", auth=needs(Right.REPORT_FEEDBACK), response={200: Heard, 201: Heard} | TAKING, exclude_none=True
)
def report(request: HttpRequest, id: UUID, body: Told) -> Status:
    """Pass it on; the same again changes nothing, other words under this id become a report of their own."""
    now = timezone.now()
    unit = Unit.objects.filter(request.rights.units(Right.REPORT_FEEDBACK), pk=body.unit).first()
    if unit is None:
        raise invalid("unit")
    given = {
        "text": body.text,
        "kind": body.kind,
        "unit": unit,
        "customer": customer_within_reach(request, body.customer),
        "language": request.person.language,
        "received_at": ago(body.age_seconds, now),
        "by": request.person,
        "now": now,
    }
    there = reported(id)
    try:
        actions.report(id=id, **given)
    except actions.NoWords:
        raise invalid("text") from None
    except actions.IdTaken:
        actions.report_beside(id=id, **given)
        raise Refused(409, "taken", kept_aside=True, see=reverse("hear:report")) from None
    return Status(200 if there else 201, Heard(id=id))


class FeedbackOut(BaseModel):
    """One message, tap or score. Words that were erased or taken back are gone; the row still counts."""

    id: UUID
    source: str
    source_id: str
    channel: str
    kind: Kind
    topic: str
    text: str | None
    language: str
    nps: int | None
    csat: int | None
    ces: int | None
    unit: str
    touchpoint: str | None
    customer: UUID | None
    received_at: datetime
    withdrawn_at: datetime | None
    issues: list[int]


class FeedbackAsked(Asked):
    """Which: in `unit` and everything below it, received from `since` until (not including) `until`."""

    kind: Kind | None = None
    unit: Short = ""
    source: Short = ""
    channel: Short = ""
    customer: UUID | None = None
    since: Moment | None = None
    until: Moment | None = None


def _out(request: HttpRequest, one: Feedback) -> FeedbackOut:
    words = one.verbatim
    gone = words is None or words.erased_at or one.withdrawn_at
    known = one.customer_id and request.rights.reach(Right.SEE_CUSTOMERS, one.unit)
    openly = may_see(request, one.unit, (one.reported_by_id,))
    same = ("source", "source_id", "channel", "kind", "topic", "nps", "csat", "ces")
    return FeedbackOut(
        id=one.pk,
        text=None if gone else in_brackets(words, openly=openly),
        language=words.language if words else "",
        unit=one.unit.key,
        touchpoint=one.touchpoint.key if one.touchpoint else None,
        customer=one.customer_id if known else None,
        received_at=one.received_at,
        withdrawn_at=one.withdrawn_at,
        issues=sorted({mention.issue_id for mention in one.speaks_of}),
        **{name: getattr(one, name) for name in same},
    )


def _readable(request: HttpRequest) -> QuerySet[Feedback]:
    """As on the pages: what reaches the units I read for, and what I passed on myself."""
    mine = Q(reported_by=request.person)
    return heard(within=request.rights.within(Right.SEE_FEEDBACK) | mine, taken_back=True).select_related(
        "touchpoint"
    )


@router.get("", auth=needs(Right.SEE_FEEDBACK, "feedback:read"), response={200: Page[FeedbackOut]} | READ)
@decorate_view(tagged)
def list_feedback(request: HttpRequest, asked: Query[FeedbackAsked]) -> Page[FeedbackOut]:
    """Feedback of the units you read for, in the order in which it came in."""
    rows = below(_readable(request), asked.unit)
    wanted = asked.model_dump(include={"kind", "source", "channel", "customer"})
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    kept, about = page(between(rows, "received_at", asked.since, asked.until), asked, "feedback")
    return Page[FeedbackOut](items=[_out(request, one) for one in kept], **about)


@router.get("/{id}", auth=needs(Right.SEE_FEEDBACK, "feedback:read"), response={200: FeedbackOut} | READ)
@decorate_view(tagged)
def one_feedback(request: HttpRequest, id: UUID) -> FeedbackOut:
    """One piece of feedback."""
    found = _readable(request).filter(pk=id).first()
    if found is None:
        raise Refused(404, "no_such_feedback")
    return _out(request, found)
