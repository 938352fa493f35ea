"""A customer is asked to come, and answers by a link of their own."""

from django.db import models


class GuestAnswer(models.TextChoices):
    NONE = "none"
    COMES = "comes"
    OTHER_TIME = "other_time"
    DECLINES = "declines"
    NEVER = "never"


class GuestInvitation(models.Model):
    """The link and the answer; who says never is asked by nobody any more."""

    guest = models.OneToOneField("records.Guest", models.CASCADE, related_name="invitation")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the secret part of the link")
    language = models.CharField(max_length=8)
    sent_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=12, choices=GuestAnswer, default=GuestAnswer.NONE)
    answered_at = models.DateTimeField(null=True, blank=True)
    other_start = models.DateTimeField(null=True, blank=True, help_text="the time they propose instead")
    reminded_at = models.DateTimeField(null=True, blank=True)
    called_off_at = models.DateTimeField(null=True, blank=True, help_text="we called it off, and said so")

    class Meta:
        ordering = ("guest",)

    def __str__(self) -> str:
        return f"invitation {self.guest_id}"
