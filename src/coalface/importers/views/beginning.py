"""The first page: what it is, paste it or choose a file; and what was brought in before."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from coalface.importers import actions, queries
from coalface.importers.forms import BeginForm
from coalface.importers.kinds import KINDS
from coalface.importers.reading import CannotRead, pasted
from coalface.importers.recognising import Field
from coalface.importers.standing import open_to, state_of
from coalface.permissions import Right, needs
from coalface.records.models import ImportRun
from coalface.records.tables import text_pieces
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken

# The most wanted first; an organisation of a few people sees the first three at first sight.
ORDER: Final = (
    "customers", "people", "feedback", "purchases", "figures", "exposures", "referrals", "departures",
)  # fmt: skip
AT_FIRST_SIGHT: Final = 3


@needs(Right.IMPORT)
def index(request: HttpRequest) -> HttpResponse:
    """Paste a list or choose a file; the columns come next."""
    mine = {kind.key: kind for kind in open_to(request.rights)}
    keys = [key for key in ORDER if key in mine]
    if not keys:
        raise PermissionDenied(Right.IMPORT)
    if file := taken(request, Offer(queries.RUNS, queries.runs(kinds=keys))):
        return file
    wanted = request.GET.get("kind", "")
    form = BeginForm(
        request.POST or None,
        request.FILES or None,
        kinds=[(key, mine[key].label) for key in keys],
        initial={"kind": wanted if wanted in mine else keys[0]},
    )
    if request.method == "POST" and form.is_valid() and (run := _begun(request, form)):
        return redirect("importers:columns", run.pk)
    rows = page_of(request, queries.runs(kinds=keys), size=10)
    context = {
        "form": form,
        "kinds": [mine[key] for key in keys],
        "at_first": AT_FIRST_SIGHT if request.small else len(keys),
        "page": rows,
        "rows": [(run, mine[run.kind], state_of(run)) for run in rows],
        "small": request.small,
    }
    return render(request, "importers/index.html", context)


def _begun(request: HttpRequest, form: BeginForm) -> ImportRun | None:
    given, kind = form.cleaned_data, KINDS[form.cleaned_data["kind"]]
    file, field = given["file"], "file" if given["file"] else "words"
    try:
        return actions.begin(
            kind=kind.key,
            file=file or BytesIO(pasted(given["words"])),
            name=Path(file.name).name if file else _("Pasted list"),
            by=request.person,
            now=timezone.now(),
        )
    except CannotRead as wrong:
        form.add_error(field, str(wrong))
        return None


@needs(Right.IMPORT)
def sample(request: HttpRequest, kind: str) -> HttpResponse:
    """A small list of this kind to fill in, with the columns by their names here."""
    if kind not in {one.key for one in open_to(request.rights)}:
        raise Http404(kind)
    fields = KINDS[kind].fields
    rows = [[str(field.label) for field in fields]]
    rows += [[_example(field, number, KINDS[kind].choices) for field in fields] for number in (1, 2)]
    answer = HttpResponse(b"".join(text_pieces(rows)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slugify(KINDS[kind].label)}.csv"'
    return answer


def _example(field: Field, number: int, choices: Any) -> str:
    """What could stand there, for the eyes; nothing where only the organisation knows."""
    today = timezone.localdate()
    examples = {
        "key": f"{1000 + number}",
        "email": ("anna@home.example", "ben@home.example")[number - 1],
        "phone": f"+41 44 555 01 0{number}",
        "day": (today - timedelta(days=400 * number)).isoformat(),
        "moment": f"{(today - timedelta(days=4 * number)).isoformat()} 09:3{number}",
        "number": str(number),
        "money": ("120.00", "80.50")[number - 1],
        "yes_no": (_("yes"), _("no"))[number - 1],
        "customer": f"{1000 + number}",
    }
    if field.of == "text" and field.name == "name":
        return (_("Anna Miller"), _("Ben Smith"))[number - 1]
    if field.name == "measure":
        return _("contacts")
    if field.name == "period":
        return f"{today:%G}-W0{number}"
    if field.of == "choice" and choices.get(field.name):
        return next(iter(choices[field.name]))
    return examples.get(field.of, "")
