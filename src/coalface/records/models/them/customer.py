"""The people and companies we work for."""

import uuid_utils.compat as uuid
from django.db import models


class Stage(models.TextChoices):
    """Where a customer stands in life with us, long after the purchase included."""

    BEFORE = "before"
    JOINING = "joining"
    USING = "using"
    PROBLEM = "problem"
    CHANGE = "change"
    LEAVING = "leaving"


class Customers(models.QuerySet):
    def present(self) -> "Customers":
        """Customers who are in the directory: neither erased nor merged into another."""
        return self.filter(erased_at=None, merged_into=None)


class Customer(models.Model):
    """A person or company; after erasure only the row, its segment and its counts remain."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    name = models.CharField(max_length=160)
    is_company = models.BooleanField(default=False)
    reference = models.CharField(max_length=64, null=True, blank=True, unique=True)
    segment = models.CharField(max_length=64, blank=True)
    stage = models.CharField(max_length=16, choices=Stage, default=Stage.USING)
    language = models.CharField(max_length=8, default="en")
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166; decides what a channel needs")
    household = models.ForeignKey(
        "records.Household", models.SET_NULL, null=True, blank=True, related_name="members"
    )
    unit = models.ForeignKey("records.Unit", models.PROTECT, null=True, blank=True, related_name="customers")
    account_owner = models.ForeignKey(
        "records.Person", models.SET_NULL, null=True, blank=True, related_name="customers"
    )
    since_on = models.DateField(null=True, blank=True)
    yearly_value = models.BigIntegerField(null=True, blank=True, help_text="minor units")
    currency = models.CharField(max_length=3, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = Customers.as_manager()

    class Meta:
        ordering = ("name", "id")
        indexes = (models.Index(fields=("segment", "id")),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(yearly_value=None) | ~models.Q(currency=""), name="money_has_a_currency"
            ),
        )

    def __str__(self) -> str:
        return self.name
