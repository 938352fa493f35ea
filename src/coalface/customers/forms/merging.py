"""What is asked when two entries become one: of which of them each value is kept."""

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from coalface.customers.actions import MERGE_CHOICES
from coalface.records.models import Customer

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
                    choices=[("kept", _shown(ours)), ("gone", _shown(theirs))],
                    initial="gone" if ours in (None, "") else "kept",
                    widget=forms.RadioSelect(attrs={"class": "pills"}),
                )

    def chosen(self) -> list[str]:
        """The fields of which the other entry's value is kept."""
        return [name for name, whose in self.cleaned_data.items() if whose == "gone"]


def _shown(value: object) -> str:
    if value in (None, ""):
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)
