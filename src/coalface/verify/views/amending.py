"""Changing a yardstick after the fix has shipped."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from coalface.act.queries import may
from coalface.permissions import Right, needs
from coalface.records.models import Basis, EvaluationPlan, Fix
from coalface.verify import actions, queries
from coalface.verify.forms import AmendForm


@needs(Right.REGISTER_EVALUATIONS)
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is registered, with a reason; what it was stays readable."""
    fix = get_object_or_404(queries.fix_to_judge(pk).filter(evaluation_plan__basis=Basis.COUNTS))
    if not may(request.rights, Right.REGISTER_EVALUATIONS, fix):
        raise PermissionDenied(Right.REGISTER_EVALUATIONS)
    if fix.shipped_at is None:
        return redirect("verify:register", pk=pk)
    form = _form(request, fix)
    if form.is_valid() and _amended(request, fix, form, timezone.now()):
        return redirect("verify:verdict", pk=pk)
    context = {"fix": fix, "form": form, "small": request.small}
    return render(request, "verify/amend.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, fix: Fix) -> AmendForm:
    plan: EvaluationPlan = fix.evaluation_plan
    window = queries.Window(*(getattr(plan, name) for name in queries.ENDS))
    issues, units = queries.chosen_controls(plan, window)
    names = (*queries.ENDS, "measure", "lag_days", "smallest_effect")
    initial = {name: getattr(plan, name) for name in names} | {
        "control_issues": [one.pk for one in issues],
        "control_units": [one.pk for one in units],
    }
    return AmendForm(
        request.POST or None, measures=queries.measures(), issues=issues, units=units, initial=initial
    )


def _amended(request: HttpRequest, fix: Fix, form: AmendForm, now: datetime) -> bool:
    try:
        actions.amend_plan(fix=fix, by=request.person, now=now, **form.cleaned_data)
    except actions.BaselineNotOver:
        form.add_error("baseline_until", _("This time has to be over by the day it shipped."))
    except actions.NothingLeft:
        form.add_error("spike_until", _("The spike covers everything; choose a longer time to compare with."))
    except actions.NoControl:
        form.add_error(None, _("Compare with something that the fix does not touch."))
    except actions.NothingAmended:
        form.add_error(None, _("Everything is as it was; nothing was changed."))
    else:
        messages.success(request, _("Amended. What it was before stays readable, with your reason."))
    return not form.errors
