"""The monthly meeting on what customers said: agenda, decisions and minutes in one."""

from django.db import models


class InsightMeeting(models.Model):
    """Called, opened, closed; what was on the table then are its minutes."""

    unit = models.ForeignKey("records.Unit", models.PROTECT, related_name="insight_meetings")
    starts_at = models.DateTimeField()
    chair = models.ForeignKey("records.Person", models.PROTECT, related_name="meetings_chaired")
    present = models.ManyToManyField("records.Person", blank=True, related_name="+")
    called_by = models.ForeignKey("records.Person", models.PROTECT, related_name="+")
    called_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-starts_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(closed_at=None) | models.Q(opened_at__isnull=False),
                name="a_meeting_is_opened_before_it_is_closed",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit_id} at {self.starts_at}"


class Topic(models.TextChoices):
    DECIDE = "decide"
    OVERDUE = "overdue"
    RETURNED = "returned"
    VERDICT = "verdict"
    NEW_ISSUE = "new_issue"
    NOT_TOLD = "not_told"
    BY_HAND = "by_hand"


class AgendaItem(models.Model):
    """One point: about a fix, an issue or neither; what was said, and who does what by when."""

    meeting = models.ForeignKey("records.InsightMeeting", models.CASCADE, related_name="items")
    place = models.PositiveSmallIntegerField()
    topic = models.CharField(max_length=12, choices=Topic)
    fix = models.ForeignKey("records.Fix", models.PROTECT, null=True, blank=True, related_name="+")
    issue = models.ForeignKey("records.Issue", models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.ForeignKey("records.Decision", models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=160, blank=True, help_text="of a point put there by hand")
    minutes = models.TextField(blank=True, help_text="what was said and agreed")
    owner = models.ForeignKey("records.Person", models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("meeting", "place", "id")

    def __str__(self) -> str:
        return f"{self.meeting_id}, {self.place}: {self.topic}"
