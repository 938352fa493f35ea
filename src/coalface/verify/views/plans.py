"""Writing down before a fix ships how it will be judged."""

from datetime import date, datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.act.actions import AlreadyDeclined, AlreadyMerged, AlreadyShipped
from coalface.act.queries import may
from coalface.permissions import Right, needs
from coalface.policies import number
from coalface.records.models import Fix
from coalface.verify import actions, queries
from coalface.verify.forms import PlanForm

STANDS = (AlreadyShipped, AlreadyDeclined, AlreadyMerged)


@needs(Right.REGISTER_EVALUATIONS)
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down how a fix will be judged, before it ships; "look" says first when it could be decided."""
    fix = _to_register(request, pk)
    now = timezone.now()
    today = queries.day_of(now, queries.zone_of(fix))
    guess = queries.suggest(fix, today)
    form = _form(request, fix, guess, today)
    valid = form.is_valid()
    if valid and "look" not in request.POST and _registered(request, fix, form, now):
        return redirect("act:fix", pk=pk)
    context = {
        "fix": fix,
        "form": form,
        "guess": guess,
        "foreseen": _foreseen(fix, form, guess, today),
        "chart": queries.look_back(fix, guess),
        "measured": bool(queries.measures()),
        "someone_else": form.fields["judge"].queryset.exists(),
        "small": request.small,
    }
    return render(request, "verify/register.html", context)


def _form(request: HttpRequest, fix: Fix, guess: queries.Suggestion, today: date) -> PlanForm:
    measures = queries.measures()
    window = queries.Window(guess.baseline_from, guess.baseline_until, guess.spike_from, guess.spike_until)
    return PlanForm(
        request.POST or None,
        measures=measures,
        judges=queries.judges(fix, today),
        today=today,
        issues=queries.issues_alike(fix, window),
        units=queries.units_alike(fix, (measures or ["contacts"])[0], window),
        initial=_first_guess(guess),
    )


def _first_guess(guess: queries.Suggestion) -> dict[str, object]:
    return {
        "baseline_from": guess.baseline_from,
        "baseline_until": guess.baseline_until,
        "spike_from": guess.spike_from,
        "spike_until": guess.spike_until,
        "smallest_effect": number("smallest_effect"),
    }


def _foreseen(fix: Fix, form: PlanForm, guess: queries.Suggestion, today: date) -> queries.Foreseen | None:
    """What the form comes to as it stands; who judges does not matter for that."""
    if fix.shipped_at or fix.declined_at or fix.merged_into_id:
        return None
    if not form.is_bound:
        chosen = {"measure": form.fields["measure"].choices[0][0], "lag_days": 0, **_first_guess(guess)}
    elif set(form.errors) <= {"judge"}:
        chosen = form.cleaned_data
    else:
        return None
    window = queries.Window(*(chosen.get(name) for name in queries.ENDS))
    return queries.foresee(
        fix=fix,
        today=today,
        measure=chosen["measure"],
        window=window,
        effect=chosen["smallest_effect"],
        lag_days=chosen["lag_days"],
        issues=chosen.get("control_issues", ()),
        units=chosen.get("control_units", ()),
    )


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
    except actions.NoControl:
        form.add_error(None, _("Compare with something that the fix does not touch."))
    except STANDS:
        messages.warning(
            request, _("It has shipped, ended or become part of another; how it is judged stays as it is.")
        )
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
    except STANDS:
        messages.warning(
            request, _("It has shipped, ended or become part of another; how it is judged stays as it is.")
        )
    else:
        messages.success(request, _("Registered: those who raised it will be asked. Now it can ship."))
    return redirect("act:fix", pk=pk)
