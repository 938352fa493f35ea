"""Where a customer touches us."""

from django.db import models

from ..them.customer import Stage


class Touchpoint(models.Model):
    """A step of the customer's way with us, owned by a unit."""

    key = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    stage = models.CharField(max_length=16, choices=Stage)
    order = models.PositiveSmallIntegerField(default=0)
    owner = models.ForeignKey(
        "records.Unit", models.PROTECT, null=True, blank=True, related_name="touchpoints"
    )

    class Meta:
        ordering = ("order", "key")

    def __str__(self) -> str:
        return self.name
