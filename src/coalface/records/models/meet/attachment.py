"""A photo that came with what was said or seen."""

import uuid_utils.compat as uuid
from django.db import models


class Refusal(models.TextChoices):
    """Why a file is not kept."""

    NOT_A_PHOTO = "not_a_photo"
    BROKEN = "broken"
    TOO_LARGE = "too_large"
    ERASED = "erased"


class Attachment(models.Model):
    """Arrives in pieces under an id the device chose; kept without its place of origin, or refused."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7)
    remark = models.ForeignKey(
        "records.Remark", models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    feedback = models.ForeignKey(
        "records.Feedback", models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    encounter = models.ForeignKey(
        "records.Encounter", models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    added_by = models.ForeignKey("records.Person", models.PROTECT, related_name="attachments")
    added_at = models.DateTimeField()
    size = models.PositiveBigIntegerField(help_text="in bytes, as the device said")
    sha256 = models.CharField(max_length=64, help_text="of what was sent")
    kept_at = models.DateTimeField(null=True, blank=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    location_removed = models.BooleanField(default=False)
    refused_at = models.DateTimeField(null=True, blank=True)
    refusal = models.CharField(max_length=16, choices=Refusal, blank=True)

    class Meta:
        ordering = ("added_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(remark__isnull=False, feedback=None, encounter=None)
                | models.Q(remark=None, feedback__isnull=False, encounter=None)
                | models.Q(remark=None, feedback=None, encounter__isnull=False),
                name="a_photo_belongs_to_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(kept_at=None) | models.Q(refused_at=None), name="kept_or_refused"
            ),
            models.CheckConstraint(
                condition=models.Q(refused_at=None, refusal="")
                | (models.Q(refused_at__isnull=False) & ~models.Q(refusal="")),
                name="refused_for_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"photo {self.id}"
