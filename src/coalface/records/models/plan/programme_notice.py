"""What everybody was told before the first incognito visit."""

from django.db import models


class ProgrammeNotice(models.Model):
    """The notice that such visits may happen, for a unit and everything below it."""

    unit = models.ForeignKey("records.Unit", models.PROTECT, related_name="programme_notices")
    text = models.TextField(help_text="what was announced, word for word")
    published_on = models.DateField()
    filed_by = models.ForeignKey("records.Person", models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()

    class Meta:
        ordering = ("published_on", "id")

    def __str__(self) -> str:
        return f"{self.unit_id} since {self.published_on}"
