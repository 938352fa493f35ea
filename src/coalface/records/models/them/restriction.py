"""Reasons to leave a customer alone."""

from datetime import date

from django.db import models


class RestrictionKind(models.TextChoices):
    DO_NOT_CONTACT = "do_not_contact"
    LEGAL_DISPUTE = "legal_dispute"
    NEGOTIATION = "negotiation"
    VULNERABLE = "vulnerable"


class Restrictions(models.QuerySet):
    def in_force(self, on: date) -> "Restrictions":
        """Those that hold on that day."""
        return self.filter(models.Q(until_on=None) | models.Q(until_on__gt=on))


class ContactRestriction(models.Model):
    """Nobody approaches this customer until the day given, or at all."""

    customer = models.ForeignKey("records.Customer", models.CASCADE, related_name="restrictions")
    kind = models.CharField(max_length=16, choices=RestrictionKind)
    until_on = models.DateField(null=True, blank=True)
    set_by = models.ForeignKey("records.Person", models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()

    objects = Restrictions.as_manager()

    class Meta:
        ordering = ("customer", "id")

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.kind}"
