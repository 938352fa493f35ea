"""One thing that was said or seen."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Query, Router, Status
from ninja.decorators import decorate_view
from pydantic import BaseModel

from coalface.meet import actions
from coalface.meet.queries import Fate, fates
from coalface.permissions import Right
from coalface.records.models import About, Attendance, Kind, Remark, Speaker, Touchpoint, Verbatim
from coalface.shell.personal import in_brackets, may_see

from .answers import READ, TAKING, Refused, invalid
from .encounters import encounter_for
from .paging import Asked, Moment, Page, Short, below, between, page
from .rights import needs
from .sent import Key, Name, Number, Sent, Text, ago, customer_within_reach
from .tags import tagged

router = Router(tags=["remarks"])
AS_SENT = {"kind", "text", "reading", "said_by", "device", "sequence", "told_afterwards"}


class Said(Sent):
    """The exact words apart from what the observer makes of them."""

    encounter: UUID
    kind: Kind
    about: About | None = None
    text: Text = ""
    reading: Text = ""
    said_by: Speaker = Speaker.CUSTOMER
    customer: UUID | None = None
    touchpoint: Key | None = None
    device: Name = ""
    sequence: Number | None = None
    age_seconds: int = 0
    told_afterwards: bool = False


class Noted(BaseModel):
    """It is written down."""

    id: UUID
    sequence: int


@router.put(
    "/{id}", auth=needs(Right.MEET_CUSTOMERS), response={200: Noted, 201: Noted} | TAKING, exclude_none=True
)
def note_remark(request: HttpRequest, id: UUID, body: Said) -> Status:
    """Write it down; the same again changes nothing, and anything else under this id is kept for a person."""
    given = _given(request, id, body)
    there = Remark.objects.filter(pk=id).exists()
    try:
        remark = actions.note_remark(**given)
    except actions.IdTaken:
        actions.keep_aside(**given)
        raise Refused(409, "taken", kept_aside=True, see=reverse("meet:second_versions")) from None
    except actions.NoWords:
        raise invalid("text") from None
    except actions.NotTold:
        raise Refused(422, "not_told") from None
    except actions.NotAgreed:
        raise Refused(422, "not_agreed") from None
    except actions.NotHeld:
        raise Refused(409, "not_held", outcome=given["encounter"].outcome) from None
    except actions.NotReady as first:
        raise Refused(409, "not_ready", wanted=list(first.wanted)) from None
    return Status(200 if there else 201, Noted(id=remark.pk, sequence=remark.sequence))


def _given(request: HttpRequest, id: UUID, body: Said) -> dict[str, Any]:
    now, encounter = timezone.now(), encounter_for(request, body.encounter)
    touchpoint = Touchpoint.objects.filter(pk=body.touchpoint).first() if body.touchpoint else None
    if body.touchpoint and touchpoint is None:
        raise invalid("touchpoint")
    by_a_customer = body.said_by == Speaker.CUSTOMER
    customer = customer_within_reach(request, body.customer) if by_a_customer else None
    return {
        "id": id,
        "encounter": encounter,
        "customer": customer,
        "touchpoint": touchpoint,
        "about": body.about or "",
        "noted_at": ago(body.age_seconds, now),
        "language": customer.language if customer else request.person.language,
        "by": request.person,
        "now": now,
    } | body.model_dump(include=AS_SENT)


class RemarkOut(BaseModel):
    """What was said at an encounter, the observer's reading apart. Who wrote it down is not told."""

    id: UUID
    encounter: UUID
    kind: Kind
    about: str
    said_by: Speaker
    text: str | None
    reading: str | None
    language: str
    unit: str
    touchpoint: str | None
    customer: UUID | None
    noted_at: datetime
    state: str
    issues: list[int]


class RemarksAsked(Asked):
    """Which remarks: in `unit` and everything below it, noted from `since` until (not including) `until`."""

    kind: Kind | None = None
    unit: Short = ""
    encounter: UUID | None = None
    since: Moment | None = None
    until: Moment | None = None


def _readable(request: HttpRequest) -> QuerySet[Remark]:
    """As on the pages: what I wrote down, where I took part, and where I look after the programme."""
    there = Attendance.objects.filter(encounter=OuterRef("encounter"), person=request.person)
    programme = request.rights.within(Right.SEE_ENCOUNTERS_OF_OTHERS, "encounter__unit")
    rows = Remark.objects.filter(programme | Q(noted_by=request.person) | Exists(there))
    return rows.select_related("verbatim", "reading", "touchpoint", "encounter__unit")


def _words(verbatim: Verbatim | None, openly: bool) -> str | None:
    return in_brackets(verbatim, openly=openly) if verbatim and not verbatim.erased_at else None


def _out(request: HttpRequest, one: Remark, fate: Fate) -> RemarkOut:
    openly = may_see(request, one.encounter.unit, (one.noted_by_id,))
    return RemarkOut(
        id=one.pk,
        encounter=one.encounter_id,
        kind=one.kind,
        about=one.about,
        said_by=one.said_by,
        text=_words(one.verbatim, openly),
        reading=_words(one.reading, openly),
        language=one.verbatim.language if one.verbatim else "",
        unit=one.encounter.unit.key,
        touchpoint=one.touchpoint.key if one.touchpoint else None,
        customer=one.customer_id,
        noted_at=one.noted_at,
        state=fate.code,
        issues=sorted({issue.pk for issue in fate.issues}),
    )


@router.get("", auth=needs(Right.MEET_CUSTOMERS, "remarks:read"), response={200: Page[RemarkOut]} | READ)
@decorate_view(tagged)
def list_remarks(request: HttpRequest, asked: Query[RemarksAsked]) -> Page[RemarkOut]:
    """Remarks you may read, with what became of each (`state`)."""
    rows = below(_readable(request), asked.unit, "encounter__unit")
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.encounter:
        rows = rows.filter(encounter=asked.encounter)
    kept, about = page(between(rows, "noted_at", asked.since, asked.until), asked, "remarks")
    became = fates(kept, timezone.now())
    return Page[RemarkOut](items=[_out(request, one, became[one.pk]) for one in kept], **about)


@router.get("/{id}", auth=needs(Right.MEET_CUSTOMERS, "remarks:read"), response={200: RemarkOut} | READ)
@decorate_view(tagged)
def one_remark(request: HttpRequest, id: UUID) -> RemarkOut:
    """One remark."""
    found = _readable(request).filter(pk=id).first()
    if found is None:
        raise Refused(404, "no_such_remark")
    return _out(request, found, fates([found], timezone.now())[found.pk])
