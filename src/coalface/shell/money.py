"""Money is kept as whole minor units with their currency; what leaves for people and programs is decimal."""

from decimal import Decimal
from typing import Final

# Digits behind the point where they are not two (ISO 4217).
DIGITS: Final = {"JPY": 0, "KRW": 0, "CLP": 0, "ISK": 0, "VND": 0, "BHD": 3, "KWD": 3, "TND": 3}


def digits_of(currency: str) -> int:
    """How many digits stand behind the point."""
    return DIGITS.get(currency, 2)


def major(minor_units: int | None, currency: str) -> Decimal | None:
    """The amount as people write it, exactly."""
    return None if minor_units is None else Decimal(minor_units).scaleb(-digits_of(currency))
