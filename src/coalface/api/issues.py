"""What customers experience, and how often they say so."""

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from ninja.decorators import decorate_view
from pydantic import BaseModel

from coalface.permissions import Right
from coalface.records.models import Issue, IssueKind
from coalface.understand.queries.issues import counted

from .answers import READ, Refused
from .paging import Asked, Moment, Page, Short, below, between, page
from .rights import needs
from .sent import Key
from .tags import tagged

router = Router(tags=["issues"])


class IssueOut(BaseModel):
    """One issue; `said_year` and `said_quarter` count what customers said of it in 365 and 90 days."""

    id: int
    title: str
    kind: IssueKind
    state: str
    touchpoint: str | None
    owner: str | None
    proposed_at: datetime
    confirmed_at: datetime | None
    merged_into: int | None
    said_year: int
    said_quarter: int
    first_said_at: datetime | None


class IssuesAsked(Asked):
    """Which issues: `unit` is the key of the owner's unit, everything below it included."""

    kind: IssueKind | None = None
    state: Short = ""
    unit: Short = ""
    since: Moment | None = None
    until: Moment | None = None


def _state(one: Issue) -> str:
    if one.merged_into_id:
        return "merged"
    return "standing" if one.confirmed_at else "proposed"


def _out(one: Issue) -> IssueOut:
    return IssueOut(
        id=one.pk,
        title=one.title,
        kind=one.kind,
        state=_state(one),
        touchpoint=one.touchpoint.key if one.touchpoint else None,
        owner=one.owner.key if one.owner else None,
        proposed_at=one.proposed_at,
        confirmed_at=one.confirmed_at,
        merged_into=one.merged_into_id,
        said_year=one.said_year,
        said_quarter=one.said_quarter,
        first_said_at=one.first_said_at,
    )


STATES = {
    "standing": {"confirmed_at__isnull": False, "merged_into": None},
    "proposed": {"confirmed_at": None, "merged_into": None},
    "merged": {"merged_into__isnull": False},
}


@router.get("", auth=needs(Right.SEE_ISSUES, "issues:read"), response={200: Page[IssueOut]} | READ)
@decorate_view(tagged)
def list_issues(request: HttpRequest, asked: Query[IssuesAsked]) -> Page[IssueOut]:
    """Issues; `state` is standing, proposed or merged, all if it is left out."""
    rows = below(Issue.objects.all(), asked.unit, "owner")
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.state:
        rows = rows.filter(**STATES.get(asked.state, {"pk__in": ()}))
    rows = between(rows, "proposed_at", asked.since, asked.until)
    kept, about = page(counted(rows, today=timezone.localdate()), asked, "issues")
    return Page[IssueOut](items=[_out(one) for one in kept], **about)


@router.get("/{id}", auth=needs(Right.SEE_ISSUES, "issues:read"), response={200: IssueOut} | READ)
@decorate_view(tagged)
def one_issue(request: HttpRequest, id: Key) -> IssueOut:
    """One issue; one that was merged says into which."""
    found = counted(Issue.objects.filter(pk=id), today=timezone.localdate()).first()
    if found is None:
        raise Refused(404, "no_such_issue")
    return _out(found)
