"""What a customer told one of us, without an encounter."""

from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Router, Status
from pydantic import BaseModel

from coalface.hear import actions
from coalface.hear.queries import reported
from coalface.permissions import Right
from coalface.records.models import Kind, Unit

from .answers import TAKING, Refused, invalid
from .rights import needs
from .sent import Key, Name, Number, Sent, Text, ago, customer_within_reach

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
