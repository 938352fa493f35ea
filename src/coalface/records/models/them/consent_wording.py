"""The text a customer was shown when they agreed."""

from django.db import models


class ConsentWording(models.Model):
    """One version in one language; once somebody agreed to it, it never changes."""

    version = models.CharField(max_length=32)
    language = models.CharField(max_length=8)
    text = models.TextField()
    written_by = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("version", "language")
        constraints = (
            models.UniqueConstraint(fields=("version", "language"), name="one_text_per_version_and_language"),
        )

    def __str__(self) -> str:
        return f"{self.version} ({self.language})"
