"""A list on its way: what would become of it, how far it is, what came of it, and taking it back."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coalface.importers import actions, queries, standing
from coalface.importers.kinds import KINDS
from coalface.importers.reading import CannotRead
from coalface.permissions import Right, needs
from coalface.records.models import ImportRun

from .access import run_for

# So few rows are in before the page is back; more are taken in by the worker.
AT_ONCE: Final = 1_000
FIRST_REFUSED, FIRST_CHANGES = 5, 5
CHANGES_SHOWN_BELOW: Final = 20_000


@needs(Right.IMPORT)
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One page for the whole way: it shows what is next."""
    one = run_for(request, pk)
    state = standing.state_of(one)
    if state == standing.COLUMNS:
        return redirect("importers:columns", pk)
    context = {"run": one, "kind": KINDS[one.kind], "state": state, "small": request.small}
    if state == standing.TRIED:
        return render(request, "importers/trial.html", context | _trial(one))
    if state in standing.MOVING:
        context["done"] = one.taken_in + one.changed + one.already_there + one.refused
        return render(request, "importers/progress.html", context)
    return render(request, "importers/finished.html", context | _finished(request, one))


def _trial(one: ImportRun) -> dict[str, object]:
    now, there = timezone.now(), queries.file_is_there(one)
    shown = there and one.changed and one.rows <= CHANGES_SHOWN_BELOW
    return {
        "coming": standing.will_come_in(one),
        "left_out": standing.left_out(one),
        "reasons": queries.reasons(one),
        "refused": queries.refused(one, now=now, most=FIRST_REFUSED) if one.refused else [],
        "changes": queries.changes(one, now=now, most=FIRST_CHANGES) if shown else [],
        "there": there,
    }


def _finished(request: HttpRequest, one: ImportRun) -> dict[str, object]:
    sees = request.rights.has(Right.SEE_CUSTOMERS)
    return {
        "first": standing.first_customer(one) if one.kind == "customers" and sees else None,
        "left_out": standing.left_out(one),
        "kept": queries.kept(one) if one.undone_at else [],
        "there": queries.file_is_there(one),
        "may_undo": one.approved_at and not one.undo_began_at and (one.taken_in or one.changed),
    }


@needs(Right.IMPORT)
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the rows in; a short list is in at once."""
    one, now = run_for(request, pk), timezone.now()
    if standing.state_of(one) != standing.TRIED:
        return redirect("importers:run", pk)
    one = actions.approve(run=one, by=request.person, now=now)
    if one.rows <= AT_ONCE:
        try:
            actions.carry_on(run=one, now=now)
        except CannotRead:
            messages.warning(request, _("It is being taken in already."))
    return redirect("importers:run", pk)


@needs(Right.IMPORT)
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop it for good; what is in stays until it is undone."""
    one = actions.cancel(run=run_for(request, pk), by=request.person, now=timezone.now())
    if one.approved_at:
        return redirect("importers:run", pk)
    messages.success(request, _("Put away. Nothing of it was taken in."))
    return redirect("importers:index")


@needs(Right.IMPORT)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take everything back; of a long list the worker does that."""
    one = run_for(request, pk)
    short = one.rows <= AT_ONCE
    try:
        actions.undo(run=one, by=request.person, now=timezone.now(), stop=lambda: not short)
    except actions.NothingToUndo:
        messages.warning(request, _("There is nothing to take back."))
    return redirect("importers:run", pk)
