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


class Format(models.Model):
    """A way of meeting customers, with its guide."""

    key = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    depth = models.CharField(max_length=16, choices=Depth)
    minutes = models.PositiveSmallIntegerField(default=30)
    guide = models.TextField(blank=True, help_text="one question or step a line")
    may_be_unannounced = models.BooleanField(default=False)

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return self.name
