"""What customers live through at a touchpoint, as it was judged on a day."""

from django.db import models


class Moment(models.TextChoices):
    MAGIC = "magic"
    MEDIOCRE = "mediocre"
    MISERY = "misery"
    UNCLEAR = "unclear"


class TouchpointJudgement(models.Model):
    """Shares with their 95 % bounds; the split is kept: half magic and half misery is not mediocre."""

    touchpoint = models.ForeignKey("records.Touchpoint", models.CASCADE, related_name="judgements")
    as_of = models.DateField()
    from_on = models.DateField()
    moment = models.CharField(max_length=8, choices=Moment)
    n = models.PositiveIntegerField(help_text="answers it rests on")
    misery = models.FloatField(null=True, blank=True)
    misery_low = models.FloatField(null=True, blank=True)
    misery_high = models.FloatField(null=True, blank=True)
    magic = models.FloatField(null=True, blank=True)
    magic_low = models.FloatField(null=True, blank=True)
    magic_high = models.FloatField(null=True, blank=True)
    split = models.JSONField(default=dict, help_text="answers by rating, and by what the words sound like")
    penalty = models.FloatField(null=True, blank=True)
    reward = models.FloatField(null=True, blank=True)
    asymmetry = models.FloatField(null=True, blank=True, help_text="-1: it only hurts; 1: it only delights")
    asymmetry_low = models.FloatField(null=True, blank=True)
    asymmetry_high = models.FloatField(null=True, blank=True)
    asymmetry_n = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("touchpoint", "-as_of")
        constraints = (
            models.UniqueConstraint(fields=("touchpoint", "as_of"), name="touchpoint_judged_once_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.touchpoint_id} {self.moment} on {self.as_of}"
