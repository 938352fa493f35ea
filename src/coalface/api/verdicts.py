"""Whether fixes worked, with the numbers each verdict rests on."""

from datetime import date, datetime

from django.db.models import Q
from django.http import HttpRequest
from ninja import Query, Router
from ninja.decorators import decorate_view
from pydantic import BaseModel

from coalface.permissions import Right
from coalface.records.models import Basis, Ruling, Verdict

from .answers import READ, Refused
from .paging import Asked, Moment, Page, Short, between, page, unit_called
from .rights import needs
from .sent import Key
from .tags import tagged

router = Router(tags=["verdicts"])


class VerdictOut(BaseModel):
    """One verdict on one fix; the newest stands. `ratio` is the rate after to the rate before."""

    id: int
    fix: int
    ruling: Ruling
    basis: Basis
    missing: str
    after_from: date | None
    after_until: date | None
    events_after: int | None
    exposure_after: float | None
    ratio: float | None
    ratio_low: float | None
    ratio_high: float | None
    p: float | None
    expected: float | None
    expected_low: float | None
    expected_high: float | None
    safe_low: float | None
    safe_high: float | None
    dispersion: float | None
    method: str
    warnings: list[str]
    decidable_on: date | None
    judged_at: datetime


class VerdictsAsked(Asked):
    """Which verdicts: on fixes that hold in `unit`, judged from `since` until (not including) `until`."""

    fix: Key | None = None
    ruling: Ruling | None = None
    unit: Short = ""
    since: Moment | None = None
    until: Moment | None = None


def _out(one: Verdict) -> VerdictOut:
    same = {name: getattr(one, name) for name in VerdictOut.model_fields if name not in ("id", "fix")}
    return VerdictOut(id=one.pk, fix=one.fix_id, **same)


@router.get("", auth=needs(Right.SEE_VERDICTS, "verdicts:read"), response={200: Page[VerdictOut]} | READ)
@decorate_view(tagged)
def list_verdicts(request: HttpRequest, asked: Query[VerdictsAsked]) -> Page[VerdictOut]:
    """Verdicts, the older ones of a fix included."""
    rows = between(Verdict.objects.all(), "judged_at", asked.since, asked.until)
    if asked.fix:
        rows = rows.filter(fix=asked.fix)
    if asked.ruling:
        rows = rows.filter(ruling=asked.ruling)
    if asked.unit:
        inside = Q(fix__unit__path__startswith=unit_called(asked.unit).path)
        rows = rows.filter(Q(fix__unit=None) | inside)
    kept, about = page(rows, asked, "verdicts")
    return Page[VerdictOut](items=[_out(one) for one in kept], **about)


@router.get("/{id}", auth=needs(Right.SEE_VERDICTS, "verdicts:read"), response={200: VerdictOut} | READ)
@decorate_view(tagged)
def one_verdict(request: HttpRequest, id: Key) -> VerdictOut:
    """One verdict."""
    found = Verdict.objects.filter(pk=id).first()
    if found is None:
        raise Refused(404, "no_such_verdict")
    return _out(found)
