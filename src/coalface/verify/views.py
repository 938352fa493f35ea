"""Pages of whether fixes worked, and the one on which a customer says so."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.act.actions import AlreadyDeclined, AlreadyShipped
from coalface.act.queries import may
from coalface.people.queries import units_within
from coalface.permissions import ANYONE, Right, needs
from coalface.policies import number
from coalface.records.models import Basis, CustomerAnswer, Fix
from coalface.shell.charts.rows import WEEKS
from coalface.shell.languages import CHOSEN_IN, spoken
from coalface.shell.links import Gone
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken
from coalface.verify import actions, queries
from coalface.verify.forms import ExposureForm, PlanForm
from coalface.verify.queries.verdicts import fixes_to_judge, ratio_of


@needs(Right.SEE_VERDICTS)
def index(request: HttpRequest) -> HttpResponse:
    """Every fix with what is known about whether it worked."""
    if file := taken(request, Offer(queries.VERDICTS, fixes_to_judge(), queries.lines)):
        return file
    page = page_of(request, fixes_to_judge())
    lines = queries.lines(list(page))
    context = {
        "page": page,
        "lines": lines,
        "bars": queries.against_before(lines),
        "small": request.small,
    }
    return render(request, "verify/index.html", context)


@needs(Right.SEE_VERDICTS)
def verdict(request: HttpRequest, pk: int) -> HttpResponse:
    """One fix: the sentence, the weeks, both ways of looking, and what is missing."""
    fix = get_object_or_404(queries.fix_to_judge(pk))
    plan = getattr(fix, "evaluation_plan", None)
    newest, *older = [*fix.verdicts.all()] or [None]
    counted = next((one for one in fix.verdicts.all() if one.basis == Basis.COUNTS), None)
    today = timezone.localdate()
    chart = queries.weekly(fix, plan, counted, today)
    verdicts = Offer(queries.VERDICTS_OF_A_FIX, fix.verdicts.all())
    if file := taken(request, Offer(WEEKS, chart.weeks if chart else ()), verdicts):
        return file
    context = {
        "fix": fix,
        "plan": plan,
        "verdict": newest,
        "counted": counted,
        "bars": queries.against_before([queries.Line(fix, counted, ratio_of(counted), "judged", None)]),
        "older": older,
        "chart": chart,
        "answers": queries.answers_to(fix),
        "shipped_on": queries.shipped_on(fix),
        "decidable_on": plan and queries.decidable_on(fix),
        "may_judge": _may_judge(request, fix),
        "may_ask": fix.shipped_at is not None and may(request.rights, Right.JUDGE, fix),
        "today": today,
        "small": request.small,
    }
    return render(request, "verify/verdict.html", context)


def _may_judge(request: HttpRequest, fix: Fix) -> bool:
    on = queries.shipped_on(fix)
    over = on is not None and on < timezone.localdate()
    return over and fix.owner != request.person and may(request.rights, Right.JUDGE, fix)


@needs(Right.SEE_VERDICTS)
def exposures(request: HttpRequest) -> HttpResponse:
    """How much was done, by which counts are divided; who registers yardsticks can record it."""
    may_record, now = request.rights.has(Right.REGISTER_EVALUATIONS), timezone.now()
    if request.method == "POST" and not may_record:
        raise PermissionDenied(Right.REGISTER_EVALUATIONS)
    units = units_within(request.rights, Right.REGISTER_EVALUATIONS)
    form = ExposureForm(request.POST or None, units=units, today=timezone.localdate(now))
    if form.is_valid() and _recorded(request, form, now):
        return redirect("verify:exposures")
    if file := taken(request, Offer(queries.EXPOSURES, queries.recorded_exposures())):
        return file
    context = {
        "page": page_of(request, queries.recorded_exposures()),
        "form": form,
        "measures": queries.measures(),
        "may_record": may_record,
        "small": request.small,
    }
    return render(request, "verify/exposures.html", context, status=422 if form.errors else 200)


def _recorded(request: HttpRequest, form: ExposureForm, now: datetime) -> bool:
    row = actions.NewExposure(**form.cleaned_data)
    try:
        actions.record_exposures(rows=[row], by=request.person, now=now)
    except actions.OverlappingExposure:
        message = _("Some of these days are recorded already, here, above or below; they would count twice.")
        form.add_error("from_on", message)
    else:
        messages.success(request, _("Recorded."))
    return not form.errors


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


@needs(ANYONE)
def better(request: HttpRequest, token: str) -> HttpResponse:
    """A customer says whether it is better now; the link is all they need."""
    now = timezone.now()
    try:
        question = queries.answer_of(token, now)
    except Gone as gone:
        return render(request, "verify/better_gone.html", {"expired": gone.expired}, status=gone.status)
    state = "answered" if question.answered_at else "asked"
    if request.method == "POST" and request.POST.get("better") in {"yes", "no"}:
        state = _taken(question, request.POST["better"] == "yes", now)
        if state == "answered":
            return redirect("verify:better", token=token)
    context = {
        "question": question,
        "fix": question.fix,
        "state": state,
        "settled": queries.settled(question),
        "token": token,
    }
    with spoken(request.GET.get(CHOSEN_IN) or question.customer.language):
        return render(request, "verify/better.html", context)


def _taken(question: CustomerAnswer, is_better: bool, now: datetime) -> str:
    try:
        actions.answer(customer_answer=question, better=is_better, now=now)
    except actions.TooEarly:
        return "too_early"
    except actions.AlreadyDecided:
        return "decided"
    return "answered"
