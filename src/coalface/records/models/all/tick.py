"""When a daily job last ran, and what it died of."""

from django.db import models


class Tick(models.Model):
    """One row per daily job; after a failure it waits an hour and is tried again."""

    name = models.CharField(max_length=80, unique=True)
    last_on = models.DateField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True, help_text="kind of error, no words of anybody")

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return f"{self.name} on {self.last_on}"
