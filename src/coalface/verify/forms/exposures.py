"""How much was done, by which counts are divided."""

from datetime import date, timedelta

from django import forms
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from coalface.records.models import Unit

from .days import day, in_order


class ExposureForm(forms.Form):
    """How much was done in a unit, from a day until before another."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("Where"),
        empty_label=None,
        help_text=_("This part of the organisation and everything below it."),
    )
    measure = forms.CharField(
        label=_("What was counted?"),
        max_length=50,
        widget=forms.TextInput(attrs={"list": "measures", "autocomplete": "off"}),
        help_text=_("In one word, the same each time: contacts, orders, visits."),
    )
    from_on = day(
        _("From"), help_text=_("The same place, word and first day again corrects what was recorded.")
    )
    until_on = day(
        _("Until, not including"), help_text=_("A week from a Monday ends on the Monday after it.")
    )
    quantity = forms.IntegerField(
        label=_("How many?"), min_value=0, max_value=10**12, help_text=_("On all these days together.")
    )
    source = forms.CharField(
        label=_("Where is the number from?"),
        max_length=80,
        help_text=_("Such as the till, the booking system or a list at the door."),
    )

    def __init__(self, *args: object, units: QuerySet[Unit], today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        self.today = today

    def clean_measure(self) -> str:
        """One spelling for one thing."""
        measure = slugify(self.cleaned_data["measure"])
        if not measure:
            raise forms.ValidationError(_("Use letters without accents, or digits."))
        return measure

    def clean(self) -> dict[str, object]:
        given: dict[str, object] = super().clean()
        in_order(self, given, "from_on", "until_on")
        if given.get("until_on") and given["until_on"] > self.today + timedelta(days=1):
            self.add_error("until_on", _("This has not happened yet."))
        return given
