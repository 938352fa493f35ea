"""What a channel needs in a country before anybody uses it for a purpose."""

from django.db import models

from .consent import Channel, Purpose


class LegalBasis(models.TextChoices):
    CONSENT = "consent"
    EXISTING_CUSTOMER = "existing_customer"
    LEGITIMATE_INTEREST = "legitimate_interest"
    FORBIDDEN = "forbidden"


class ConsentBasis(models.Model):
    """The organisation's own row of the table; where there is none, a consent is needed."""

    country = models.CharField(max_length=2, help_text="ISO 3166, or empty for every country without a row")
    channel = models.CharField(max_length=16, choices=Channel)
    purpose = models.CharField(max_length=16, choices=Purpose)
    basis = models.CharField(max_length=24, choices=LegalBasis)
    set_by = models.ForeignKey("records.Person", models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ("country", "channel", "purpose", "-set_at", "-id")
        verbose_name_plural = "consent bases"

    def __str__(self) -> str:
        return f"{self.country or 'elsewhere'}: {self.channel} for {self.purpose}"
