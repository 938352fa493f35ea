"""What the columns of a source mean, kept so that the second file needs no questions."""

from django.db import models


class SavedMapping(models.Model):
    """Chosen by a person for files with these columns; the newest of a kind and header wins."""

    kind = models.SlugField()
    source = models.CharField(max_length=40)
    header = models.CharField(max_length=64, help_text="SHA-256 of the names of the columns in their order")
    reading = models.JSONField(default=dict)
    mapping = models.JSONField()
    saved_by = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ("-saved_at", "-id")
        indexes = (models.Index(fields=("kind", "header")),)

    def __str__(self) -> str:
        return f"{self.source} ({self.kind})"
