"""Which slots to show, and what is asked when somebody offers one."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coalface.records.models import Unit

from .planning import MeetingForm


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


class OfferForm(MeetingForm):
    """A time and a place at which customers can be met, once or every week."""

    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=600, required=False)
    seats = forms.IntegerField(label=_("How many of us fit in"), min_value=1, max_value=500, initial=1)
    customers = forms.IntegerField(
        label=_("Customers asked by name for each of us"),
        min_value=0,
        max_value=100,
        required=False,
        help_text=_("0: nobody is asked, and whoever comes is met. Empty: as the format has it."),
    )
    repeat_until = forms.DateField(
        label=_("Every week until"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    host = forms.ModelChoiceField(None, label=_("Host"), required=False, empty_label=_("Nobody"))
    buddy = forms.ModelChoiceField(None, label=_("Buddy"), required=False, empty_label=_("Nobody"))
    field_order = (
        "format", "unit", "starts_at", "repeat_until", "minutes", "seats", "customers", "host", "buddy",
    )  # fmt: skip

    def __init__(self, *args: object, people, **kwargs: object) -> None:
        super().__init__(*args, people=people, **kwargs)
        del self.fields["person"]
        for name in ("host", "buddy"):
            self.fields[name].queryset = people
        self.fields["starts_at"].help_text = _("By the clock of that place.")
        self.fields["minutes"].help_text = _("Empty: as the format has it.")

    def clean(self) -> dict[str, object]:
        """The hour is that of the place, wherever the form was filled in."""
        given = super().clean()
        at, unit = given.get("starts_at"), given.get("unit")
        if at and unit:
            given["starts_at"] = _by_the_clock_of(unit, at)
        return given

    def clean_repeat_until(self) -> date | None:
        """A day that follows the first slot."""
        until, at = self.cleaned_data["repeat_until"], self.cleaned_data.get("starts_at")
        if until and at and until < timezone.localdate(at):
            raise forms.ValidationError(_("This is before the first one."))
        return until


class SeatsForm(forms.Form):
    """How many more of us may come."""

    number = forms.IntegerField(label=_("More seats"), min_value=1, max_value=499, initial=1)


def _by_the_clock_of(unit: Unit, at: datetime) -> datetime:
    return timezone.make_naive(at).replace(tzinfo=ZoneInfo(unit.time_zone))
