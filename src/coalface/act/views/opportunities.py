"""An opportunity: wanted by customers, built, adopted."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.act import actions, queries
from coalface.act.forms import AdoptionForm, OpportunityForm, ValidationForm
from coalface.permissions import Right, needs
from coalface.records.models import Fix, Lane, Opportunity


@needs(Right.SEE_FIXES)
def opportunity(request: HttpRequest, pk: int) -> HttpResponse:
    """Written down beforehand, how many want it, whether it was taken up."""
    return _page(request, get_object_or_404(Fix.objects.select_related("issue", "unit", "owner"), pk=pk))


def _page(request: HttpRequest, fix: Fix, **forms: object) -> HttpResponse:
    found = Opportunity.objects.filter(fix=fix).select_related("registered_by").first()
    live = fix.shipped_at is not None
    still = not (live or fix.declined_at or fix.merged_into_id)
    judges = queries.may(request.rights, Right.JUDGE, fix) and fix.owner_id != request.person.pk
    context = {
        "fix": fix,
        "opportunity": found,
        "standing": queries.standing_of(found) if found else None,
        "registers": found is None
        and fix.lane == Lane.OPPORTUNITY
        and queries.may_change(fix, request.person, request.rights),
        "validates": found is not None and still,
        "judges": found is not None and live and judges,
        "register_form": OpportunityForm(),
        "validation_form": ValidationForm(within=_within(request)),
        "adoption_form": AdoptionForm(),
        "small": request.small,
    }
    return render(request, "act/opportunity/opportunity.html", context | forms)


def _within(request: HttpRequest) -> Q:
    return request.rights.within(Right.REPORT_FEEDBACK) | Q(unit=None)


@require_POST
@needs(Right.SHIP_FIXES)
def register_opportunity(request: HttpRequest, pk: int) -> HttpResponse:
    """What has to be true."""
    fix, form = get_object_or_404(Fix, pk=pk), OpportunityForm(request.POST)
    if not queries.may_change(fix, request.person, request.rights):
        raise PermissionDenied(Right.OPEN_FIXES)
    if not form.is_valid():
        return _page(request, fix, register_form=form)
    wanted, share = form.cleaned_data["customers_wanted"], form.cleaned_data["per_cent"] / 100
    return _do(
        request, fix.pk, actions.register_opportunity, fix=fix, customers_wanted=wanted, smallest_share=share
    )


@require_POST
@needs(Right.REPORT_FEEDBACK)
def validate(request: HttpRequest, pk: int) -> HttpResponse:
    """One customer wants it, or not."""
    found = get_object_or_404(Opportunity.objects.select_related("fix"), fix=pk)
    form = ValidationForm(request.POST, within=_within(request))
    if not form.is_valid():
        return _page(request, found.fix, validation_form=form)
    return _do(request, found.fix_id, actions.validate, opportunity=found, **form.cleaned_data)


@require_POST
@needs(Right.JUDGE)
def judge_adoption(request: HttpRequest, pk: int) -> HttpResponse:
    """How many took it up."""
    found = get_object_or_404(Opportunity.objects.select_related("fix__unit"), fix=pk)
    if not queries.may(request.rights, Right.JUDGE, found.fix):
        raise PermissionDenied(Right.JUDGE)
    form = AdoptionForm(request.POST)
    if not form.is_valid():
        return _page(request, found.fix, adoption_form=form)
    return _do(request, found.fix_id, actions.judge_adoption, opportunity=found, **form.cleaned_data)


def _do(request: HttpRequest, pk: int, action: object, **what: object) -> HttpResponse:
    try:
        action(by=request.person, now=timezone.now(), **what)
    except actions.JudgesTheirOwn as refusal:
        raise PermissionDenied from refusal
    except actions.AlreadyHeard:
        messages.warning(request, _("This customer has said already whether they want it."))
    except actions.TooSoonToJudge:
        messages.warning(request, _("It went live today: judge it on a later day."))
    except (
        actions.AlreadyRegistered,
        actions.NotAnOpportunity,
        actions.NotLiveYet,
        actions.AlreadyShipped,
        actions.AlreadyDeclined,
        actions.AlreadyMerged,
    ):
        messages.warning(request, _("It stands differently by now; look again."))
    else:
        messages.success(request, _("Written down."))
    return redirect("act:opportunity", pk)
