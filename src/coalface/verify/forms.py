"""What is written down before a fix ships."""

from datetime import date
from typing import Final

from django import forms
from django.core.validators import MinValueValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from coalface.records.models import Person

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


def _in_order(form: forms.Form, given: dict[str, object], first: str, last: str) -> None:
    if given.get(first) and given.get(last) and given[first] >= given[last]:
        form.add_error(last, _("This has to be later."))
