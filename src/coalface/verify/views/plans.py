"""Writing down before a fix ships how it will be judged."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.act.actions import AlreadyDeclined, AlreadyShipped
from coalface.act.queries import may
from coalface.permissions import Right, needs
from coalface.policies import number
from coalface.records.models import Fix
from coalface.verify import actions, queries
from coalface.verify.forms import PlanForm


@needs(Right.REGISTER_EVALUATIONS)
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down how a fix will be judged, before it ships."""
    fix = _to_register(request, pk)
    now = timezone.now()
    guess = queries.suggest(fix, timezone.localdate(now))
    form = PlanForm(
        request.POST or None,
        measures=queries.measures(),
        judges=queries.judges(fix, timezone.localdate(now)),
        initial=_first_guess(fix, guess),
    )
    if form.is_valid() and _registered(request, fix, form, now):
        return redirect("act:fix", pk=pk)
    context = {
        "fix": fix,
        "form": form,
        "guess": guess,
        "chart": queries.look_back(fix, guess),
        "measured": bool(queries.measures()),
        "someone_else": form.fields["judge"].queryset.exists(),
        "small": request.small,
    }
    return render(request, "verify/register.html", context)


def _first_guess(fix: Fix, guess: queries.Suggestion) -> dict[str, object]:
    return {
        "baseline_from": guess.baseline_from,
        "baseline_until": guess.baseline_until,
        "spike_from": guess.spike_from,
        "spike_until": guess.spike_until,
        "smallest_effect": number("smallest_effect"),
    }


def _to_register(request: HttpRequest, pk: int) -> Fix:
    fix = get_object_or_404(queries.fix_to_judge(pk))
    if not may(request.rights, Right.REGISTER_EVALUATIONS, fix):
        raise PermissionDenied(Right.REGISTER_EVALUATIONS)
    return fix


def _registered(request: HttpRequest, fix: Fix, form: PlanForm, now: datetime) -> bool:
    try:
        actions.register_plan(fix=fix, by=request.person, now=now, **form.cleaned_data)
    except actions.BaselineNotOver:
        form.add_error("baseline_until", _("This time has to be over: today at the latest."))
    except actions.NothingLeft:
        form.add_error("spike_until", _("The spike covers everything; choose a longer time to compare with."))
    except (AlreadyShipped, AlreadyDeclined):
        messages.warning(request, _("It has shipped or was declined; how it is judged stays as it is."))
        return True
    else:
        messages.success(request, _("Registered. Now it can ship."))
    return not form.errors


@require_POST
@needs(Right.REGISTER_EVALUATIONS)
def register_customers(request: HttpRequest, pk: int) -> HttpResponse:
    """Let those who raised it judge."""
    try:
        actions.ask_customers_instead(fix=_to_register(request, pk), by=request.person, now=timezone.now())
    except (AlreadyShipped, AlreadyDeclined):
        messages.warning(request, _("It has shipped or was declined; how it is judged stays as it is."))
    else:
        messages.success(request, _("Registered: those who raised it will be asked. Now it can ship."))
    return redirect("act:fix", pk=pk)
