"""The one page of the customer's way, with whatever is being changed on it."""

import json
from dataclasses import dataclass
from typing import Any, Final

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from coalface.permissions import Right
from coalface.records.models import Cohort
from coalface.shell.links import Forged, signed, unsigned
from coalface.shell.rows import Offer, taken
from coalface.understand import queries

PURPOSE: Final = "coalface.understand.journey"


@dataclass(frozen=True, slots=True)
class Panel:
    """A form that is open on the page: which, for what, and where it is sent."""

    kind: str
    form: Form
    to: str
    about: Any = None
    may_remove: bool = False


def drawn(request: HttpRequest, panel: Panel | None = None) -> HttpResponse:
    """The way as it is; with a form that was not filled in well, with what was written in it."""
    cohort = queries.cohort_by(request.GET.get("cohort"))
    way = queries.journey(cohort=cohort)
    if file := taken(request, Offer(queries.WAY, way.stops), Offer(queries.LINKS, way.steps)):
        return file
    may_edit = request.rights.has(Right.CONFIRM_ISSUES)
    context = {
        "way": way,
        "judged": next((stop.judgement for stop in way.stops if stop.judgement), None),
        "cohorts": list(Cohort.objects.all()[:60]) if cohort else [],
        "may_edit": may_edit,
        "editing": may_edit and (panel is not None or "edit" in request.GET),
        "panel": panel,
        "removed": _removed(request) if may_edit else None,
        "small": request.small,
    }
    status = 422 if panel and panel.form.errors else 200
    return render(request, "understand/journey.html", context, status=status)


def back(place: str = "", removed: dict[str, Any] | None = None) -> HttpResponseRedirect:
    """To the page in which one goes on changing; what was removed can be taken back there."""
    undo = f"&removed={signed(json.dumps(removed), PURPOSE)}" if removed else ""
    return HttpResponseRedirect(f"{reverse('understand:journey')}?edit=1{undo}{place}")


def _removed(request: HttpRequest) -> dict[str, Any] | None:
    """What was just removed, and the token by which it comes back."""
    token = request.GET.get("removed", "")
    try:
        return {"token": token, **removed_by(token)}
    except Forged:
        return None


def removed_by(token: str) -> dict[str, Any]:
    """What a token of ours holds."""
    held: dict[str, Any] = json.loads(unsigned(token, PURPOSE))
    return held
