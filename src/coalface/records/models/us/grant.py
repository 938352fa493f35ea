"""What somebody may do, for which part of the organisation, and since when."""

from datetime import date

from django.db import models


class Role(models.TextChoices):
    MEMBER = "member"
    LEADER = "leader"
    PROGRAMME_MANAGER = "programme_manager"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"


class Grants(models.QuerySet):
    def in_force(self, on: date) -> "Grants":
        """Those that count on that day."""
        return self.filter(starts_on__lte=on).filter(models.Q(ends_on=None) | models.Q(ends_on__gt=on))


class Grant(models.Model):
    """A role for a unit and everything below it."""

    person = models.ForeignKey("records.Person", models.PROTECT, related_name="grants")
    role = models.CharField(max_length=24, choices=Role)
    unit = models.ForeignKey("records.Unit", models.PROTECT, related_name="grants")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")

    objects = Grants.as_manager()

    class Meta:
        ordering = ("person", "role", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "role", "unit"), condition=models.Q(ends_on=None), name="one_open_grant"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} is {self.role} of {self.unit_id}"
