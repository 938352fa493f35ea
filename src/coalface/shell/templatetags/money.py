"""Money as people write it: whole units, with the currency beside them."""

from django import template
from django.utils.formats import number_format

from coalface.shell.money import digits_of

register = template.Library()


@register.simple_tag
def money(minor_units: int, currency: str) -> str:
    """`{% money customer.yearly_value customer.currency %}`: rounded to whole units, kept on one line."""
    whole = round(minor_units / 10 ** digits_of(currency))
    return f"{currency}\u00a0{number_format(whole, use_l10n=True, force_grouping=True)}"
