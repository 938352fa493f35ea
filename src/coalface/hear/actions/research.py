"""A study somebody made for us: its pages, the passages a person marks in them, and taking either back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import uuid_utils.compat as uuid
from django.db import IntegrityError, transaction

from coalface.records.history import note
from coalface.records.models import (
    Feedback,
    Finding,
    Person,
    ReportPage,
    ResearchReport,
    Unit,
    Verbatim,
)

from .taking_in import RESEARCH, NewFeedback, take_in

NOON = time(12, tzinfo=UTC)


class AlreadyBrought(Exception):
    """The unit has this very file; `report` is it."""

    def __init__(self, report: ResearchReport) -> None:
        super().__init__(report)
        self.report = report


class AlreadyMarked(Exception):
    """Somebody marked this passage before."""


class AlreadyWithdrawn(Exception):
    """The finding was taken back before."""


@dataclass(frozen=True, slots=True)
class NewReport:
    """A study as it was read: what is known about it, and the words of its pages."""

    title: str
    file_name: str
    fingerprint: str
    unit: Unit
    pages: Sequence[str]
    made_by: str = ""
    published_on: date | None = None
    participants: int | None = None
    language: str = ""


@transaction.atomic
def bring_report(*, given: NewReport, by: Person, now: datetime) -> ResearchReport:
    """Keep the words of a study; the same file twice in one unit is one report."""
    same = ResearchReport.objects.filter(fingerprint=given.fingerprint, unit=given.unit)
    if there := same.first():
        raise AlreadyBrought(there)
    try:
        report = _written(given=given, by=by, now=now)
    except IntegrityError as quicker:
        raise AlreadyBrought(same.get()) from quicker
    words = Verbatim.objects.bulk_create(
        Verbatim(text=text, language=given.language) for text in given.pages if text
    )
    said = iter(words)
    ReportPage.objects.bulk_create(
        ReportPage(report=report, number=number, verbatim=next(said) if text else None)
        for number, text in enumerate(given.pages, 1)
    )
    note("research.brought", about=report, by=by, at=now, pages=len(given.pages))
    return report


@transaction.atomic
def _written(*, given: NewReport, by: Person, now: datetime) -> ResearchReport:
    return ResearchReport.objects.create(
        title=given.title,
        made_by=given.made_by,
        published_on=given.published_on,
        participants=given.participants,
        language=given.language,
        unit=given.unit,
        file_name=given.file_name[-160:],
        fingerprint=given.fingerprint,
        brought_by=by,
        brought_at=now,
    )


@transaction.atomic
def mark(*, page: ReportPage, start: int, end: int, kind: str, by: Person, now: datetime) -> Finding:
    """Make a passage feedback of its own: it is sorted and counted like all else customers say.

    It counts on the day the study appeared, where that is known. Nobody is said to have passed it on:
    reading a report is not meeting a customer.
    """
    if Finding.objects.filter(page=page, start=start, end=end, withdrawn_at=None).exists():
        raise AlreadyMarked(page)
    report, key = page.report, str(uuid.uuid7())
    said_on = report.published_on
    row = NewFeedback(
        source=RESEARCH,
        source_id=key,
        channel=RESEARCH,
        kind=kind,
        received_at=min(datetime.combine(said_on, NOON), now) if said_on else now,
        unit=report.unit,
        text=page.verbatim.text[start:end],
        language=report.language,
    )
    take_in(rows=[row], by=by, now=now)
    feedback = Feedback.objects.get(source=RESEARCH, source_id=key)
    try:
        with transaction.atomic():
            finding = Finding.objects.create(
                page=page, start=start, end=end, feedback=feedback, marked_by=by, marked_at=now
            )
    except IntegrityError as quicker:
        raise AlreadyMarked(page) from quicker
    note("finding.marked", about=finding, by=by, at=now, feedback=str(feedback.pk))
    return finding


@transaction.atomic
def withdraw_finding(*, finding: Finding, by: Person, now: datetime) -> Finding:
    """It was no finding after all: it counts no more, and the passage can be marked anew."""
    locked = Finding.objects.select_for_update().select_related("feedback").get(pk=finding.pk)
    if locked.withdrawn_at:
        raise AlreadyWithdrawn(finding)
    locked.withdrawn_at = locked.feedback.withdrawn_at = now
    locked.save(update_fields=["withdrawn_at"])
    locked.feedback.save(update_fields=["withdrawn_at"])
    note("feedback.withdrawn", about=locked.feedback, by=by, at=now, finding=locked.pk)
    return locked


@transaction.atomic
def forget_report(*, report: ResearchReport, by: Person, now: datetime) -> ResearchReport:
    """Erase every word of a study, on its pages and in what was marked; what was counted stays counted."""
    pages = Verbatim.objects.filter(pk__in=report.pages.values("verbatim"))
    marked = Verbatim.objects.filter(feedback__finding__page__report=report)
    for words in (pages, marked):
        Verbatim.objects.filter(pk__in=list(words.values_list("pk", flat=True)), erased_at=None).update(
            text="", erased_at=now
        )
    note("research.forgotten", about=report, by=by, at=now)
    return report
