"""What is written down before a fix ships."""

from datetime import date, timedelta
from typing import Final

from django import forms
from django.core.validators import MinValueValidator
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from coalface.records.models import Person, Unit

FIRST_DAY: Final = date(2000, 1, 1)


def day(label: str, **more: object) -> forms.DateField:
    """A date with the browser's own picker, in this century: each day of a stretch is looked at."""
    picker = forms.DateInput(attrs={"type": "date", "min": FIRST_DAY.isoformat()})
    return forms.DateField(label=label, widget=picker, validators=[MinValueValidator(FIRST_DAY)], **more)


class PlanForm(forms.Form):
    """The yardstick: what is divided by what, over which days, and who looks at it."""

    measure = forms.ChoiceField(
        label=_("Divide mentions by"),
        help_text=_("So that a busy month does not look like a bad one."),
    )
    baseline_from = day(_("Compare with the time from"))
    baseline_until = day(_("until"))
    spike_from = day(_("Leave out the spike from"), required=False)
    spike_until = day(_("until"), required=False)
    lag_days = forms.IntegerField(
        label=_("Days until it can be felt"),
        min_value=0,
        max_value=365,
        initial=0,
        help_text=_("These days after shipping are not counted."),
    )
    smallest_effect = forms.FloatField(
        label=_("Worth having from"),
        min_value=0.05,
        max_value=0.95,
        help_text=_("0.7 means: at least 30 % fewer. A larger effect can be seen sooner."),
        widget=forms.NumberInput(attrs={"step": "0.05"}),
    )
    judge = forms.ModelChoiceField(
        label=_("Who judges?"),
        queryset=None,
        empty_label=_("Choose somebody"),
        help_text=_("Anybody but the owner; the figures come by themselves on the day they can speak."),
    )

    def __init__(
        self, *args: object, measures: list[str], judges: QuerySet[Person], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].choices = [(one, one.replace("-", " ")) for one in measures or ["contacts"]]
        self.fields["judge"].queryset = judges

    def clean(self) -> dict[str, object]:
        given: dict[str, object] = super().clean()
        _in_order(self, given, "baseline_from", "baseline_until")
        if bool(given.get("spike_from")) != bool(given.get("spike_until")):
            self.add_error("spike_until", _("A spike has two ends."))
        _in_order(self, given, "spike_from", "spike_until")
        return given


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
        _in_order(self, given, "from_on", "until_on")
        if given.get("until_on") and given["until_on"] > self.today + timedelta(days=1):
            self.add_error("until_on", _("This has not happened yet."))
        return given


def _in_order(form: forms.Form, given: dict[str, object], first: str, last: str) -> None:
    if given.get(first) and given.get(last) and given[first] >= given[last]:
        form.add_error(last, _("This has to be later."))
