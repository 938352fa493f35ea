"""What somebody said, word for word: the only table that holds free words about customers."""

from django.db import models


class Verbatim(models.Model):
    """Stored once; every quote anywhere is a span of one, so erasing this row erases them all."""

    text = models.TextField()
    language = models.CharField(max_length=8, blank=True)
    masks = models.JSONField(
        null=True, blank=True, help_text="[start, end, kind] of personal data; null: not looked through yet"
    )
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.text[:60]
