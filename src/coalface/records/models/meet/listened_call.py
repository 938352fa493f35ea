"""Which calls a listening session draws, and what was heard in them; the agent has no name here."""

from django.db import models


class CallDraw(models.Model):
    """Queues and hours calls were drawn from; with the seed anybody can repeat it."""

    encounter = models.OneToOneField("records.Encounter", models.CASCADE, related_name="call_draw")
    queues = models.JSONField(help_text="names of the queues")
    from_hour = models.PositiveSmallIntegerField()
    until_hour = models.PositiveSmallIntegerField(help_text="not including")
    seed = models.BigIntegerField()
    drawn_by = models.ForeignKey("records.Person", models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()

    class Meta:
        ordering = ("encounter",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until_hour__gt=models.F("from_hour"), until_hour__lte=24),
                name="calls_come_in_some_hour",
            ),
        )

    def __str__(self) -> str:
        return f"calls of {self.encounter_id}"


class ListenedCall(models.Model):
    """The nth call of a queue in an hour: heard, or there was none; its agent was told beforehand."""

    draw = models.ForeignKey("records.CallDraw", models.CASCADE, related_name="calls")
    order = models.PositiveSmallIntegerField()
    queue = models.CharField(max_length=80)
    hour = models.PositiveSmallIntegerField()
    nth = models.PositiveSmallIntegerField()
    agent_informed_at = models.DateTimeField(null=True, blank=True)
    heard = models.BooleanField(null=True, blank=True, help_text="False: no such call came")
    settled_at = models.DateTimeField(null=True, blank=True)
    remark = models.OneToOneField(
        "records.Remark", models.PROTECT, null=True, blank=True, related_name="listened_call"
    )

    class Meta:
        ordering = ("draw", "order")
        constraints = (
            models.UniqueConstraint(fields=("draw", "order"), name="one_call_per_place"),
            models.UniqueConstraint(fields=("draw", "queue", "hour", "nth"), name="a_call_is_drawn_once"),
            models.CheckConstraint(
                condition=~models.Q(heard=True) | models.Q(agent_informed_at__isnull=False),
                name="heard_with_the_agents_knowledge",
            ),
        )

    def __str__(self) -> str:
        return f"{self.queue}, {self.hour}:00, call {self.nth}"
