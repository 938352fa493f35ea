"""The customer who was there."""

from django.db import models

from ..plan.format import GROUPS


class Guests(models.QuerySet):
    def there(self) -> "Guests":
        """All but those who were invited and did not come."""
        return self.filter(models.Q(came=None) | models.Q(came=True))

    def quotable(self) -> "Guests":
        """Those to whom words may be attributed: in a group only who agreed to it."""
        return self.there().exclude(encounter__format__kind__in=GROUPS, agreed_at=None)


class Guest(models.Model):
    """A customer at an encounter, with their answer about us."""

    encounter = models.ForeignKey("records.Encounter", models.CASCADE, related_name="guests")
    customer = models.ForeignKey("records.Customer", models.PROTECT, related_name="visits")
    listened = models.BooleanField(null=True, blank=True, help_text="did they listen?")
    felt_like_a_sale = models.BooleanField(null=True, blank=True, help_text="did it feel like a sales pitch?")
    asked_at = models.DateTimeField(null=True, blank=True, help_text="when the two questions were sent")
    answered_at = models.DateTimeField(null=True, blank=True)
    thanked_at = models.DateTimeField(null=True, blank=True)
    came = models.BooleanField(null=True, blank=True, help_text="whether an invited guest came")
    agreed_at = models.DateTimeField(
        null=True, blank=True, help_text="when they agreed that what they say is written down"
    )
    table = models.PositiveSmallIntegerField(null=True, blank=True, help_text="at an event")
    token = models.CharField(max_length=80, blank=True, help_text="what they were given as thanks")
    token_value = models.PositiveIntegerField(null=True, blank=True, help_text="minor units")
    token_currency = models.CharField(max_length=3, blank=True)

    objects = Guests.as_manager()

    class Meta:
        ordering = ("encounter", "id")
        constraints = (
            models.UniqueConstraint(fields=("encounter", "customer"), name="a_guest_comes_once"),
            models.CheckConstraint(
                condition=models.Q(token_value=None) | ~models.Q(token_currency=""),
                name="a_token_has_a_currency",
            ),
        )

    def __str__(self) -> str:
        return f"{self.customer_id} at {self.encounter_id}"
