"""What is changed because customers asked."""

from datetime import date, datetime
from typing import Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router
from ninja.decorators import decorate_view
from pydantic import BaseModel

from coalface.act.queries import holds_in
from coalface.permissions import Right
from coalface.records.models import Fix, IssueKind, Lane

from .answers import READ, Refused
from .paging import Asked, Moment, Page, Short, between, page, unit_called
from .rights import needs
from .sent import Key
from .tags import tagged

router = Router(tags=["fixes"])
State = Literal["open", "shipped", "declined", "merged"]


class FixOut(BaseModel):
    """One fix; without a unit it is for the whole organisation. `owner` is the id of a person.

    `worth` and `effort` are guesses from 1 to 5; what became of the fix `merged_into` became of this one.
    """

    id: int
    issue: int
    unit: str | None
    title: str
    kind: IssueKind
    lane: Lane
    worth: int | None
    effort: int | None
    state: State
    merged_into: int | None
    owner: int
    due_on: date
    opened_at: datetime
    accepted_at: datetime | None
    shipped_at: datetime | None
    declined_at: datetime | None


class FixesAsked(Asked):
    """Which fixes: those that hold in `unit`, opened from `since` until (not including) `until`."""

    issue: Key | None = None
    state: State | None = None
    lane: Lane | None = None
    unit: Short = ""
    since: Moment | None = None
    until: Moment | None = None


def _state(one: Fix) -> State:
    if one.merged_into_id:
        return "merged"
    if one.declined_at:
        return "declined"
    return "shipped" if one.shipped_at else "open"


def _out(one: Fix) -> FixOut:
    return FixOut(
        id=one.pk,
        issue=one.issue_id,
        unit=one.unit.key if one.unit else None,
        title=one.title,
        kind=one.kind or one.issue.kind,
        lane=one.lane,
        worth=one.worth,
        effort=one.effort,
        state=_state(one),
        merged_into=one.merged_into_id,
        owner=one.owner_id,
        due_on=one.due_on,
        opened_at=one.opened_at,
        accepted_at=one.accepted_at,
        shipped_at=one.shipped_at,
        declined_at=one.declined_at,
    )


def _wanted(asked: FixesAsked) -> QuerySet[Fix]:
    rows = Fix.objects.select_related("unit", "issue")
    if asked.issue:
        rows = rows.filter(issue=asked.issue)
    if asked.lane:
        rows = rows.filter(lane=asked.lane)
    if asked.unit:
        rows = rows.filter(holds_in(unit_called(asked.unit)))
    if asked.state == "open":
        rows = rows.open()
    elif asked.state == "merged":
        rows = rows.exclude(merged_into=None)
    elif asked.state:
        rows = rows.filter(**{f"{asked.state}_at__isnull": False})
    return between(rows, "opened_at", asked.since, asked.until)


@router.get("", auth=needs(Right.SEE_FIXES, "fixes:read"), response={200: Page[FixOut]} | READ)
@decorate_view(tagged)
def list_fixes(request: HttpRequest, asked: Query[FixesAsked]) -> Page[FixOut]:
    """Fixes with how far they are."""
    kept, about = page(_wanted(asked), asked, "fixes")
    return Page[FixOut](items=[_out(one) for one in kept], **about)


@router.get("/{id}", auth=needs(Right.SEE_FIXES, "fixes:read"), response={200: FixOut} | READ)
@decorate_view(tagged)
def one_fix(request: HttpRequest, id: Key) -> FixOut:
    """One fix."""
    found = Fix.objects.select_related("unit", "issue").filter(pk=id).first()
    if found is None:
        raise Refused(404, "no_such_fix")
    return _out(found)
