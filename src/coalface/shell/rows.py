"""Rows that go out: a list gives them at its own address, with its filters and behind its right."""

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, BinaryIO, Final

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from coalface.records import tables
from coalface.records.tables import Each, Table
from coalface.shell.actions import take_along
from coalface.shell.columns import LABELS
from coalface.shell.personal import in_brackets, may_see

FORMS: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
Chunks = Iterator[list[tables.Row]]


@dataclass(frozen=True, slots=True)
class Offer:
    """A list of a page that can be taken along: its columns, its rows, and what the page makes of these."""

    table: Table
    rows: Iterable[Any]
    each: Each | None = None


def taken(request: HttpRequest, *offers: Offer) -> HttpResponse | None:
    """The list somebody asked for as a file; nothing, if they want the page.

    `?as=csv` (or xlsx, parquet) stands beside the filters of the page. Of several lists `rows` names one.
    """
    form, name = request.GET.get("as"), request.GET.get("rows")
    if form not in FORMS or request.method != "GET":
        return None
    offer = next((one for one in offers if name in (None, one.table.name)), None)
    if offer is None:
        raise Http404(name)
    return _sent(request, offer, form)


def _sent(request: HttpRequest, offer: Offer, form: str) -> HttpResponse:
    now, table = timezone.now(), offer.table.shown(partial(_for, request))
    rows = offer.rows if isinstance(offer.rows, QuerySet) else list(offer.rows)
    many = rows.count() if isinstance(rows, QuerySet) else len(rows)
    chunks = tables.cells(table, tables.in_chunks(rows, offer.each))
    if not isinstance(rows, QuerySet):
        chunks = iter(list(chunks))  # few, and read while the reader's language is the one spoken
    take_along(by=request.person, table=table.name, form=form, rows=many, now=now)
    name = f"{table.name}-{timezone.localdate(now).isoformat()}.{form}"
    if form == "csv":
        pieces = tables.csv_pieces(table, header(table), chunks, timezone.get_current_timezone())
        disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
        return StreamingHttpResponse(pieces, content_type=FORMS[form], headers=disposition)
    return FileResponse(
        _file(table, form, chunks), as_attachment=True, filename=name, content_type=FORMS[form]
    )


def _for(request: HttpRequest, words: tables.Words, row: Any) -> str:
    """Personal data stands in a file for whom it stands on the page."""
    verbatim = words.verbatim(row)
    if verbatim is None:
        return ""
    return in_brackets(verbatim, openly=may_see(request, words.where(row), (words.brought_by(row),)))


def _file(table: Table, form: str, chunks: Chunks) -> BinaryIO:
    """A file without a name: it is gone as soon as the answer was sent."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 – the answer closes it
    if form == "xlsx":
        names = header(table) + ([_("Time zone")] if table.has_moments else [])
        tables.write_xlsx(file, table, names, chunks, timezone.get_current_timezone())
    else:
        tables.write_parquet(file, table, chunks)
    file.seek(0)
    return file


def header(table: Table) -> list[str]:
    """The names of the columns in the reader's language; money has its currency beside it."""
    return [str(LABELS[column.key]) for column in table.columns]
