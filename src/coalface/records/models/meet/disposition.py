"""What becomes of a remark: somebody answers for it."""

from django.db import models


class Answer(models.TextChoices):
    FIXED_NOW = "fixed_now"
    OWNED = "owned"
    HANDED_OVER = "handed_over"
    DECLINED = "declined"
    KEPT = "kept"
    PASSED_ON = "passed_on"


class Disposition(models.Model):
    """The current one has no `ended_at`; a returned hand-over ends it and the remark is open again."""

    remark = models.ForeignKey("records.Remark", models.PROTECT, related_name="dispositions")
    answer = models.CharField(max_length=16, choices=Answer)
    by = models.ForeignKey("records.Person", models.PROTECT, related_name="dispositions")
    at = models.DateTimeField()
    reason = models.ForeignKey("records.Verbatim", models.PROTECT, null=True, blank=True, related_name="+")
    praised = models.ForeignKey(
        "records.Person", models.PROTECT, null=True, blank=True, related_name="praise"
    )
    told_at = models.DateTimeField(null=True, blank=True, help_text="when the customer was told")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("remark", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("remark",), condition=models.Q(ended_at=None), name="one_current_disposition"
            ),
            models.CheckConstraint(
                condition=~models.Q(answer=Answer.DECLINED) | models.Q(reason__isnull=False),
                name="declined_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(answer=Answer.PASSED_ON) | models.Q(praised__isnull=False),
                name="passed_on_to_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.remark_id}: {self.answer}"
