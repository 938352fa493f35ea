"""Somebody who works here."""

from datetime import date

from django.db import models


class People(models.QuerySet):
    def working(self, on: date) -> "People":
        """Those who have not left by that day."""
        return self.filter(models.Q(left_on=None) | models.Q(left_on__gt=on))


class Person(models.Model):
    """One of us, with or without a sign-in; positions say where and at which level, and since when."""

    name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254, blank=True)
    staff_code = models.CharField(max_length=32, null=True, blank=True, unique=True)
    language = models.CharField(max_length=8, default="en")
    left_on = models.DateField(null=True, blank=True)

    objects = People.as_manager()

    class Meta:
        ordering = ("name", "id")
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name

    def has_left(self, on: date) -> bool:
        """Whether they work here no more by that day."""
        return self.left_on is not None and self.left_on <= on
