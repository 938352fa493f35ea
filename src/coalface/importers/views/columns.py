"""Which column means what, beside five real rows; the same file read otherwise shows at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from coalface.importers import actions, queries
from coalface.importers.files import FileGone, how_of, path_of
from coalface.importers.forms import ColumnsForm
from coalface.importers.kinds import KINDS
from coalface.importers.mapping import Mapping
from coalface.importers.reading import CannotRead, noticed, sheets_of
from coalface.permissions import Right, needs
from coalface.records.models import ImportRun

from .access import run_for

# So small a file is tried out while the page loads; a larger one by the worker, as the page shows.
AT_ONCE_BYTES = 300_000


@needs(Right.IMPORT)
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """What was recognised, and a choice for each column."""
    run = run_for(request, pk)
    if run.approved_at or run.ended_at:
        return redirect("importers:run", pk)
    if request.method == "POST" and "look" in request.POST:
        return _read_otherwise(request, run)
    try:
        form = _form(request, run)
    except FileGone:
        messages.warning(request, _("This file is gone. Choose it once more."))
        return redirect("importers:index")
    if request.method == "POST" and form.is_valid() and _chosen(request, run, form):
        return redirect("importers:run", pk)
    known_as = run.mapping.get("source", "")
    context = {
        "run": run,
        "kind": KINDS[run.kind],
        "form": form,
        "known_as": "" if known_as == "file" else known_as,
        "remembered": queries.remembered(run),
        "noticed": noticed(path_of(run), how_of(run), name=run.file_name),
        "small": request.small,
    }
    return render(request, "importers/columns.html", context)


def _form(request: HttpRequest, run: ImportRun) -> ColumnsForm:
    kind = KINDS[run.kind]
    return ColumnsForm(
        request.POST or None,
        kind=kind,
        sample=queries.five_rows(run),
        mapping=Mapping.of(run.mapping),
        how=how_of(run),
        sheets=sheets_of(path_of(run), how_of(run), name=run.file_name),
        units=request.rights.units(kind.right),
    )


def _read_otherwise(request: HttpRequest, run: ImportRun) -> HttpResponse:
    try:
        reading = _form(request, run).reading()
        actions.read_otherwise(run=run, reading=reading, by=request.person, now=timezone.now())
    except FileGone:
        messages.warning(request, _("This file is gone. Choose it once more."))
        return redirect("importers:index")
    except CannotRead as wrong:
        messages.error(request, str(wrong) or _("Read so, the file makes no sense. It stays as it was."))
    return redirect("importers:columns", run.pk)


def _chosen(request: HttpRequest, run: ImportRun, form: ColumnsForm) -> bool:
    """Write down what was chosen; a small file is tried out at once."""
    now = timezone.now()
    try:
        chosen = actions.choose(
            run=run,
            mapping=form.meaning(),
            reading=form.reading(),
            remember=form.cleaned_data["remember"],
            by=request.person,
            now=now,
        )
    except actions.NothingRecognised as wrong:
        labels = "”, “".join(str(KINDS[run.kind].named(name).label) for name in wrong.missing)
        form.add_error(None, _("No column is “%(names)s” yet. It must be there.") % {"names": labels})
        return False
    except CannotRead as wrong:
        form.add_error(None, str(wrong))
        return False
    if path_of(chosen).stat().st_size <= AT_ONCE_BYTES:
        actions.try_out(run=chosen, now=now)
    return True
