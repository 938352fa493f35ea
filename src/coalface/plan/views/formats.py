"""Ways of meeting."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from coalface.permissions import Right, needs
from coalface.plan import actions
from coalface.plan.forms import (
    ChangeFormatForm,
    FormatForm,
    ready_formats,
)
from coalface.plan.queries import used_so_far
from coalface.records.models import Format

CHANGEABLE = ("name", "minutes", "seats", "guide", "remote", "may_be_unannounced")


@needs(Right.PLAN)
def add_format(request: HttpRequest) -> HttpResponse:
    """Describe a way of meeting customers."""
    form = FormatForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_format(by=request.person, now=timezone.now(), **form.cleaned_data)
        except actions.KeyTaken:
            form.add_error("key", _("Another format has this short name."))
        else:
            messages.success(request, _("%(name)s can be planned now.") % {"name": added.name})
            return redirect("plan:index")
    return render(request, "plan/add_format.html", {"form": form, "small": request.small})


@needs(Right.PLAN)
def change_format(request: HttpRequest, pk: int) -> HttpResponse:
    """Describe a way of meeting anew; what was planned with it stays as it is."""
    format = get_object_or_404(Format, pk=pk)
    now = {name: getattr(format, name) for name in CHANGEABLE}
    form = ChangeFormatForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        actions.change_format(format=format, by=request.person, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Changed. What is planned already stays as it is."))
        return redirect(f"{reverse('plan:index')}#formats")
    context = {"form": form, "format": format, "used": used_so_far(format), "small": request.small}
    return render(request, "plan/change_format.html", context, status=422 if form.errors else 200)


@needs(Right.PLAN)
@require_POST
def take_ready_formats(request: HttpRequest) -> HttpResponse:
    """Start from the catalogue; what is there already stays as it is."""
    taken = actions.add_formats(rows=ready_formats(), by=request.person, now=timezone.now())
    added = ngettext("%(n)s format was added.", "%(n)s formats were added.", len(taken))
    messages.success(request, added % {"n": len(taken)} if taken else _("They are all there already."))
    return redirect(f"{reverse('plan:index')}#formats")
