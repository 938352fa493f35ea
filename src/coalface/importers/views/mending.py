"""The rows that cannot be used: why, what they say, and the proposals that mend them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from coalface.importers import actions, queries
from coalface.importers.files import FileGone
from coalface.importers.kinds import KINDS
from coalface.importers.mapping import Mapping
from coalface.permissions import Right, needs
from coalface.records.tables import text_pieces

from .access import run_for

ON_A_PAGE = 50


@needs(Right.IMPORT)
def refused(request: HttpRequest, pk: int) -> HttpResponse:
    """All of them, fifty at a time, from a line on: the file is read from there and no further."""
    run = run_for(request, pk)
    after, reason = _line(request), request.GET.get("reason", "")
    rows = queries.refused(run, now=timezone.now(), after=after, most=ON_A_PAGE + 1, reason=reason)
    context = {
        "run": run,
        "kind": KINDS[run.kind],
        "rows": rows[:ON_A_PAGE],
        "next": rows[ON_A_PAGE - 1].row.line if len(rows) > ON_A_PAGE else None,
        "after": after,
        "reason": reason,
        "reasons": queries.reasons(run),
        "there": queries.file_is_there(run),
        "open": run.approved_at is None and run.ended_at is None,
        "small": request.small,
    }
    return render(request, "importers/refused.html", context)


def _line(request: HttpRequest) -> int:
    given = request.GET.get("after", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


@needs(Right.IMPORT)
@require_POST
def mend(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the proposal for one line, for all with the same mistake, or for all."""
    run = run_for(request, pk)
    line, code = request.POST.get("line", ""), request.POST.get("code", "")
    taken = "back" not in request.POST
    lines = [int(line)] if line.isascii() and line.isdigit() and len(line) < 10 else "all"
    try:
        count = actions.mend(
            run=run, lines=lines, code=code[:50], taken=taken, by=request.person, now=timezone.now()
        )
    except actions.Began:
        messages.warning(request, _("This list is in already."))
        return redirect("importers:run", pk)
    if taken:
        said = ngettext("%(n)s row is mended.", "%(n)s rows are mended.", count) % {"n": count}
        messages.success(request, said)
    return redirect("importers:refused" if "list" in request.POST else "importers:run", pk)


@needs(Right.IMPORT)
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """What the list would make different, from a line on."""
    run, after = run_for(request, pk), _line(request)
    try:
        rows = queries.changes(run, now=timezone.now(), after=after, most=ON_A_PAGE + 1)
    except FileGone:
        return redirect("importers:run", pk)
    context = {
        "run": run,
        "kind": KINDS[run.kind],
        "changes": rows[:ON_A_PAGE],
        "next": rows[ON_A_PAGE - 1].line if len(rows) > ON_A_PAGE else None,
        "after": after,
        "keeps": not Mapping.of(run.mapping).changes,
    }
    return render(request, "importers/changes.html", context | {"small": request.small})


@needs(Right.IMPORT)
def refused_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that stay outside as a list of their own, to be corrected and brought in again."""
    run = run_for(request, pk)
    if not queries.file_is_there(run):
        messages.warning(request, _("The file is gone, and the words of its rows with it."))
        return redirect("importers:run", pk)
    pieces = text_pieces(queries.refused_rows(run))
    answer = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="refused-{run.pk}.csv"'
    return answer
