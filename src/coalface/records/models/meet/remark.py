"""One thing that was said or seen at an encounter."""

from datetime import datetime

import uuid_utils.compat as uuid
from django.db import models


class Kind(models.TextChoices):
    COMPLAINT = "complaint"
    COMPLIMENT = "compliment"
    NEED = "need"
    LIKE = "like"
    DISLIKE = "dislike"
    PREFERENCE = "preference"
    IDEA = "idea"
    OBSTACLE = "obstacle"
    RULE = "rule"
    COMPETITOR = "competitor"
    WORKAROUND = "workaround"
    QUESTION = "question"


ASKS_OR_PRAISES = (
    Kind.COMPLAINT,
    Kind.COMPLIMENT,
    Kind.NEED,
    Kind.DISLIKE,
    Kind.IDEA,
    Kind.OBSTACLE,
    Kind.RULE,
    Kind.QUESTION,
)


class About(models.TextChoices):
    """What it is that pleased them, or did not; blank where nobody said."""

    PRICE = "price"
    SERVICE = "service"
    PRODUCT = "product"
    TREATMENT = "treatment"


class Speaker(models.TextChoices):
    CUSTOMER = "customer"
    EMPLOYEE = "employee"


def _settled(now: datetime) -> models.QuerySet:
    """The current answer to the outer remark, if it is one that ends the matter."""
    from .disposition import Answer, Disposition

    done = models.Q(answer__in=(Answer.FIXED_NOW, Answer.PASSED_ON))
    told = models.Q(answer=Answer.DECLINED, told_at__lte=now)
    return Disposition.objects.filter(done | told, remark=models.OuterRef("pk"), ended_at=None)


def _shipped_for(now: datetime) -> models.QuerySet:
    """Counted mentions of the outer remark whose issue got a fix, here or everywhere, after it was said."""
    from ..understand.mention import Mention

    fix = "issue__fixes__"
    here = models.Q(**{f"{fix}unit": None}) | models.Q(unit__path__startswith=models.F(f"{fix}unit__path"))
    return Mention.objects.counted().filter(
        here,
        remark=models.OuterRef("pk"),
        **{f"{fix}shipped_at__gt": models.OuterRef("noted_at"), f"{fix}shipped_at__lte": now},
    )


class Remarks(models.QuerySet):
    def open(self) -> "Remarks":
        """Remarks nobody has answered for yet, or whose hand-over still waits to be accepted."""
        from ..act.hand_over import HandOver
        from .disposition import Disposition

        current = Disposition.objects.filter(remark=models.OuterRef("pk"), ended_at=None)
        waiting = HandOver.objects.filter(
            disposition__remark=models.OuterRef("pk"), disposition__ended_at=None, answer=None
        )
        return self.filter(~models.Exists(current) | models.Exists(waiting))

    def asking(self) -> "Remarks":
        """Those that ask for something or praise somebody: what a resolution rate is about."""
        return self.filter(kind__in=ASKS_OR_PRAISES)

    def resolved(self, now: datetime) -> "Remarks":
        """Fixed, passed on, declined and told, or followed by a fix that shipped; owned is not resolved."""
        return self.filter(models.Exists(_settled(now)) | models.Exists(_shipped_for(now)))

    def unresolved(self, now: datetime) -> "Remarks":
        """Those of which nothing has come yet."""
        return self.exclude(models.Exists(_settled(now)) | models.Exists(_shipped_for(now)))


class Remark(models.Model):
    """The customer's exact words apart from what the observer made of them; the device chose the id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7)
    encounter = models.ForeignKey("records.Encounter", models.PROTECT, related_name="remarks")
    noted_by = models.ForeignKey("records.Person", models.PROTECT, related_name="remarks")
    noted_at = models.DateTimeField()
    device = models.CharField(max_length=36, blank=True, help_text="which of their devices counted")
    sequence = models.PositiveIntegerField(help_text="the device's own order: clocks lie")
    kind = models.CharField(max_length=16, choices=Kind)
    about = models.CharField(
        max_length=16, choices=About, blank=True, default="", help_text="blank: nobody said"
    )
    said_by = models.CharField(max_length=16, choices=Speaker, default=Speaker.CUSTOMER)
    customer = models.ForeignKey(
        "records.Customer", models.PROTECT, null=True, blank=True, related_name="remarks"
    )
    verbatim = models.ForeignKey("records.Verbatim", models.PROTECT, null=True, related_name="remarks")
    reading = models.ForeignKey(
        "records.Verbatim",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="the observer's words",
    )
    touchpoint = models.ForeignKey(
        "records.Touchpoint", models.PROTECT, null=True, blank=True, related_name="remarks"
    )
    told_afterwards = models.BooleanField(
        default=False, help_text="after an incognito visit: the customer knows who asked"
    )

    objects = Remarks.as_manager()

    class Meta:
        ordering = ("encounter", "noted_by", "device", "sequence", "id")
        indexes = (models.Index(fields=("noted_by", "noted_at")),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(verbatim__isnull=False) | models.Q(reading__isnull=False),
                name="a_remark_has_words",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
