"""A place with a poster: where its code leads, a customer can say something."""

from django.db import models


class SayPlace(models.Model):
    """A door, counter or table of a unit; the code in its address says nothing by itself."""

    unit = models.ForeignKey("records.Unit", models.PROTECT, related_name="say_places")
    code = models.CharField(max_length=16, unique=True)
    name = models.CharField(max_length=80, help_text="what a customer calls it")
    touchpoint = models.ForeignKey(
        "records.Touchpoint", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    languages = models.JSONField(default=list, help_text="in which the page is offered first")
    opened_by = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("unit", "name", "id")

    def __str__(self) -> str:
        return self.name
