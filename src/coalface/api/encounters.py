"""A customer was met without a plan."""

from typing import Annotated
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status
from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from coalface.meet import actions
from coalface.meet.views.access import may_see
from coalface.permissions import Right
from coalface.plan.actions import NoGuestsBeforehand
from coalface.records.models import GROUPS, Encounter, Format, FormatKind, Unit

from .answers import TAKING, Refused, invalid
from .rights import needs
from .sent import Key, Sent, ago, customer_called, customer_within_reach, without_nul

router = Router(tags=["encounters"])
Called = Annotated[str, StringConstraints(max_length=160), AfterValidator(without_nul)]
SEVERAL_OR_NOBODY = (*GROUPS, FormatKind.TOWN_HALL, FormatKind.INCOGNITO)


class DropIn(Sent):
    """Where and how, and with whom."""

    format: Key
    unit: Key
    customer: UUID | None = None
    called: Called = ""
    minutes: Annotated[int, Field(ge=1, le=1440)] | None = None
    age_seconds: int = 0


class Met(BaseModel):
    """It is held, and things can be written down about it."""

    id: UUID
    outcome: str
    customer: UUID | None = None


@router.put(
    "/{id}", auth=needs(Right.MEET_CUSTOMERS), response={200: Met, 201: Met} | TAKING, exclude_none=True
)
def drop_in(request: HttpRequest, id: UUID, body: DropIn) -> Status:
    """Say that a customer was met, held at once; sent twice it happened once.

    By what a customer is called we look for the one who is meant, and keep the words nowhere: who sent them
    hears whether we found somebody.
    """
    now = timezone.now()
    there = Encounter.objects.filter(pk=id).exists()
    format, unit = Format.objects.filter(pk=body.format).first(), Unit.objects.filter(pk=body.unit).first()
    if missing := [name for name, one in (("format", format), ("unit", unit)) if one is None]:
        raise invalid(*missing)
    if body.called.strip() and format.kind in SEVERAL_OR_NOBODY:
        raise invalid("called")
    customer = customer_within_reach(request, body.customer) or customer_called(request, body.called)
    try:
        met = actions.drop_in(
            id=id,
            format=format,
            unit=unit,
            person=request.person,
            customers=[customer] if customer else [],
            minutes=body.minutes,
            met_at=ago(body.age_seconds, now),
            by=request.person,
            now=now,
        )
    except actions.IdTaken:
        raise Refused(409, "taken", kept_aside=False) from None
    except NoGuestsBeforehand:
        raise invalid("customer") from None
    except actions.NotReady as first:
        raise Refused(409, "not_ready", wanted=list(first.wanted)) from None
    found = met.guests.order_by("id").first() if body.called.strip() else None
    answer = Met(id=met.pk, outcome=met.outcome, customer=found.customer_id if found else None)
    return Status(200 if there else 201, answer)


def encounter_for(request: HttpRequest, pk: UUID) -> Encounter:
    """The encounter, if it is here and the sender's to see."""
    found = Encounter.objects.select_related("format", "unit").filter(pk=pk).first()
    if found is None:
        raise Refused(404, "no_such_encounter")
    if not may_see(request, found):
        raise PermissionDenied(pk)
    return found
