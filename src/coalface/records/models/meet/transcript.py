"""What was said, from a file: speakers and passages, of which a person makes remarks."""

from django.db import models

from .remark import Kind, Speaker


class TranscriptSource(models.TextChoices):
    VTT = "vtt"
    SRT = "srt"
    TEXT = "text"
    JSON = "json"


class Transcript(models.Model):
    """One file; the same file again is taken once."""

    encounter = models.ForeignKey("records.Encounter", models.CASCADE, related_name="transcripts")
    source = models.CharField(max_length=8, choices=TranscriptSource)
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey("records.Person", models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    mended = models.JSONField(default=dict, help_text="what was wrong with the file, by kind: how often")

    class Meta:
        ordering = ("encounter", "id")
        constraints = (
            models.UniqueConstraint(fields=("encounter", "sha256"), name="a_transcript_is_taken_once"),
        )

    def __str__(self) -> str:
        return self.name


class TranscriptSpeaker(models.Model):
    """A voice in the file: a customer, one of us, or – empty – nobody whose words count."""

    transcript = models.ForeignKey("records.Transcript", models.CASCADE, related_name="speakers")
    label = models.CharField(max_length=120, blank=True)
    said_by = models.CharField(max_length=16, choices=Speaker, blank=True)
    customer = models.ForeignKey("records.Customer", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("transcript", "id")
        constraints = (models.UniqueConstraint(fields=("transcript", "label"), name="one_row_per_voice"),)

    def __str__(self) -> str:
        return self.label


class Passage(models.Model):
    """A few sentences of one speaker; its verbatim becomes the remark's, never a copy."""

    transcript = models.ForeignKey("records.Transcript", models.CASCADE, related_name="passages")
    order = models.PositiveIntegerField()
    speaker = models.ForeignKey("records.TranscriptSpeaker", models.CASCADE, related_name="passages")
    starts = models.FloatField(null=True, blank=True, help_text="seconds from the beginning")
    verbatim = models.ForeignKey("records.Verbatim", models.PROTECT, related_name="passages")
    proposed_kind = models.CharField(max_length=16, choices=Kind, blank=True)
    score = models.FloatField(default=0, help_text="how much it sounds like something to note, 0 – 1")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")
    remark = models.OneToOneField(
        "records.Remark",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="passage",
        help_text="empty once settled: nothing to note",
    )

    class Meta:
        ordering = ("transcript", "order")
        constraints = (models.UniqueConstraint(fields=("transcript", "order"), name="one_passage_per_place"),)

    def __str__(self) -> str:
        return f"{self.transcript_id}#{self.order}"

    @property
    def clock(self) -> str:
        """When it was said, from the beginning; empty where the file does not know."""
        if self.starts is None:
            return ""
        minutes, seconds = divmod(int(self.starts), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
