"""Whose lists are whose: who may bring in a kind sees what was brought in of it."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from coalface.importers.standing import open_to
from coalface.records.models import ImportRun


def run_for(request: HttpRequest, pk: int) -> ImportRun:
    """The run, if the reader may bring in such lists."""
    run = get_object_or_404(ImportRun.objects.select_related("by", "undone_by"), pk=pk)
    if run.kind not in {kind.key for kind in open_to(request.rights)}:
        raise Http404(pk)
    return run
