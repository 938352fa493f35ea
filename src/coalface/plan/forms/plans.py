"""What is asked about a plan, and which part of its board is shown."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coalface.records.models import Unit


class BoardForm(forms.Form):
    """Whose matches to show."""

    q = forms.CharField(label=_("Name"), required=False, max_length=80)
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("Where"),
        required=False,
        to_field_name="key",
        empty_label=_("Everywhere"),
    )

    def __init__(self, *args: object, units, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
