"""Who owes how many encounters, and how often."""

from django.db import models

from ..us.position import Level


class Commitment(models.Model):
    """A level, a job, or one person owes an encounter at least every so many days."""

    level = models.CharField(max_length=16, choices=Level, blank=True)
    person = models.ForeignKey(
        "records.Person", models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    job = models.CharField(max_length=120, blank=True)
    formats = models.ManyToManyField(
        "records.Format", related_name="commitments", help_text="only these count; none: any does"
    )
    every_days = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(level="", job="", person__isnull=False)
                | (~models.Q(level="") & models.Q(job="", person=None))
                | (~models.Q(job="") & models.Q(level="", person=None)),
                name="a_level_a_job_or_a_person_commits",
            ),
            models.CheckConstraint(condition=models.Q(every_days__gte=1), name="a_cadence_is_a_day_or_more"),
        )

    def __str__(self) -> str:
        return f"{self.level or self.job or self.person_id}: every {self.every_days} days"
