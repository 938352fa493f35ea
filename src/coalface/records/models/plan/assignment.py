"""Which customer was drawn for whom, and why that one."""

from django.db import models


class Assignment(models.Model):
    """The planner's draw behind an encounter; kept so that anybody can check that it was fair."""

    person = models.ForeignKey("records.Person", models.PROTECT, related_name="assignments")
    customer = models.ForeignKey("records.Customer", models.PROTECT, related_name="assignments")
    encounter = models.OneToOneField("records.Encounter", models.PROTECT, related_name="assignment")
    stratum = models.CharField(max_length=64, blank=True)
    deficit = models.FloatField(help_text="how far the stratum lay behind its share of the base")
    among = models.PositiveIntegerField(help_text="how many customers of the stratum could have been drawn")
    seed = models.BigIntegerField()
    drawn_at = models.DateTimeField()

    class Meta:
        ordering = ("-drawn_at", "-id")

    def __str__(self) -> str:
        return f"{self.person_id} meets {self.customer_id}"
