"""What was sent under an id that was taken: kept beside the first until a person decides."""

from django.db import models

from .remark import About, Kind, Speaker


class SecondVersion(models.Model):
    """Nothing said is dropped because two devices, or two people, chose one id."""

    sent_id = models.UUIDField()
    digest = models.CharField(max_length=64, help_text="of all that was sent: the same again is kept once")
    encounter = models.ForeignKey("records.Encounter", models.PROTECT, related_name="second_versions")
    sent_by = models.ForeignKey("records.Person", models.PROTECT, related_name="second_versions")
    sent_at = models.DateTimeField()
    noted_at = models.DateTimeField(null=True, blank=True, help_text="as far as the device could tell")
    kind = models.CharField(max_length=16, choices=Kind)
    about = models.CharField(max_length=16, choices=About, blank=True, default="")
    said_by = models.CharField(max_length=16, choices=Speaker)
    customer = models.ForeignKey("records.Customer", models.PROTECT, null=True, blank=True, related_name="+")
    touchpoint = models.ForeignKey(
        "records.Touchpoint", models.PROTECT, null=True, blank=True, related_name="+"
    )
    told_afterwards = models.BooleanField(default=False)
    verbatim = models.ForeignKey("records.Verbatim", models.PROTECT, null=True, related_name="+")
    reading = models.ForeignKey("records.Verbatim", models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    remark = models.ForeignKey(
        "records.Remark",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="what it became; empty once settled: it said the same",
    )

    class Meta:
        ordering = ("sent_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("sent_id", "sent_by", "digest"), name="kept_aside_once"),
        )

    def __str__(self) -> str:
        return f"{self.sent_id} again"
