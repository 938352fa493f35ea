"""What is asked when a place with a poster is opened or changed."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from coalface.records.models import SayPlace, Touchpoint, Unit


class PlaceForm(forms.Form):
    """A door, a counter, a table: somewhere a customer stands and has something to say."""

    name = forms.CharField(
        label=_("What do customers call this place?"),
        help_text=_("It stands on the page they open: “At the counter”, “Table 4”, “Fitting rooms”."),
        max_length=80,
    )
    unit = forms.ModelChoiceField(label=_("Where is it?"), queryset=Unit.objects.none())
    touchpoint = forms.ModelChoiceField(
        label=_("What do customers do here?"),
        queryset=Touchpoint.objects.all(),
        required=False,
        empty_label=_("Not said"),
    )
    language = forms.ChoiceField(
        label=_("First language"),
        help_text=_(
            "Large on the poster, and for browsers that ask for none of ours. The others are there too."
        ),
    )

    def __init__(self, *args: Any, units: Q, place: SayPlace | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(units)
        self.fields["language"].choices = [
            (code, capfirst(get_language_info(code)["name_local"])) for code in settings.PUBLIC_LANGUAGES
        ]
        if place:
            del self.fields["unit"]

    def given(self) -> dict[str, Any]:
        """What was said, as the actions want it."""
        given = dict(self.cleaned_data)
        return given | {"languages": [given.pop("language")]}
