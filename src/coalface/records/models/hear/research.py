"""Research somebody made for us: the report, its pages, and what a person marked in it."""

import uuid_utils.compat as uuid
from django.db import models


class ResearchReport(models.Model):
    """A study as it was delivered: its words are verbatims; the file is not kept: no erasing reaches it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    title = models.CharField(max_length=200)
    made_by = models.CharField(max_length=120, blank=True, help_text="the institute or team")
    published_on = models.DateField(null=True, blank=True)
    participants = models.PositiveIntegerField(null=True, blank=True)
    language = models.CharField(max_length=8, blank=True)
    unit = models.ForeignKey("records.Unit", models.PROTECT, related_name="research_reports")
    file_name = models.CharField(max_length=160)
    fingerprint = models.CharField(max_length=64)
    brought_by = models.ForeignKey("records.Person", models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()

    class Meta:
        ordering = ("-brought_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("fingerprint", "unit"), name="a_report_is_brought_once"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def by_sections(self) -> bool:
        """Whether its pages are sections: only a PDF knows which words stood on which page."""
        return not self.file_name.lower().endswith(".pdf")


class ReportPage(models.Model):
    """The words of one page; a page that is only a picture has none."""

    report = models.ForeignKey("records.ResearchReport", models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    verbatim = models.ForeignKey("records.Verbatim", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("report", "number")
        constraints = (models.UniqueConstraint(fields=("report", "number"), name="one_page_per_number"),)

    def __str__(self) -> str:
        return f"{self.report_id} page {self.number}"


class Finding(models.Model):
    """A passage a person marked: a span of the page, and the feedback that carries it on to an issue."""

    page = models.ForeignKey("records.ReportPage", models.CASCADE, related_name="findings")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    feedback = models.OneToOneField("records.Feedback", models.PROTECT, related_name="finding")
    marked_by = models.ForeignKey("records.Person", models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("page", "start", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("page", "start", "end"),
                condition=models.Q(withdrawn_at=None),
                name="a_passage_is_marked_once",
            ),
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="a_finding_has_words"),
        )

    def __str__(self) -> str:
        return f"{self.page_id}[{self.start}:{self.end}]"
