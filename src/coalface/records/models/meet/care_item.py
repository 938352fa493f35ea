"""Something customers see or hear from us: does it say “we care”?"""

from django.db import models


class CareKind(models.TextChoices):
    LETTER = "letter"
    SIGN = "sign"
    REFUSAL = "refusal"
    FORM = "form"
    HOLD_MESSAGE = "hold_message"
    OTHER = "other"


class CareItem(models.Model):
    """Judged with its picture; a hold message has its words instead."""

    encounter = models.ForeignKey("records.Encounter", models.CASCADE, related_name="care_items")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16, choices=CareKind)
    name = models.CharField(max_length=120)
    cares = models.BooleanField(help_text="it says “we care”")
    words = models.ForeignKey("records.Verbatim", models.PROTECT, null=True, blank=True, related_name="+")
    photo = models.OneToOneField(
        "records.Attachment", models.PROTECT, null=True, blank=True, related_name="care_item"
    )
    remark = models.OneToOneField(
        "records.Remark", models.PROTECT, null=True, blank=True, related_name="care_item"
    )

    class Meta:
        ordering = ("encounter", "order")
        constraints = (
            models.UniqueConstraint(fields=("encounter", "order"), name="one_care_item_at_a_time"),
            models.CheckConstraint(
                condition=models.Q(photo__isnull=False) | models.Q(words__isnull=False),
                name="judged_with_a_picture_or_its_words",
            ),
        )

    def __str__(self) -> str:
        return self.name
