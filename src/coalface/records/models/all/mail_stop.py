"""Mails somebody does not want any more."""

from django.db import models


class MailStops(models.QuerySet):
    def in_force(self) -> "MailStops":
        """Those not taken back."""
        return self.filter(resumed_at=None)


class MailStop(models.Model):
    """Open while `resumed_at` is empty; one click in the mail writes it."""

    person = models.ForeignKey("records.Person", models.CASCADE, related_name="mail_stops")
    kind = models.CharField(max_length=24, help_text="such as digest")
    stopped_at = models.DateTimeField()
    resumed_at = models.DateTimeField(null=True, blank=True)

    objects = MailStops.as_manager()

    class Meta:
        ordering = ("person", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "kind"), condition=models.Q(resumed_at=None), name="one_open_mail_stop"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id}: no {self.kind}"
