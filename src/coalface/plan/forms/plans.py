"""What is asked about a plan, and which part of its board is shown."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from coalface.records.models import Slot, Unit

SEED = {"min_value": 0, "max_value": 2**31 - 1, "widget": forms.HiddenInput}


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


class AgainForm(forms.Form):
    """The page brings the seed, so that pressing twice plans once."""

    seed = forms.IntegerField(**SEED)


class QuarterForm(AgainForm):
    """Which weeks are planned, and for whom."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("For whom"), empty_label=None, help_text=_("Everybody there and below.")
    )
    starts_on = forms.DateField(
        label=_("From"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    until_on = forms.DateField(
        label=_("Until, not including"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def __init__(self, *args: object, units, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        first = next_quarter(today)
        self.fields["starts_on"].initial, self.fields["until_on"].initial = first, next_quarter(first)


def next_quarter(today: date) -> date:
    """The first day of the next quarter of the calendar."""
    month = 3 * ((today.month - 1) // 3) + 4
    return date(today.year + (month > 12), (month - 1) % 12 + 1, 1)


class SlotField(forms.ModelChoiceField):
    """A slot by its time, its place and the seats that are left."""

    def label_from_instance(self, slot: Slot) -> str:
        """As a line of a list."""
        when = date_format(timezone.localtime(slot.starts_at), "D j M, H:i")
        free = _now("%(n)s free") % {"n": slot.seats - slot.taken}
        return f"{when} · {slot.format.name}, {slot.unit.name} · {free}"


class MoveForm(forms.Form):
    """Where else a match could be."""

    slot = SlotField(Slot.objects.none(), label=_("Move it to"), empty_label=None)

    def __init__(self, *args: object, slots, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slot"].queryset = slots
