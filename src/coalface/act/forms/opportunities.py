"""What is asked about an opportunity, before and after it is built."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coalface.hear.queries import customers_called
from coalface.records.models import Customer


class OpportunityForm(forms.Form):
    """What has to be true, written down beforehand."""

    customers_wanted = forms.IntegerField(
        label=_("How many customers have to want it before it is built?"), min_value=1, max_value=1_000
    )
    per_cent = forms.IntegerField(
        label=_("Of those it is offered to, how many in a hundred have to take it up?"),
        min_value=1,
        max_value=100,
    )


class ValidationForm(forms.Form):
    """One customer was shown it."""

    customer = forms.CharField(
        label=_("Which customer?"), max_length=160, help_text=_("Name, number, e-mail or telephone.")
    )
    wants = forms.TypedChoiceField(
        label=_("Do they want it?"),
        choices=(("yes", _("Yes, they would use it")), ("no", _("No"))),
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: object, within: Q, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.within = within

    def clean_customer(self) -> Customer:
        """The only one of that name."""
        found = list(customers_called(words=self.cleaned_data["customer"].strip(), within=self.within))
        if not found:
            raise forms.ValidationError(_("Nobody of that name; look them up under Customers."))
        if len(found) > 1:
            raise forms.ValidationError(_("Several have that name; use their number or e-mail."))
        return found[0]


class AdoptionForm(forms.Form):
    """How many took it up."""

    offered = forms.IntegerField(label=_("How many was it offered to?"), min_value=1, max_value=2_000_000_000)
    adopted = forms.IntegerField(
        label=_("How many of them took it up?"), min_value=0, max_value=2_000_000_000
    )

    def clean(self) -> dict[str, Any]:
        """Not more than it was offered to."""
        given: dict[str, Any] = super().clean()
        if given.get("adopted", 0) > given.get("offered", given.get("adopted", 0)):
            self.add_error("adopted", _("These are more than it was offered to."))
        return given
