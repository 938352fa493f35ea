"""The chain from what was heard to who was told, beginning at any of its links."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from coalface.act import queries
from coalface.hear.views import readable_feedback
from coalface.meet.queries import fates
from coalface.meet.views.access import may_see, remark_for
from coalface.permissions import Right, needs
from coalface.records.models import Fix, Issue, Mention
from coalface.understand.views.issues import lines_of, readable


@needs(Right.MEET_CUSTOMERS)
def chain_of_remark(request: HttpRequest, pk: UUID) -> HttpResponse:
    """From one thing that was said at an encounter, for those who may read it."""
    remark = remark_for(request, pk)
    context = {
        "remark": remark,
        "fate": fates([remark], timezone.now())[remark.pk],
        "may_see_encounter": may_see(request, remark.encounter),
    }
    return _page(request, queries.chain_of_source(remark), context)


@needs(Right.REPORT_FEEDBACK)
def chain_of_feedback(request: HttpRequest, pk: UUID) -> HttpResponse:
    """From what reached us, for those who may read it."""
    found = readable_feedback(request, pk)
    leads = request.rights.reach(Right.SEE_FEEDBACK, found.unit)
    return _page(request, queries.chain_of_source(found), {"feedback": found, "leads": leads})


@needs(Right.SEE_ISSUES)
def chain_of_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """From an issue; from one that was merged, the one it is part of."""
    issue = get_object_or_404(Issue, pk=pk)
    if issue.merged_into_id:
        return redirect("act:chain_of_issue", issue.merged_into_id)
    mentions = Mention.objects.counted().filter(issue=issue)
    merged = list(issue.merged.order_by("title", "id"))
    context = {"issue": issue, "merged": merged} | _heard(request, mentions)
    return _page(request, queries.chain_of_issue(issue), context)


@needs(Right.SEE_FIXES)
def chain_of_fix(request: HttpRequest, pk: int) -> HttpResponse:
    """From a fix, back to what raised it and on to who was told."""
    fix = get_object_or_404(Fix.objects.select_related("issue", "unit"), pk=pk)
    if fix.merged_into_id:
        return redirect("act:chain_of_fix", fix.merged_into_id)
    merged = list(fix.merged.order_by("title", "id"))
    context = {"fix": fix, "merged": merged} | _heard(request, queries.raised_before(fix))
    return _page(request, queries.chain_of_fix(fix), context)


def _heard(request: HttpRequest, mentions: QuerySet[Mention]) -> dict[str, object]:
    lines = lines_of(request, queries.heard_before(mentions, readable(request)))
    return {"heard": queries.heard_of(mentions), "lines": lines}


def _page(request: HttpRequest, chain: queries.Chain, context: dict[str, object]) -> HttpResponse:
    return render(request, "act/chain/chain.html", context | {"chain": chain, "small": request.small})
