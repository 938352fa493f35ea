"""One thing that was said or seen."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Router, Status
from pydantic import BaseModel

from coalface.meet import actions
from coalface.permissions import Right
from coalface.records.models import About, Kind, Remark, Speaker, Touchpoint

from .answers import TAKING, Refused, invalid
from .encounters import encounter_for
from .rights import needs
from .sent import Key, Name, Number, Sent, Text, ago, customer_within_reach

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
