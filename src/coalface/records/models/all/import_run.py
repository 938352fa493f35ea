"""One reading of one file: tried first, resumable, counted, and undone as one."""

from django.db import models


class ImportRun(models.Model):
    """Where a reading stands; `line` is the last line safely taken in.

    A run begins as a trial: rows are checked and counted, nothing is taken in until `approved_at` is set.
    """

    kind = models.SlugField()
    source = models.CharField(max_length=40)
    file_name = models.CharField(max_length=160)
    stored_as = models.CharField(
        max_length=80, blank=True, help_text="the upload below COALFACE_HOME/imports; empty once it is gone"
    )
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the file and its map")
    reading = models.JSONField(default=dict, help_text="form, encoding, delimiter, sheet of the file")
    mapping = models.JSONField(default=dict, help_text="which column means what, by the names of columns")
    unit = models.ForeignKey("records.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="imports")
    started_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True, blank=True, help_text="every row was checked")
    approved_at = models.DateTimeField(null=True, blank=True, help_text="its rows may be taken in")
    rows = models.PositiveIntegerField(default=0, help_text="how many the trial found")
    line = models.PositiveIntegerField(default=0)
    taken_in = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    already_there = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=40, blank=True, help_text="a code: why it stopped for good")
    undo_began_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-started_at", "-id")

    def __str__(self) -> str:
        return f"{self.file_name} ({self.started_at:%Y-%m-%d})"


class RefusedRow(models.Model):
    """A line that was not taken in, and why; never its words: a page reads them from the file."""

    run = models.ForeignKey("records.ImportRun", models.CASCADE, related_name="refused_rows")
    line = models.PositiveIntegerField()
    column = models.CharField(max_length=120)
    reason = models.SlugField()
    mending = models.SlugField(blank=True, help_text="a code: how the row could be mended")
    mended = models.BooleanField(default=False, help_text="a person took the proposal")

    class Meta:
        ordering = ("run", "line", "id")
        constraints = (models.UniqueConstraint(fields=("run", "line"), name="a_line_is_refused_once"),)

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


class ImportedRow(models.Model):
    """A record that a reading made or changed, so that it can be undone; `before` goes with an erasure."""

    run = models.ForeignKey("records.ImportRun", models.CASCADE, related_name="imported_rows")
    about_type = models.CharField(max_length=40)
    about_id = models.CharField(max_length=40)
    before = models.JSONField(null=True, blank=True, help_text="fields as they were; empty when it was made")
    undone_at = models.DateTimeField(null=True, blank=True)
    kept = models.SlugField(blank=True, help_text="a code: why undoing left it as it is")

    class Meta:
        ordering = ("run", "id")
        indexes = (models.Index(fields=("about_type", "about_id")),)
        constraints = (
            models.UniqueConstraint(
                fields=("run", "about_type", "about_id"), name="a_record_is_imported_once_a_run"
            ),
        )

    def __str__(self) -> str:
        return f"{self.about_type} {self.about_id}"
