"""Who is signed in, and all a phone has to know to write things down without a network."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from ninja import Router
from pydantic import BaseModel, Field

from coalface.meet.queries import to_capture
from coalface.people.queries import position_of
from coalface.permissions import ANYONE, Right, rights_of
from coalface.records.models import Account, Encounter, Format, FormatKind, Kind, Unit

from .rights import needs
from .sent import account_id

router = Router(tags=["session"])


class GuestOut(BaseModel):
    """A customer who was, or will be, there."""

    id: UUID
    name: str


class EncounterOut(BaseModel):
    """An encounter something can be written down about."""

    id: UUID
    title: str
    unit: str
    starts_at: datetime
    kind: FormatKind
    outcome: str
    incognito: bool
    guests: list[GuestOut]


class FormatOut(BaseModel):
    """A way of meeting a customer."""

    id: int
    name: str
    kind: FormatKind


class UnitOut(BaseModel):
    """A place where something can be reported."""

    id: int
    name: str


class TillOut(BaseModel):
    """A shared device: it locks after so many seconds without a touch, and ends after `left` in any case."""

    idle: int
    left: int


class Session(BaseModel):
    """What is there while somebody is signed in is left out otherwise."""

    signed_in: bool
    csrf: str
    version: int = Field(serialization_alias="schema")
    oldest_schema: int
    account: str | None = None
    name: str | None = None
    language: str | None = None
    kinds: list[Kind] | None = None
    encounters: list[EncounterOut] | None = None
    formats: list[FormatOut] | None = None
    units: list[UnitOut] | None = None
    unit: int | None = None
    till: TillOut | None = None


@router.get("", auth=needs(ANYONE), response=Session, by_alias=True, exclude_unset=True)
def session(request: HttpRequest, response: HttpResponse) -> Session:
    """Asked for afresh before a phone sends anything: whose session it is, and the token for writing."""
    response["Cache-Control"] = "no-store"
    known = {
        "csrf": get_token(request),
        "version": settings.CAPTURE_SCHEMA,
        "oldest_schema": settings.OLDEST_CAPTURE_SCHEMA,
    }
    if request.device:
        known["till"] = TillOut(
            idle=request.till.idle if request.till else 0, left=request.till.left if request.till else 0
        )
    if not request.user.is_authenticated:
        return Session(signed_in=False, **known)
    return Session(signed_in=True, **known, **_of(request.user, timezone.now()))


def _of(account: Account, now: datetime) -> dict:
    person = account.person
    position = position_of(person, timezone.localdate(now))
    formats = Format.objects.order_by("name", "id")
    where = rights_of(person, now).units(Right.REPORT_FEEDBACK)
    return {
        "account": account_id(account),
        "name": person.name,
        "language": account.language or person.language,
        "kinds": list(Kind),
        "encounters": [_encounter(one) for one in to_capture(person, now)],
        "formats": [FormatOut(id=one.pk, name=one.name, kind=one.kind) for one in formats],
        "units": [UnitOut(id=one.pk, name=one.name) for one in Unit.objects.filter(where).order_by("path")],
        "unit": position.unit_id if position else None,
    }


def _encounter(met: Encounter) -> EncounterOut:
    guests = [GuestOut(id=one.customer_id, name=one.customer.name) for one in met.guests.all()]
    return EncounterOut(
        id=met.pk,
        title=" · ".join([met.format.name, *(guest.name for guest in guests[:2])]),
        unit=met.unit.name,
        starts_at=met.starts_at,
        kind=met.format.kind,
        outcome=met.outcome,
        incognito=met.format.kind == FormatKind.INCOGNITO,
        guests=guests,
    )
