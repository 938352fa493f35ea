"""The chain from what was heard to who was told, whole, beginning at any of its links."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from ninja import Router
from ninja.decorators import decorate_view
from pydantic import BaseModel

from coalface.act.queries import (
    Chain,
    Strand,
    chain_of_fix,
    chain_of_issue,
    chain_of_source,
    heard_of,
    raised_before,
)
from coalface.hear.views import readable_feedback
from coalface.meet.views.access import remark_for
from coalface.permissions import Right
from coalface.records.models import Adoption, Fix, Issue, Mention, Ruling, Unit, Verbatim
from coalface.shell.personal import in_brackets, may_see

from .answers import READ, Refused
from .rights import needs
from .sent import Key
from .tags import tagged

router = Router(tags=["chains"])
MAY = needs(Right.SEE_FIXES, "chains:read")
Gap = Literal["issue", "fix", "verdict", "told", ""]


class SaidOut(BaseModel):
    """What was said: the words as far as you may see them, null if they were erased or taken back.

    A token sees them if it may also read what they stand in: `remarks:read`, or `feedback:read`.
    """

    text: str | None
    language: str
    unit: str
    at: datetime


class HeardOut(BaseModel):
    """How often it was said, and by how many customers we know."""

    times: int
    customers: int
    first_at: datetime | None
    last_at: datetime | None


class StrandOut(BaseModel):
    """One issue and one fix for it. `missing` is the first gap: fix, verdict, told, or empty.

    `adoption` says of an opportunity whether it was taken up; then `judged_at` is when that was judged.
    `not_before` is the first day on which it can be judged, where that is waited for. `told_customers` and
    `told_people` heard what became of it; from one thing that was said, only who said it or brought it in.
    """

    issue: int
    issue_title: str
    fix: int | None
    fix_title: str | None
    accepted_at: datetime | None
    shipped_at: datetime | None
    declined_at: datetime | None
    decline_reason: str | None
    verdict: int | None
    ruling: Ruling | None
    adoption: Adoption | None
    judged_at: datetime | None
    not_before: date | None
    told_customers: int
    told_people: int
    missing: Gap


class ChainOut(BaseModel):
    """A chain. `sorted` is waits, nowhere or sorted; `missing` the first gap of what came furthest.

    `said` is there from one thing that was said, `heard` from an issue or a fix. `issue` and `fix` say where
    it begins: of something merged, at what it became part of.
    """

    said: SaidOut | None = None
    heard: HeardOut | None = None
    issue: int | None = None
    fix: int | None = None
    sorted: Literal["waits", "nowhere", "sorted"]
    strands: list[StrandOut]
    missing: Gap


def _out(request: HttpRequest, chain: Chain, **begins: Any) -> ChainOut:
    state = "sorted" if chain.strands else "waits" if chain.waits else "nowhere"
    strands = [_strand(request, strand) for strand in chain.strands]
    return ChainOut(sorted=state, strands=strands, missing=chain.missing, **begins)


def _strand(request: HttpRequest, one: Strand) -> StrandOut:
    fix, verdict, adoption = one.fix, one.verdict, one.adoption
    judgement = adoption or verdict
    openly = fix is not None and may_see(request, fix.unit, (fix.owner_id,))
    return StrandOut(
        issue=one.issue.pk,
        issue_title=one.issue.title,
        fix=fix and fix.pk,
        fix_title=fix and fix.title,
        accepted_at=fix and fix.accepted_at,
        shipped_at=fix and fix.shipped_at,
        declined_at=fix and fix.declined_at,
        decline_reason=_words(fix.decline_reason, openly) if fix else None,
        verdict=verdict and verdict.pk,
        ruling=verdict and Ruling(verdict.ruling),
        adoption=adoption and Adoption(adoption.ruling),
        judged_at=judgement and judgement.judged_at,
        not_before=one.not_before,
        told_customers=one.customers,
        told_people=one.people,
        missing=one.missing,
    )


def _words(words: Verbatim | None, openly: bool) -> str | None:
    return in_brackets(words, openly=openly) if words and not words.erased_at else None


def _said(
    request: HttpRequest, scope: str, words: Verbatim | None, unit: Unit, by: int | None, at: datetime
) -> dict[str, SaidOut]:
    within = request.token is None or scope in request.token.scopes
    text = _words(words, may_see(request, unit, (by,))) if within else None
    return {"said": SaidOut(text=text, language=words.language if words else "", unit=unit.key, at=at)}


def _heard(mentions: QuerySet[Mention]) -> HeardOut:
    found = heard_of(mentions)
    return HeardOut(**{name: getattr(found, name) for name in HeardOut.model_fields})


@router.get("/remarks/{id}", auth=MAY, response={200: ChainOut} | READ)
@decorate_view(tagged)
def of_remark(request: HttpRequest, id: UUID) -> ChainOut:
    """What became of a remark."""
    try:
        found = remark_for(request, id)
    except (Http404, PermissionDenied):
        raise Refused(404, "no_such_remark") from None
    where = found.encounter.unit
    words = found.verbatim or found.reading
    said = _said(request, "remarks:read", words, where, found.noted_by_id, found.noted_at)
    return _out(request, chain_of_source(found), **said)


@router.get("/feedback/{id}", auth=MAY, response={200: ChainOut} | READ)
@decorate_view(tagged)
def of_feedback(request: HttpRequest, id: UUID) -> ChainOut:
    """What became of feedback."""
    try:
        found = readable_feedback(request, id)
    except Http404:
        raise Refused(404, "no_such_feedback") from None
    words = None if found.withdrawn_at else found.verbatim
    said = _said(request, "feedback:read", words, found.unit, found.reported_by_id, found.received_at)
    return _out(request, chain_of_source(found), **said)


@router.get("/issues/{id}", auth=MAY, response={200: ChainOut} | READ)
@decorate_view(tagged)
def of_issue(request: HttpRequest, id: Key) -> ChainOut:
    """What became of everything that speaks of an issue."""
    found = Issue.objects.select_related("merged_into").filter(pk=id).first()
    if found is None:
        raise Refused(404, "no_such_issue")
    found = found.merged_into or found
    heard = _heard(Mention.objects.counted().filter(issue=found))
    return _out(request, chain_of_issue(found), issue=found.pk, heard=heard)


@router.get("/fixes/{id}", auth=MAY, response={200: ChainOut} | READ)
@decorate_view(tagged)
def of_fix(request: HttpRequest, id: Key) -> ChainOut:
    """What raised a fix, and what became of it."""
    rows = Fix.objects.select_related("unit", "issue", "merged_into__unit", "merged_into__issue")
    found = rows.filter(pk=id).first()
    if found is None:
        raise Refused(404, "no_such_fix")
    found = found.merged_into or found
    return _out(request, chain_of_fix(found), fix=found.pk, heard=_heard(raised_before(found)))
