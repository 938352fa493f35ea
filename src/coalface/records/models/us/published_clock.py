"""A leader's decision to let the organisation see how long ago they met a customer."""

from django.db import models


class PublishedClock(models.Model):
    """Open while `withdrawn_at` is empty; only the person themselves can open or withdraw it."""

    person = models.ForeignKey("records.Person", models.PROTECT, related_name="published_clocks")
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("person", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("person",), condition=models.Q(withdrawn_at=None), name="one_open_published_clock"
            ),
        )

    def __str__(self) -> str:
        return f"clock of {self.person_id}"
