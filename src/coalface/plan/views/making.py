"""Asking for a plan, publishing it, planning anew, putting it aside: each says first what follows."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coalface.people.queries import units_within
from coalface.permissions import Right, needs
from coalface.plan import actions
from coalface.plan.forms import AgainForm, QuarterForm

from .due import CHANCE
from .plans import about, plan_for


@needs(Right.PLAN)
def want_plan(request: HttpRequest) -> HttpResponse:
    """Ask for a plan of the next quarter, or of other weeks."""
    now = timezone.now()
    form = QuarterForm(
        request.POST or None,
        units=units_within(request.rights, Right.PLAN),
        today=timezone.localdate(now),
        initial={"seed": CHANCE.randrange(2**31)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            wanted = actions.want_plan(by=request.person, now=now, **form.cleaned_data)
        except actions.EndsBeforeItStarts:
            form.add_error("until_on", _("This has to be after the first day."))
        except actions.InThePast:
            form.add_error("until_on", _("These weeks have passed."))
        except actions.TooLong:
            form.add_error("until_on", _("A plan is made for a year and a month at most."))
        else:
            return redirect("plan:plan", wanted.pk)
    return render(
        request,
        "plan/plans/want.html",
        {"form": form, "small": request.small},
        status=422 if form.errors else 200,
    )


@needs(Right.PLAN)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell everybody; before that, say how many will be told and asked."""
    plan = plan_for(request, pk)
    if request.method != "POST":
        return render(request, "plan/plans/publish.html", about(request, plan))
    try:
        done = actions.publish(plan=plan, by=request.person, now=timezone.now())
    except (actions.Discarded, actions.NotMadeYet):
        messages.error(request, _("There is nothing to publish: it was discarded or is not made yet."))
    else:
        _say_what_became(request, done)
    return redirect("plan:plan", plan.pk)


def _say_what_became(request: HttpRequest, done: actions.Published) -> None:
    words = ngettext(
        "Published: %(n)s match is arranged.", "Published: %(n)s matches are arranged.", done.arranged
    )
    messages.success(request, words % {"n": done.arranged})
    if done.waiting:
        more = ngettext("%(n)s more follows by itself.", "%(n)s more follow by themselves.", done.waiting)
        messages.info(request, more % {"n": done.waiting})
    if dropped := len(done.dropped):
        lost = ngettext(
            "%(n)s match was left out: something came in between since it was planned.",
            "%(n)s matches were left out: something came in between since they were planned.",
            dropped,
        )
        messages.warning(request, lost % {"n": dropped})


@needs(Right.PLAN)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft aside."""
    plan = plan_for(request, pk)
    if request.method != "POST":
        return render(request, "plan/plans/discard.html", about(request, plan))
    try:
        actions.discard(plan=plan, by=request.person, now=timezone.now())
    except actions.AlreadyPublished:
        messages.error(request, _("It is published: plan its weeks again instead."))
        return redirect("plan:plan", plan.pk)
    messages.success(request, _("The draft was discarded."))
    return redirect("plan:plans")


@needs(Right.PLAN)
def plan_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan the same weeks once more; what is locked stays."""
    plan = plan_for(request, pk)
    form = AgainForm(request.POST or None, initial={"seed": CHANCE.randrange(2**31)})
    if request.method != "POST" or not form.is_valid():
        return render(request, "plan/plans/again.html", about(request, plan) | {"form": form})
    more = {"seed": form.cleaned_data["seed"], "by": request.person, "now": timezone.now()}
    try:
        wanted = actions.plan_anew(plan=plan, **more)
    except actions.InThePast:
        messages.error(request, _("These weeks have passed."))
        return redirect("plan:plan", plan.pk)
    return redirect("plan:plan", wanted.pk)
