"""Local days as moments."""

from datetime import date, datetime, time, tzinfo

from django.utils import timezone


def midnight(day: date, zone: tzinfo | None = None) -> datetime:
    """The moment a local day begins."""
    return timezone.make_aware(datetime.combine(day, time.min), zone)
