"""One reading of one file, resumable and counted."""

from django.db import models


class ImportRun(models.Model):
    """Where a reading stands; `line` is the last line safely taken in."""

    kind = models.SlugField()
    source = models.CharField(max_length=40)
    file_name = models.CharField(max_length=160)
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the file and its map")
    line = models.PositiveIntegerField(default=0)
    taken_in = models.PositiveIntegerField(default=0)
    already_there = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-started_at", "-id")

    def __str__(self) -> str:
        return f"{self.file_name} ({self.started_at:%Y-%m-%d})"


class RefusedRow(models.Model):
    """A line that was not taken in, and why; never its words."""

    run = models.ForeignKey("records.ImportRun", models.CASCADE, related_name="refused_rows")
    line = models.PositiveIntegerField()
    column = models.CharField(max_length=120)
    reason = models.SlugField()

    class Meta:
        ordering = ("run", "line", "id")
        constraints = (models.UniqueConstraint(fields=("run", "line"), name="a_line_is_refused_once"),)

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"
