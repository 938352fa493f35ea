"""How much of what customers say a level knew on a day; computed in a task, read by pages and planner."""

from django.db import models


class Awareness(models.Model):
    """One issue and one group of at least k people; groups below k have no row."""

    group = models.CharField(max_length=40, help_text="a level, or levels joined with + until they reach k")
    issue = models.ForeignKey("records.Issue", models.CASCADE, related_name="awareness")
    unit = models.ForeignKey("records.Unit", models.CASCADE, related_name="+")
    as_of = models.DateField()
    value = models.FloatField(help_text="the best-informed person of the group, 0 to 1")
    n = models.PositiveIntegerField(help_text="people in the group")
    through = models.JSONField(
        null=True, blank=True, help_text="how many of them know it, by depth; what k hides has no key"
    )

    class Meta:
        ordering = ("as_of", "group", "issue")
        constraints = (
            models.UniqueConstraint(fields=("group", "issue", "unit", "as_of"), name="awareness_once_a_day"),
            models.CheckConstraint(condition=models.Q(value__gte=0, value__lte=1), name="awareness_0_to_1"),
        )

    def __str__(self) -> str:
        return f"{self.group} of {self.issue_id} on {self.as_of}"
