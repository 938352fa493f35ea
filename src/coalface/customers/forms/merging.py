"""What is asked when two entries become one: of which of them each value is kept."""

from typing import Final

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from coalface.customers.actions import MERGE_CHOICES
from coalface.customers.forms.directory import LANGUAGES
from coalface.records.models import Customer
from coalface.shell.templatetags.money import money

DIFFERENCES: Final = {
    "name": _("Name"),
    "is_company": _("Is a company"),
    "reference": _("Customer number"),
    "segment": _("Segment"),
    "stage": _("Where they stand with us"),
    "language": _("Speaks"),
    "country": _("Country"),
    "email": _("E-mail"),
    "phone": _("Phone"),
    "unit": _("Served by"),
    "account_owner": _("Looked after by"),
    "household": _("Household or account"),
    "since_on": _("Customer since"),
    "yearly_value": _("Value a year"),
}


class MergeForm(forms.Form):
    """One choice for each thing in which the two differ."""

    def __init__(self, *args: object, kept: Customer, gone: Customer, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name in MERGE_CHOICES:
            ours, theirs = getattr(kept, name), getattr(gone, name)
            if ours != theirs:
                self.fields[name] = forms.ChoiceField(
                    label=DIFFERENCES[name],
                    choices=[("kept", _shown(kept, name)), ("gone", _shown(gone, name))],
                    initial="gone" if ours in (None, "") else "kept",
                    widget=forms.RadioSelect(attrs={"class": "pills"}),
                )

    def chosen(self) -> list[str]:
        """The fields of which the other entry's value is kept."""
        return [name for name, whose in self.cleaned_data.items() if whose == "gone"]


def _shown(customer: Customer, name: str) -> str:
    """The value as a person reads it."""
    value = getattr(customer, name)
    if value in (None, ""):
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "yearly_value":
        return money(value, customer.currency)
    if name == "since_on":
        return date_format(value, "j F Y")
    return str(dict(LANGUAGES).get(value, value)) if name == "language" else str(value)
