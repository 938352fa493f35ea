"""How much was done, by which counts are divided."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from coalface.people.queries import units_within
from coalface.permissions import Right, needs
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken
from coalface.verify import actions, queries
from coalface.verify.forms import ExposureForm


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
        "may_import": may_record and request.rights.has(Right.IMPORT),
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
