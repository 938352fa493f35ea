"""When a regular job last ran."""

from django.db import models


class Tick(models.Model):
    """One row per regular job, so that two workers never run it twice for one day."""

    name = models.CharField(max_length=80, unique=True)
    last_on = models.DateField()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return f"{self.name} on {self.last_on}"
