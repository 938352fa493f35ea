"""What is asked for when somebody looks for feedback, or passes it on."""

from typing import Any, Final

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coalface.hear.queries import customers_called
from coalface.meet.forms import KINDS
from coalface.records.models import Customer, Kind, Touchpoint, Unit

AT_THE_COUNTER: Final = [
    (kind, words) for kind, words in KINDS if kind not in {Kind.LIKE, Kind.DISLIKE, Kind.PREFERENCE}
]


class FilterForm(forms.Form):
    """Which feedback to show."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Every kind")), *KINDS], required=False)
    unit = forms.ModelChoiceField(
        label=_("Where"), queryset=Unit.objects.none(), required=False, empty_label=_("Everywhere")
    )
    touchpoint = forms.ModelChoiceField(
        label=_("Touchpoint"),
        queryset=Touchpoint.objects.all(),
        required=False,
        empty_label=_("Every touchpoint"),
    )
    words = forms.BooleanField(label=_("With words only"), required=False)

    def __init__(self, *args: Any, within: Q, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(within)


class ReportForm(forms.Form):
    """What a customer told one of us; two taps and a sentence are enough."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("What did the customer say?"),
        help_text=_("In their own words, as exactly as you remember."),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True}),
    )
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=AT_THE_COUNTER,
        initial=Kind.COMPLAINT,
        widget=forms.RadioSelect(attrs={"class": "pills"}),
    )
    customer = forms.CharField(
        label=_("Which customer?"),
        help_text=_("Full name, number, e-mail or telephone. Leave it empty if you do not know."),
        max_length=160,
        required=False,
    )
    touchpoint = forms.ModelChoiceField(
        label=_("Where do they meet this?"),
        queryset=Touchpoint.objects.all(),
        required=False,
        empty_label=_("Not said"),
    )
    unit = forms.ModelChoiceField(label=_("Where did they say it?"), queryset=Unit.objects.none())

    def __init__(self, *args: Any, units: Q, customers: Q, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._customers = customers
        self.fields["unit"].queryset = Unit.objects.filter(units)

    def clean_customer(self) -> Customer | None:
        words = self.cleaned_data["customer"].strip()
        found = list(customers_called(words=words, within=self._customers)) if words else []
        if words and not found:
            raise forms.ValidationError(_("We know no customer of that name. Leave it empty, or correct it."))
        if len(found) > 1:
            raise forms.ValidationError(_("Several customers are called so. Give their number or e-mail."))
        return found[0] if found else None
