"""What we heard, what we did: words for everybody, in one language."""

from django.db import models


class PublishedChange(models.Model):
    """On the public page, in the digest and on the poster until it is withdrawn."""

    fix = models.ForeignKey("records.Fix", models.PROTECT, related_name="published")
    language = models.CharField(max_length=8)
    heard = models.CharField(max_length=300)
    did = models.CharField(max_length=300)
    published_by = models.ForeignKey("records.Person", models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-published_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("fix", "language"),
                condition=models.Q(withdrawn_at=None),
                name="one_published_change_in_a_language",
            ),
            models.CheckConstraint(
                condition=~models.Q(heard="") & ~models.Q(did=""), name="a_published_change_says_both"
            ),
        )

    def __str__(self) -> str:
        return f"{self.fix_id} in {self.language}"
