"""Five whys on an issue, written, changed and removed in place."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.act import actions
from coalface.act.forms import WhyForm
from coalface.permissions import Right, needs
from coalface.records.models import Issue, Why
from coalface.understand.queries import reasons_of_merged


@needs(Right.PROPOSE_ISSUES)
def whys(request: HttpRequest, pk: int) -> HttpResponse:
    """The steps so far, and the next."""
    issue = get_object_or_404(Issue.objects.prefetch_related(reasons_of_merged()), pk=pk)
    if issue.merged_into_id:
        return redirect("act:whys", issue.merged_into_id)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        actions.write_why(issue=issue, by=request.person, now=timezone.now(), **form.cleaned_data)
        return redirect("act:whys", pk)
    steps = [
        (why, WhyForm(initial={"text": why.text}, auto_id=f"why-{why.pk}-%s"))
        for why in issue.whys.select_related("written_by").order_by("place")
    ]
    context = {"issue": issue, "steps": steps, "form": form, "small": request.small}
    return render(request, "act/whys/whys.html", context)


@require_POST
@needs(Right.PROPOSE_ISSUES)
def change_why(request: HttpRequest, pk: int) -> HttpResponse:
    """Say a step better, or take it out."""
    why, now = get_object_or_404(Why, pk=pk), timezone.now()
    form = WhyForm(request.POST)
    try:
        if "remove" in request.POST:
            actions.remove_why(why=why, by=request.person, now=now)
        elif form.is_valid():
            actions.change_why(why=why, by=request.person, now=now, **form.cleaned_data)
        else:
            messages.warning(request, _("A reason says something. To take it out, press Remove."))
    except actions.PartOfAnother:
        messages.warning(request, _("It stands differently by now; look again."))
    return redirect("act:whys", why.issue_id)
