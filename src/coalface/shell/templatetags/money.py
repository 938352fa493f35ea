"""Money as people write it: whole units, with the currency beside them."""

from typing import Final

from django import template
from django.utils.formats import number_format

register = template.Library()

# Digits behind the point where they are not two (ISO 4217).
DIGITS: Final = {"JPY": 0, "KRW": 0, "CLP": 0, "ISK": 0, "VND": 0, "BHD": 3, "KWD": 3, "TND": 3}


@register.simple_tag
def money(minor_units: int, currency: str) -> str:
    """`{% money customer.yearly_value customer.currency %}`: rounded to whole units, kept on one line."""
    whole = round(minor_units / 10 ** DIGITS.get(currency, 2))
    return f"{currency}\u00a0{number_format(whole, use_l10n=True, force_grouping=True)}"
