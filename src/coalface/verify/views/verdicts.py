"""Fixes with their verdicts, and one fix: did it work?"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.act.queries import may
from coalface.permissions import Right, needs
from coalface.records.models import Basis, Fix
from coalface.shell.charts.rows import WEEKS
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken
from coalface.verify import actions, queries
from coalface.verify.forms import FilterForm
from coalface.verify.queries.verdicts import fixes_to_judge


@needs(Right.SEE_VERDICTS)
def index(request: HttpRequest) -> HttpResponse:
    """Every fix with what is known about whether it worked; filters stand in the address."""
    form = FilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = fixes_to_judge(chosen.get("show", ""), chosen.get("unit"))
    if file := taken(request, Offer(queries.VERDICTS, found, queries.lines)):
        return file
    page = page_of(request, found)
    lines = queries.lines(list(page))
    context = {
        "form": form,
        "filtered": bool(chosen.get("show") or chosen.get("unit")),
        "page": page,
        "lines": lines,
        "bars": queries.against_before(lines),
        "small": request.small,
    }
    return render(request, "verify/index.html", context)


@needs(Right.SEE_VERDICTS)
def verdict(request: HttpRequest, pk: int) -> HttpResponse:
    """One fix: the sentence, the weeks, every way of looking, what is to be said with it, what is missing."""
    fix = get_object_or_404(queries.fix_to_judge(pk))
    plan = getattr(fix, "evaluation_plan", None)
    newest, *older = [*fix.verdicts.all()] or [None]
    counted = next((one for one in fix.verdicts.all() if one.basis == Basis.COUNTS), None)
    today = queries.day_of(timezone.now(), queries.zone_of(fix))
    chart = queries.weekly(fix, plan, counted, today)
    verdicts = Offer(queries.VERDICTS_OF_A_FIX, fix.verdicts.all())
    if file := taken(request, Offer(WEEKS, chart.weeks if chart else ()), verdicts):
        return file
    before, live_on = queries.before_of(plan, counted), queries.shipped_on(fix)
    context = {
        "fix": fix,
        "plan": plan,
        "verdict": newest,
        "counted": counted,
        "before": before,
        "bars": queries.bars_of(counted, before),
        "said": queries.warnings_of(counted),
        "older": older,
        "chart": chart,
        "answers": queries.answers_to(fix),
        "shipped_on": live_on,
        "decidable_on": plan and queries.decidable_on(fix),
        "amendments": queries.amendments_of(plan),
        "controls": queries.controls_named(plan),
        "judged_by_others": queries.asked_instead(fix, today),
        "again": Fix.objects.filter(follows=fix).first(),
        "today": today,
        "small": request.small,
    } | _allowed(request, fix, over=live_on is not None and live_on < today)
    return render(request, "verify/verdict.html", context)


def _allowed(request: HttpRequest, fix: Fix, *, over: bool) -> dict[str, bool]:
    """What may be done with it; judged it is once the day it shipped is `over`, by somebody else."""
    live = fix.shipped_at is not None
    judges = live and may(request.rights, Right.JUDGE, fix)
    return {
        "may_judge": judges and over and fix.owner != request.person,
        "may_ask": judges,
        "may_reopen": judges and bool(fix.verdicts.all()),
        "may_amend": live and may(request.rights, Right.REGISTER_EVALUATIONS, fix),
    }


@require_POST
@needs(Right.JUDGE)
def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Weigh the counts now."""
    fix = _reached(request, pk)
    try:
        actions.judge(fix=fix, by=request.person, now=timezone.now())
    except actions.NotByItsOwner as refusal:
        raise PermissionDenied from refusal
    except (actions.NotShipped, actions.TooEarly):
        messages.warning(request, _("It can be judged from the day after it shipped."))
    except actions.NotByCounts:
        messages.warning(request, _("This one is judged by the customers who raised it."))
    return redirect("verify:verdict", pk=pk)


@require_POST
@needs(Right.JUDGE)
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Write to those who raised it: is it better now?"""
    fix = _reached(request, pk)
    try:
        asked = actions.ask_those_who_raised_it(fix=fix, by=request.person, now=timezone.now())
    except actions.NotShipped:
        messages.warning(request, _("Customers are asked once it has shipped."))
    except actions.TooEarly:
        messages.warning(request, _("Customers are asked from the day after it shipped."))
    else:
        words = translation.ngettext(
            "%(n)d customer is asked; %(not)d cannot be.",
            "%(n)d customers are asked; %(not)d cannot be.",
            asked.asked,
        )
        messages.success(request, words % {"n": asked.asked, "not": sum(asked.not_asked.values())})
    return redirect("verify:verdict", pk=pk)


def _reached(request: HttpRequest, pk: int) -> Fix:
    fix = get_object_or_404(Fix.objects.select_related("unit"), pk=pk)
    if not may(request.rights, Right.JUDGE, fix):
        raise PermissionDenied(Right.JUDGE)
    return fix
