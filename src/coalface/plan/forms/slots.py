"""Which slots to show."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coalface.records.models import Unit


class SlotsForm(forms.Form):
    """Which slots to show."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("Where"),
        required=False,
        to_field_name="key",
        empty_label=_("Everywhere"),
    )
    free = forms.BooleanField(label=_("With a free seat only"), required=False)

    def __init__(self, *args: object, units, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
