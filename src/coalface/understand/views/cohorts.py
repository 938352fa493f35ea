"""Cohorts: how many came through, typed or pasted, corrected, taken away and taken back."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.permissions import Right, needs
from coalface.records.models import Cohort, Person, Touchpoint
from coalface.understand import actions, queries
from coalface.understand.forms import CohortForm

from .drawing import Panel, back, drawn


def panel_of_cohort(which: str, form: CohortForm | None = None) -> Panel:
    """The form for a new cohort, or to correct one."""
    cohort = get_object_or_404(Cohort, pk=which) if which.isdecimal() else None
    stops = queries.counted_at()
    first = CohortForm.of(cohort, stops) if cohort else {}
    return Panel(
        "cohort",
        form or CohortForm(stops=stops, initial=first),
        reverse("understand:count", args=[cohort.pk if cohort else "new"]),
        cohort,
    )


@needs(Right.CONFIRM_ISSUES)
@require_POST
def count(request: HttpRequest, which: str) -> HttpResponse:
    """Write down how many of a cohort came through, or correct it."""
    form = CohortForm(request.POST, stops=queries.counted_at())
    panel = panel_of_cohort(which, form)
    if not form.is_valid():
        return drawn(request, panel)
    given = {name: form.cleaned_data[name] for name in ("name", "from_on", "until_on", "source")}
    given |= {"counts": form.counts(), "by": request.person, "now": timezone.now()}
    try:
        if panel.about:
            cohort = actions.correct_cohort(cohort=panel.about, **given)
        else:
            cohort = actions.count_cohort(**given)
    except actions.DoesNotFit as wrong:
        form.does_not_fit(wrong.touchpoint)
        return drawn(request, panel)
    messages.success(request, _("Counted."))
    return back(f"&cohort={cohort.pk}#links")


@needs(Right.CONFIRM_ISSUES)
@require_POST
def remove_cohort(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a cohort away; it can be taken back."""
    cohort = get_object_or_404(Cohort, pk=pk)
    row = {
        "name": cohort.name,
        "source": cohort.source,
        "from_on": cohort.from_on.isoformat(),
        "until_on": cohort.until_on.isoformat(),
        "counts": [
            [one.touchpoint_id, one.reached, one.excused, one.still_open] for one in cohort.counts.all()
        ],
    }
    actions.remove_cohort(cohort=cohort, by=request.person, now=timezone.now())
    return back(removed={"kind": "cohort", "name": cohort.name, "row": row}, place="#links")


def restore_cohort(*, row: dict[str, Any], by: Person, now: datetime) -> None:
    """A cohort as it was before it was taken away."""
    stops = {stop.pk: stop for stop in Touchpoint.objects.all()}
    if not all(pk in stops for pk, *_ in row["counts"]):
        raise Touchpoint.DoesNotExist
    actions.count_cohort(
        name=row["name"],
        source=row["source"],
        from_on=date.fromisoformat(row["from_on"]),
        until_on=date.fromisoformat(row["until_on"]),
        counts=[queries.Reached(stops[pk], *numbers) for pk, *numbers in row["counts"]],
        by=by,
        now=now,
    )
