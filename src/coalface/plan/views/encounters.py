"""Planning an encounter without a draw."""

from datetime import timedelta

import uuid_utils.compat as uuid
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from coalface.permissions import Right, needs
from coalface.plan import actions
from coalface.plan.forms import (
    PlanForm,
)
from coalface.records.models import GROUPS, ChosenBy, Format, Slot

from .reach import reach


@needs(Right.PLAN)
def encounter(request: HttpRequest) -> HttpResponse:
    """Plan an encounter without drawing a customer: a group, a walk, a town hall."""
    now = timezone.now()
    first = {
        "id": uuid.uuid7(),
        "person": request.GET.get("person") or request.person.pk,
        "starts_at": timezone.localtime(now).replace(hour=14, minute=0) + timedelta(days=7),
    }
    form = PlanForm(
        request.POST or None, **reach(request, now), now=now, initial=first | _where_a_slot_is(request)
    )
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        announced = not wanted.pop("unannounced")
        # Guests of a group are drawn or invited; otherwise customers come of their own accord.
        chosen_by = ChosenBy.PLANNER if wanted["format"].kind in GROUPS else ChosenBy.CUSTOMER
        planned = actions.plan_once(
            customers=[],
            chosen_by=chosen_by,
            announced=announced,
            by=request.person,
            now=now,
            **wanted,
        )
        messages.success(request, _("It is in the calendar."))
        return redirect("meet:encounter", planned.pk)
    context = {"form": form, "formats": Format.objects.exists(), "small": request.small}
    return render(request, "plan/encounter.html", context, status=422 if form.errors else 200)


def _where_a_slot_is(request: HttpRequest) -> dict[str, object]:
    """How, where and when, if the page is asked for with a slot."""
    wanted = request.GET.get("slot", "")[:18]
    there = Slot.objects.open().filter(request.rights.within(Right.PLAN))
    slot = there.filter(pk=int(wanted)).first() if wanted.isdecimal() else None
    if slot is None:
        return {}
    return {"format": slot.format_id, "unit": slot.unit_id, "starts_at": timezone.localtime(slot.starts_at)}
