"""What somebody answers about a fix: yes, no, not yet, it is live."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.act import actions
from coalface.act.forms import DeclineForm, NotYetForm, ReturnForm
from coalface.act.queries import fix_with_all, may, may_decide, to_decide
from coalface.permissions import Right, needs
from coalface.records.models import Decided, Fix, Verbatim

from .refusing import done


@require_POST
@needs(Right.SHIP_FIXES)
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a fix on."""
    done(request, pk, actions.accept_fix, _("It is yours. Next: how will it be judged?"))
    return redirect("act:fix", pk=pk)


@require_POST
@needs(Right.SHIP_FIXES)
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Not me, and why."""
    form = ReturnForm(request.POST)
    if form.is_valid():
        done(request, pk, actions.return_fix, _("Given back, with your reason."), **form.cleaned_data)
        return redirect("act:fix", pk=pk)
    return again(request, get_object_or_404(Fix, pk=pk), form, "return", _("A no needs its reason."))


@require_POST
@needs(Right.SHIP_FIXES)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask nobody any more."""
    done(request, pk, actions.take_back, _("Taken back: nobody is asked any more."))
    return redirect("act:fix", pk=pk)


@require_POST
@needs(Right.SHIP_FIXES)
def ship(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it is live; without a plan to judge it by, make one first."""
    return shipped(request, pk) or redirect("act:fix", pk=pk)


def shipped(request: HttpRequest, pk: int) -> HttpResponse | None:
    """Ship it; leads to the yardstick if there is none."""
    try:
        done(request, pk, actions.ship, _("Shipped. From now on it is counted whether it helped."))
    except actions.NoEvaluationPlan:
        messages.warning(request, _("First write down how it will be judged; then ship it."))
        registers = may(request.rights, Right.REGISTER_EVALUATIONS, get_object_or_404(Fix, pk=pk))
        return redirect("verify:register" if registers else "act:fix", pk=pk)
    return None


@require_POST
@needs(Right.SHIP_FIXES)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Do it, not yet, or no."""
    answer = request.POST.get("answer")
    if answer == Decided.DO_IT:
        done(request, pk, actions.decide, _("Decided: it is done."), answer=Decided.DO_IT)
    elif answer == Decided.NOT_YET:
        form = NotYetForm(request.POST, today=timezone.localdate())
        if form.is_valid():
            words = _("Decided: not yet. You are asked again.")
            done(request, pk, actions.decide, words, answer=Decided.NOT_YET, **form.cleaned_data)
        else:
            words = _("Not yet needs its reason and a day to come.")
            return again(request, get_object_or_404(Fix, pk=pk), form, Decided.NOT_YET, words)
    elif answer == Decided.NO:
        return _say_no(request, pk, actions.decide, answer=Decided.NO)
    return redirect("act:fix", pk=pk)


@require_POST
@needs(Right.SHIP_FIXES)
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Say no, with a reason."""
    return _say_no(request, pk, actions.decline_fix)


def _say_no(request: HttpRequest, pk: int, action: object, **what: str) -> HttpResponse:
    form = DeclineForm(request.POST)
    if not form.is_valid():
        fix = get_object_or_404(Fix, pk=pk)
        return again(request, fix, form, what.get("answer", ""), _("A no needs its reason."))
    words = _("Declined. The reason stays readable.")
    done(request, pk, action, words, reason=form.cleaned_data["reason"], **what)
    return redirect("act:fix", pk=pk)


def again(
    request: HttpRequest, fix: Fix, form: object, answer: str, words: str, back: str = ""
) -> HttpResponse:
    """What was written stands there still, with what is missing."""
    messages.warning(request, words)
    context = {"fix": fix, "form": form, "answer": answer, "back": back, "small": request.small}
    return render(request, "act/change/again.html", context, status=422)


@require_POST
@needs(Right.SHIP_FIXES)
def as_customers_read_it(request: HttpRequest, pk: int) -> HttpResponse:
    """A no as customers will read it, before it is said."""
    fix, form = get_object_or_404(fix_with_all(pk)), DeclineForm(request.POST)
    decision, mine = to_decide(fix), fix.owner_id == request.person.pk
    decides = decision is not None and may_decide(decision, request.person, timezone.now())
    if not (mine or decides):
        raise PermissionDenied
    if not form.is_valid():
        messages.warning(request, _("A no needs its reason."))
        return redirect("act:fix", pk=pk)
    context = {
        "fix": fix,
        "form": form,
        "reason": Verbatim(text=form.cleaned_data["reason"], language=request.person.language),
        "decides": not mine,
        "small": request.small,
    }
    return render(request, "act/as_customers_read_it.html", context)
