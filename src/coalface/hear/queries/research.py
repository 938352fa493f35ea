"""What the ledger says about studies: their pages, and what was marked in them."""

import re
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Count, Prefetch, Q, QuerySet

from coalface.records.models import Finding, Issue, ReportPage, ResearchReport
from coalface.records.tables import Column, Of, Table, words

STUDIES = Table(
    "studies",
    (
        Column("id"),
        Column("title"),
        Column("made_by"),
        Column("published_on", Of.DAY),
        Column("participants", Of.WHOLE),
        Column("language"),
        Column("unit", read="unit.name"),
        Column("pages", Of.WHOLE, "page_count"),
        Column("findings", Of.WHOLE, "finding_count"),
        Column("brought_at", Of.MOMENT),
    ),
)
FINDINGS = Table(
    "findings",
    (
        Column("id", Of.WHOLE),
        Column("page", Of.WHOLE, "page.number"),
        Column("text", read=words("feedback.verbatim", unit="feedback.unit", by="marked_by_id")),
        Column("kind", read="feedback.kind"),
        Column("marked_by", read="marked_by.name"),
        Column("marked_at", Of.MOMENT),
    ),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a page; `finding` is the one that was marked there, if any was."""

    start: int
    end: int
    finding: Finding | None


def reports(within: Q) -> QuerySet[ResearchReport]:
    """Studies of the units somebody may read, the latest first, with how much was marked in each."""
    marked = Count("pages__findings", filter=Q(pages__findings__withdrawn_at=None), distinct=True)
    rows = ResearchReport.objects.filter(within).select_related("unit", "brought_by")
    return rows.annotate(page_count=Count("pages", distinct=True), finding_count=marked).order_by(
        "-brought_at", "-id"
    )


def pages_of(report: ResearchReport) -> QuerySet[ReportPage]:
    """All pages in order, with their words and what stands marked on each."""
    standing = Finding.objects.filter(withdrawn_at=None).select_related(
        "feedback__verbatim", "feedback__unit", "marked_by"
    )
    rows = report.pages.select_related("verbatim").order_by("number")
    return rows.prefetch_related(Prefetch("findings", standing.order_by("start", "id"), to_attr="standing"))


def without_words(report: ResearchReport) -> list[int]:
    """The numbers of the pages that are only pictures."""
    return list(report.pages.filter(verbatim=None).order_by("number").values_list("number", flat=True))


def standing_findings(report: ResearchReport) -> QuerySet[Finding]:
    """What was marked in a study and not taken back, page by page."""
    rows = Finding.objects.filter(page__report=report, withdrawn_at=None)
    return rows.select_related("page", "feedback__verbatim", "feedback__unit", "marked_by").order_by(
        "page__number", "start", "id"
    )


def issues_to_choose() -> QuerySet[Issue]:
    """Issues a passage may be said to speak of."""
    return Issue.objects.standing().order_by("title", "pk")


def pieces(page: ReportPage) -> list[Piece]:
    """The words of a page, cut where a marked passage begins or ends."""
    if page.verbatim is None:
        return []
    length = len(page.verbatim.text)
    cuts = {0, length}
    for finding in page.standing:
        cuts |= {min(finding.start, length), min(finding.end, length)}
    return [
        Piece(start, end, next((one for one in page.standing if one.start <= start < one.end), None))
        for start, end in pairwise(sorted(cuts))
    ]


def span_of(page: ReportPage, quote: str) -> tuple[int, int] | None:
    """Where a quote stands on a page, whatever its line breaks; None where it does not."""
    words = quote.strip().strip('“”„"«»').split()
    if page.verbatim is None or not words:
        return None
    pattern = r"\s+".join(re.escape(word) for word in words)
    taken = {(one.start, one.end) for one in page.findings.filter(withdrawn_at=None)}
    found = [match.span() for match in re.finditer(pattern, page.verbatim.text)]
    return next((span for span in found if span not in taken), found[0] if found else None)
