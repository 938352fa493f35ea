"""Customers who decide together: a family, or the people of one company's account."""

import uuid_utils.compat as uuid
from django.db import models


class HouseholdKind(models.TextChoices):
    HOUSEHOLD = "household"
    ACCOUNT = "account"


class Household(models.Model):
    """A household or a company's account; who belongs to it stands with the customer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    kind = models.CharField(max_length=16, choices=HouseholdKind)
    name = models.CharField(max_length=160)
    reference = models.CharField(max_length=64, null=True, blank=True, unique=True)
    made_by = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name
