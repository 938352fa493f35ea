"""One step of walking one's own customers' way."""

from django.db import models


class WalkStep(models.Model):
    """What had to be done, how long it took, how it felt, and whether it broke there."""

    encounter = models.ForeignKey("records.Encounter", models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    seconds = models.PositiveIntegerField()
    effort = models.PositiveSmallIntegerField(help_text="1 easy – 5 hard")
    feeling = models.PositiveSmallIntegerField(help_text="1 bad – 5 good")
    broke = models.BooleanField(default=False)
    human = models.BooleanField(default=False, help_text="here a human answered")
    remark = models.OneToOneField(
        "records.Remark", models.PROTECT, null=True, blank=True, related_name="walk_step"
    )

    class Meta:
        ordering = ("encounter", "order")
        constraints = (
            models.UniqueConstraint(fields=("encounter", "order"), name="one_step_at_a_time"),
            models.CheckConstraint(
                condition=models.Q(effort__range=(1, 5), feeling__range=(1, 5)), name="felt_1_to_5"
            ),
        )

    def __str__(self) -> str:
        return f"{self.order}. {self.name}"
