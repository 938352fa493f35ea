"""Promising a rhythm, and letting somebody off."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from coalface.people.queries import everywhere, people_within
from coalface.permissions import Right, needs
from coalface.plan import actions, queries
from coalface.plan.forms import (
    CommitmentForm,
    ExemptionForm,
)
from coalface.plan.queries import jobs_held, remote_formats
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken


@needs(Right.PLAN)
def promises(request: HttpRequest) -> HttpResponse:
    """What everybody promised, how it was kept, and how many are let off until when."""
    today = timezone.localdate()
    people = people_within(request.rights, Right.PLAN, today)
    found = queries.promises(today, people, levels=everywhere(request.rights, Right.PLAN))
    if file := taken(request, Offer(queries.PROMISES, found, lambda rows: queries.with_keeping(rows, today))):
        return file
    page = page_of(request, found)
    context = {
        "page": page,
        "lines": queries.with_keeping(list(page), today),
        "exempt_ends": queries.exempt_until(today, people),
        "today": today,
        "small": request.small,
    }
    return render(request, "plan/promises/index.html", context)


@needs(Right.PLAN)
def commit(request: HttpRequest) -> HttpResponse:
    """Promise how often somebody meets customers."""
    now = timezone.now()
    today = timezone.localdate(now)
    form = CommitmentForm(
        request.POST or None,
        people=people_within(request.rights, Right.PLAN, today),
        today=today,
        levels=not request.small and everywhere(request.rights, Right.PLAN),
        jobs=jobs_held(today),
        initial={"person": request.GET.get("person")},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        rhythm = {name: given[name] for name in ("every_days", "starts_on", "formats")}
        if person := given["person"]:
            actions.commit_person(person=person, by=request.person, now=now, **rhythm)
        elif job := given.get("job"):
            actions.commit_job(job=job, by=request.person, now=now, **rhythm)
        else:
            actions.commit_level(level=given["level"], by=request.person, now=now, **rhythm)
        messages.success(request, _("Promised."))
        return redirect("plan:index")
    return render(request, "plan/commit.html", {"form": form, "small": request.small})


@needs(Right.PLAN)
def exempt(request: HttpRequest) -> HttpResponse:
    """Let somebody off until a day."""
    now = timezone.now()
    today = timezone.localdate(now)
    people = people_within(request.rights, Right.PLAN, today)
    remote = remote_formats()
    form = ExemptionForm(request.POST or None, people=people, today=today, remote=remote)
    if request.method == "POST" and form.is_valid():
        try:
            actions.exempt(by=request.person, now=now, **form.cleaned_data)
        except actions.RemoteNotOffered:
            form.add_error("remote_offered_on", _("Offer it first: this day has not come yet."))
        except actions.EndsBeforeItStarts:
            form.add_error("until_on", _("This has to be after the first day."))
        else:
            messages.success(request, _("They owe no encounter until then."))
            return redirect("plan:index")
    context = {"form": form, "remote": remote, "small": request.small}
    return render(request, "plan/exempt.html", context)
