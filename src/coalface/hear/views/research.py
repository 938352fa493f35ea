"""Pages of studies: bringing one in, reading it page by page, and taking back what was marked."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from coalface.edges.papers import NotReadable, Paper, read_paper
from coalface.hear import actions, queries
from coalface.hear.forms import MarkForm, StudyForm
from coalface.people.queries import position_of
from coalface.permissions import Right, needs
from coalface.policies import number
from coalface.records.models import Finding, ReportPage, ResearchReport
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken

UNREADABLE = {
    "binary": gettext_lazy("There are no words in this file that can be read."),
    "broken": gettext_lazy("This file is damaged or incomplete. Open it, save it anew, and try again."),
    "bomb": gettext_lazy("This file would unpack into more than any report holds. It was not opened."),
    "empty": gettext_lazy(
        "This file holds only pictures of words. Have its text recognised (OCR), or paste the words."
    ),
    "encrypted": gettext_lazy("This file is locked with a password. Save it without one, and try again."),
    "kind": gettext_lazy("This is neither a PDF, nor a Word document (.docx), nor plain notes."),
    "macro": gettext_lazy(
        "There is a program (macro) in this document. It was not opened: save it as .docx, and try again."
    ),
    "too_large": gettext_lazy("This file is too large."),
    "too_many_pages": gettext_lazy("This report has too many pages. Bring it in by parts."),
    "too_slow": gettext_lazy("Reading this file takes too long. Save it anew, or paste the words."),
}


@needs(Right.SEE_FEEDBACK)
def research(request: HttpRequest) -> HttpResponse:
    """Studies somebody made for us."""
    rows = queries.reports(request.rights.within(Right.SEE_FEEDBACK))
    if file := taken(request, Offer(queries.STUDIES, rows)):
        return file
    context = {"page": page_of(request, rows), "may_bring": request.rights.has(Right.SORT)}
    return render(request, "hear/research/index.html", context | {"small": request.small})


@needs(Right.SORT)
def bring_study(request: HttpRequest) -> HttpResponse:
    """A report as it was delivered, or words pasted."""
    position = position_of(request.person, timezone.localdate())
    form = StudyForm(
        request.POST or None,
        request.FILES or None,
        units=request.rights.units(Right.SORT),
        initial={"unit": position.unit_id if position else None},
    )
    if request.method == "POST" and form.is_valid() and (report := _brought(request, form)):
        return redirect("hear:study", report.pk)
    return render(request, "hear/research/bring.html", {"form": form, "small": request.small})


def _brought(request: HttpRequest, form: StudyForm) -> ResearchReport | None:
    """The report, or what is wrong with it; it is read before anything is written."""
    given = form.cleaned_data
    file, words = given.pop("file"), given.pop("words")
    name = Path(file.name).name if file else _("Pasted words")
    try:
        with _on_disk(file, words) as path:
            paper = _read(path, name if file else "")
            mark = hashlib.sha256(path.read_bytes()).hexdigest()
    except NotReadable as wrong:
        form.add_error("file" if file else "words", UNREADABLE[wrong.code])
        return None
    given["title"] = given["title"].strip() or Path(name).stem[:200]
    new = actions.NewReport(file_name=name, fingerprint=mark, pages=paper.pages, **given)
    try:
        report = actions.bring_report(given=new, by=request.person, now=timezone.now())
    except actions.AlreadyBrought as there:
        messages.warning(request, _("This report is here already."))
        return there.report
    messages.success(request, _("It is in. Read it, and mark what customers say."))
    return report


@contextmanager
def _on_disk(file: UploadedFile | None, words: str) -> Iterator[Path]:
    """The upload as a file of its own, gone afterwards: its words live in the ledger alone."""
    handle, name = tempfile.mkstemp(prefix="coalface-study-")
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as target:
            for piece in file.chunks() if file else [words.encode()]:
                target.write(piece)
        yield path
    finally:
        path.unlink()


def _read(path: Path, name: str) -> Paper:
    return read_paper(
        path,
        name=name,
        most_bytes=int(number("research_megabytes")) * 2**20,
        most_pages=int(number("research_pages")),
        seconds=int(number("research_seconds")),
    )


def _study(request: HttpRequest, pk: UUID, right: Right = Right.SEE_FEEDBACK) -> ResearchReport:
    return get_object_or_404(queries.reports(request.rights.within(right)), pk=pk)


@needs(Right.SEE_FEEDBACK)
def study(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One report: what was marked in it, and its pages."""
    report = _study(request, pk)
    findings = queries.standing_findings(report)
    if file := taken(request, Offer(queries.FINDINGS, findings)):
        return file
    context = {
        "report": report,
        "sections": report.by_sections,
        "pages": queries.pages_of(report),
        "pictures": queries.without_words(report),
        "findings": page_of(request, findings, size=20),
        "may_mark": request.rights.reach(Right.SORT, report.unit),
        "small": request.small,
    }
    return render(request, "hear/research/study.html", context)


@needs(Right.SEE_FEEDBACK)
def study_page(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """One page to read, and to mark passages on."""
    report = _study(request, pk)
    page = get_object_or_404(queries.pages_of(report), number=number)
    return page_of_study(request, report, page)


def page_of_study(
    request: HttpRequest, report: ResearchReport, page: ReportPage, form: MarkForm | None = None
) -> HttpResponse:
    """The page with its form, fresh or with what is wrong about it."""
    numbers = list(report.pages.order_by("number").values_list("number", flat=True))
    at = numbers.index(page.number)
    context = {
        "report": report,
        "sheet": page,
        "sections": report.by_sections,
        "pieces": queries.pieces(page),
        "before": numbers[at - 1] if at else None,
        "after": numbers[at + 1] if at + 1 < len(numbers) else None,
        "last": numbers[-1],
        "may_mark": request.rights.reach(Right.SORT, report.unit),
        "form": form or MarkForm(page=page),
        "small": request.small,
    }
    return render(request, "hear/research/page.html", context, status=422 if form else 200)


@needs(Right.SORT)
@require_POST
def withdraw_finding(request: HttpRequest, pk: int) -> HttpResponse:
    """It was none after all."""
    finding = get_object_or_404(Finding.objects.select_related("page__report__unit"), pk=pk)
    page = finding.page
    if not request.rights.reach(Right.SORT, page.report.unit):
        raise Http404
    try:
        actions.withdraw_finding(finding=finding, by=request.person, now=timezone.now())
        messages.success(request, _("Taken back. It counts no more."))
    except actions.AlreadyWithdrawn:
        messages.warning(request, _("It was taken back before."))
    return redirect("hear:study_page", page.report_id, page.number)


@needs(Right.SORT)
@require_POST
def forget_study(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Erase every word of a report; what was counted stays counted."""
    report = _study(request, pk, Right.SORT)
    actions.forget_report(report=report, by=request.person, now=timezone.now())
    messages.success(request, _("Its words are erased. What was counted stays counted."))
    return redirect("hear:study", pk)
