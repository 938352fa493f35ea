"""What something cost."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from coalface.shell.money import digits_of


class CostForm(forms.Form):
    """Hours, money, or both."""

    hours = forms.DecimalField(
        label=pgettext_lazy("of work", "Hours"),
        required=False,
        min_value=0,
        max_value=100_000,
        max_digits=8,
        decimal_places=2,
    )
    money = forms.DecimalField(
        label=_("Money"), required=False, min_value=0, max_value=10**12, max_digits=15, decimal_places=2
    )
    currency = forms.CharField(
        label=_("Currency"),
        required=False,
        max_length=3,
        validators=[RegexValidator("^[A-Za-z]{3}$", _("Three letters, such as EUR."))],
    )

    def clean(self) -> dict[str, Any]:
        """Something, and money with its currency."""
        given: dict[str, Any] = super().clean()
        hours, money = given.get("hours") or Decimal(), given.get("money") or Decimal()
        currency = (given.get("currency") or "").upper()
        if not (hours or money) and not self.errors:
            self.add_error("hours", _("Hours, money, or both."))
        if money and not currency and "currency" not in self.errors:
            self.add_error("currency", _("Money has a currency."))
        return {
            "hours": float(hours),
            "amount": int(money.scaleb(digits_of(currency))),
            "currency": currency,
        }
