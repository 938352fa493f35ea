"""Everyone's own calendar: what we show it, what we read in it, and what it answers."""

from django.db import models


class CalendarFeed(models.Model):
    """A secret address that a person's calendar program reads; revoked, it shows nothing any more."""

    person = models.ForeignKey("records.Person", models.CASCADE, related_name="calendar_feeds")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the secret part")
    made_at = models.DateTimeField()
    read_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-id")

    def __str__(self) -> str:
        return f"feed of {self.person_id}"


class Calendar(models.Model):
    """A calendar on a CalDAV server that a person let us read busy times from and write encounters to."""

    person = models.ForeignKey("records.Person", models.CASCADE, related_name="calendars")
    address = models.URLField(max_length=500)
    user_name = models.CharField(max_length=120)
    password = models.TextField(help_text="encrypted with the installation's key")
    joined_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(null=True, blank=True, help_text="when it is to be read again")
    sync_token = models.CharField(max_length=500, blank=True)
    failure = models.CharField(max_length=24, blank=True, help_text="a code; blank: it answers")
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("person", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("person",), condition=models.Q(left_at=None), name="one_calendar_each"
            ),
        )

    def __str__(self) -> str:
        return f"calendar of {self.person_id}"


class Reply(models.TextChoices):
    """What somebody answered to an invitation."""

    NONE = "none"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TENTATIVE = "tentative"
    COUNTERED = "countered"


class Invitation(models.Model):
    """What a person's calendar was told of an encounter, and what it answered."""

    encounter = models.ForeignKey("records.Encounter", models.CASCADE, related_name="invitations")
    person = models.ForeignKey("records.Person", models.CASCADE, related_name="invitations")
    uid = models.CharField(max_length=120, unique=True)
    sequence = models.PositiveIntegerField(default=0)
    told = models.CharField(max_length=64, blank=True, help_text="SHA-256 of what it was told last")
    told_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    reply = models.CharField(max_length=12, choices=Reply, default=Reply.NONE)
    replied_at = models.DateTimeField(null=True, blank=True)
    other_start = models.DateTimeField(null=True, blank=True, help_text="the time they propose instead")
    calendar = models.ForeignKey(
        "records.Calendar", models.SET_NULL, null=True, blank=True, related_name="invitations"
    )
    href = models.CharField(max_length=500, blank=True, help_text="where it was written in the calendar")
    etag = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("encounter", "id")
        constraints = (
            models.UniqueConstraint(fields=("encounter", "person"), name="one_invitation_for_each"),
        )

    def __str__(self) -> str:
        return self.uid
