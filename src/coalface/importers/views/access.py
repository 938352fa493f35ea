"""Whose lists are whose: who may bring in a kind sees what was brought in of it."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from coalface.importers.kinds import KINDS
from coalface.importers.rows import Kind
from coalface.people.queries import everywhere
from coalface.permissions import Rights
from coalface.records.models import ImportRun, Unit


def run_for(request: HttpRequest, pk: int) -> ImportRun:
    """The run, if the reader may bring in such lists where it belongs."""
    run = get_object_or_404(ImportRun.objects.select_related("by", "unit", "undone_by"), pk=pk)
    kind = KINDS.get(run.kind)
    if kind is None or not request.rights.has(kind.right):
        raise Http404(pk)
    if run.unit and not request.rights.reach(kind.right, run.unit):
        raise Http404(pk)
    return run


def unit_of(rights: Rights, kind: Kind) -> Unit | None:
    """Where somebody's lists belong: nowhere in particular for those whose right has no bounds."""
    if everywhere(rights, kind.right):
        return None
    return Unit.objects.filter(rights.units(kind.right)).order_by("path").first()
