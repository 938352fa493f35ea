"""How much was done: what counts are divided by."""

from datetime import date
from typing import Annotated

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Status
from ninja.decorators import decorate_view
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from coalface.permissions import Right
from coalface.records.models import Exposure, Unit
from coalface.verify.actions import NewExposure, OverlappingExposure

from .actions.exposures import put_exposure
from .answers import READ, WRITTEN, Refused, invalid
from .paging import Asked, Page, Short, below, page
from .rights import needs
from .sent import Key, without_nul
from .tags import as_expected, tagged

router = Router(tags=["exposures"])
SLUG = Annotated[str, StringConstraints(pattern=r"^[-a-zA-Z0-9_]{1,50}$")]


def _plausible(day: date) -> date:
    if not 1900 <= day.year <= 2200:
        raise ValueError("between 1900 and 2200")
    return day


Day = Annotated[date, AfterValidator(_plausible)]


class ExposureOut(BaseModel):
    """So many orders, visits or contacts of a unit; `until_on` is not part of the period."""

    id: int
    unit: str
    measure: str
    from_on: date
    until_on: date
    quantity: int
    source: str


class ExposuresAsked(Asked):
    """Which exposures: of `unit` and everything below it, of one `measure`, beginning in a period."""

    unit: Short = ""
    measure: Short = ""
    since: Day | None = None
    until: Day | None = None


class ExposureIn(BaseModel):
    """How much was done until (not including) a day, and who says so."""

    model_config = ConfigDict(extra="forbid")

    until_on: Day
    quantity: Annotated[int, Field(ge=0, le=2**63 - 1)]
    source: Annotated[str, StringConstraints(max_length=80), AfterValidator(without_nul)] = "api"


def _out(one: Exposure) -> ExposureOut:
    same = {name: getattr(one, name) for name in ExposureOut.model_fields if name not in ("id", "unit")}
    return ExposureOut(id=one.pk, unit=one.unit.key, **same)


@router.get("", auth=needs(Right.SEE_VERDICTS, "exposures:read"), response={200: Page[ExposureOut]} | READ)
@decorate_view(tagged)
def list_exposures(request: HttpRequest, asked: Query[ExposuresAsked]) -> Page[ExposureOut]:
    """Exposures, one for each unit, measure and period."""
    rows = below(Exposure.objects.select_related("unit"), asked.unit)
    if asked.measure:
        rows = rows.filter(measure=asked.measure)
    if asked.since:
        rows = rows.filter(from_on__gte=asked.since)
    if asked.until:
        rows = rows.filter(from_on__lt=asked.until)
    kept, about = page(rows, asked, "exposures")
    return Page[ExposureOut](items=[_out(one) for one in kept], **about)


@router.get("/{id}", auth=needs(Right.SEE_VERDICTS, "exposures:read"), response={200: ExposureOut} | READ)
@decorate_view(tagged)
def one_exposure(request: HttpRequest, id: Key) -> ExposureOut:
    """One exposure."""
    found = Exposure.objects.select_related("unit").filter(pk=id).first()
    if found is None:
        raise Refused(404, "no_such_exposure")
    return _out(found)


@router.put(
    "/{unit}/{measure}/{from_on}",
    auth=needs(Right.REGISTER_EVALUATIONS, "exposures:write"),
    response={200: ExposureOut, 201: ExposureOut} | WRITTEN,
)
@decorate_view(tagged)
def write_exposure(request: HttpRequest, unit: SLUG, measure: SLUG, from_on: Day, body: ExposureIn) -> Status:
    """Say how much was done; the same again changes nothing, another number corrects what was there."""
    where = Unit.objects.filter(key=unit).first()
    if where is None:
        raise Refused(404, "no_such_unit")
    if not request.rights.reach(Right.REGISTER_EVALUATIONS, where):
        raise PermissionDenied(unit)
    if body.until_on <= from_on:
        raise invalid("until_on")
    row = NewExposure(where, measure, from_on, body.until_on, body.quantity, body.source)
    try:
        written, made = put_exposure(
            row=row,
            expected=lambda there: as_expected(request, there and _out(there)),
            by=request.person,
            now=timezone.now(),
        )
    except OverlappingExposure:
        raise Refused(409, "overlaps") from None
    return Status(201 if made else 200, _out(written))
