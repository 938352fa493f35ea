"""The ways of meeting a customer, from serving them oneself down to reading."""

from django.db import models


class Depth(models.TextChoices):
    DOING = "doing"
    RESOLVING = "resolving"
    CONVERSING = "conversing"
    GROUP = "group"
    BESIDE = "beside"
    LISTENING = "listening"
    OWN_WALK = "own_walk"
    READING = "reading"


DIRECT = (Depth.DOING, Depth.RESOLVING, Depth.CONVERSING, Depth.GROUP)
OBSERVATIONAL = (Depth.BESIDE, Depth.LISTENING, Depth.OWN_WALK)


class FormatKind(models.TextChoices):
    """What an encounter of this format asks for beside words: a buddy, a draw of calls, steps, seats …"""

    CONVERSATION = "conversation"
    DROP_IN = "drop_in"
    SHIFT = "shift"
    LISTENING = "listening"
    OWN_WALK = "own_walk"
    CARE_WALK = "care_walk"
    FOCUS_GROUP = "focus_group"
    EVENT = "event"
    TOWN_HALL = "town_hall"
    INCOGNITO = "incognito"


# Several customers at once: they are invited, they take seats, and each agrees to be written down.
GROUPS = (FormatKind.FOCUS_GROUP, FormatKind.EVENT)


class Format(models.Model):
    """A way of meeting customers, with its guide."""

    key = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    depth = models.CharField(max_length=16, choices=Depth)
    kind = models.CharField(max_length=16, choices=FormatKind, default=FormatKind.CONVERSATION)
    minutes = models.PositiveSmallIntegerField(default=30)
    seats = models.PositiveSmallIntegerField(default=1, help_text="for how many customers")
    guide = models.TextField(blank=True, help_text="one question or step a line")
    may_be_unannounced = models.BooleanField(default=False)
    remote = models.BooleanField(default=False, help_text="can be done from anywhere")

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return self.name
