"""People who owe no encounter for a while; the reason is nobody's business and is not stored."""

from django.db import models


class Exemption(models.Model):
    """Only who, until when and by whose agreement; a remote format was offered first."""

    person = models.ForeignKey("records.Person", models.PROTECT, related_name="exemptions")
    starts_on = models.DateField()
    until_on = models.DateField()
    agreed_by = models.ForeignKey("records.Person", models.PROTECT, related_name="+")
    remote_offered_on = models.DateField()

    class Meta:
        ordering = ("until_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until_on__gt=models.F("starts_on")), name="an_exemption_ends"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} until {self.until_on}"
