"""A number the organisation chose instead of our default."""

from django.db import models


class Policy(models.Model):
    """The newest row of a key is in force; the older ones tell when it changed and by whom."""

    key = models.SlugField()
    value = models.FloatField()
    set_by = models.ForeignKey("records.Person", models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ("key", "-set_at", "-id")
        verbose_name_plural = "policies"

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"
