"""Notices of incognito visits."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from coalface.people.queries import units_within
from coalface.permissions import Right, needs
from coalface.plan import actions, queries
from coalface.plan.forms import (
    NoticeForm,
)
from coalface.policies import number
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken


@needs(Right.PLAN)
def notices(request: HttpRequest) -> HttpResponse:
    """What was announced about incognito visits, and from when on they may happen."""
    now = timezone.now()
    today = timezone.localdate(now)
    units = units_within(request.rights, Right.PLAN)
    form = NoticeForm(request.POST or None, units=units, today=today, initial={"published_on": today})
    if request.method == "POST" and form.is_valid():
        actions.file_notice(by=request.person, now=now, **form.cleaned_data)
        messages.success(request, _("The notice is on file."))
        return redirect("plan:notices")
    days = int(number("incognito_notice_days"))
    filed = queries.notices(request.rights.within(Right.PLAN))
    if file := taken(request, Offer(queries.NOTICES, filed)):
        return file
    page = page_of(request, filed)
    context = {
        "form": form,
        "page": page,
        "lines": [(one, one.published_on + timedelta(days=days)) for one in page],
        "days": days,
        "today": today,
        "small": request.small,
    }
    return render(request, "plan/notices.html", context, status=422 if form.errors else 200)


@needs(Right.PLAN)
def notice_text(request: HttpRequest) -> HttpResponse:
    """A proposal for the notice, to print or to copy."""
    days = int(number("incognito_notice_days"))
    return render(request, "plan/notice_text.html", {"days": days, "small": request.small})
