"""Local days as moments."""

from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from django.utils import timezone

YEAR: Final = timedelta(days=365)


def midnight(day: date, zone: tzinfo | None = None) -> datetime:
    """The moment a local day begins."""
    return timezone.make_aware(datetime.combine(day, time.min), zone)
