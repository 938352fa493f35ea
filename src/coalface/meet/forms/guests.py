"""What is asked when several customers come: whom to invite, who came, who sits where, what was given."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from coalface.customers.forms import CHANNELS
from coalface.meet.actions import Seat
from coalface.records.models import Attendance, Guest

CAME: Final = (("", _("Not said")), ("yes", _("Came")), ("no", _("Did not come")))
SAID: Final = {"": None, "yes": True, "no": False}


def _table() -> forms.IntegerField:
    return forms.IntegerField(
        required=False,
        min_value=1,
        max_value=999,
        widget=forms.NumberInput(attrs={"class": "few", "inputmode": "numeric"}),
    )


class QuotaForm(forms.Form):
    """How many guests of a segment are wanted."""

    segment = forms.ChoiceField(label=_("Segment"))
    wanted = forms.IntegerField(
        label=_("How many"), min_value=0, max_value=999, help_text=_("Nought takes the wish back.")
    )

    def __init__(self, *args: Any, segments: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["segment"].choices = [(one, one) for one in segments]


class InviteForm(forms.Form):
    """One customer, and how we ask them."""

    customer = forms.UUIDField(widget=forms.HiddenInput)
    channel = forms.ChoiceField(label=_("We ask them by"), choices=CHANNELS)


class DrawGuestsForm(forms.Form):
    """How many are drawn, and how we ask them."""

    count = forms.IntegerField(label=_("How many"), min_value=1)
    channel = forms.ChoiceField(label=_("We ask them by"), choices=CHANNELS)
    seed = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, left: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["count"].max_value = left
        self.fields["count"].widget.attrs["max"] = left

    def clean_count(self) -> int:
        most = self.fields["count"].max_value
        if self.cleaned_data["count"] > most:
            raise forms.ValidationError(_("There are %(n)d seats left."), params={"n": most}, code="no_seats")
        return self.cleaned_data["count"]


class SeatsForm(forms.Form):
    """One line for each guest and each of us; whether they came is asked once it took place."""

    def __init__(
        self, *args: Any, guests: Sequence[Guest], ours: Sequence[Attendance], held: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.guests, self.ours, self.held = guests, ours, held
        for guest in guests:
            came = {True: "yes", False: "no"}.get(guest.came, "")
            if held:
                self.fields[f"came_{guest.pk}"] = forms.ChoiceField(
                    choices=CAME, required=False, initial=came
                )
            self.fields[f"agreed_{guest.pk}"] = forms.BooleanField(
                required=False, initial=guest.agreed_at is not None
            )
            self.fields[f"table_{guest.pk}"] = _table()
            self.initial[f"table_{guest.pk}"] = guest.table
        for attendance in ours:
            self.fields[f"seat_{attendance.pk}"] = _table()
            self.initial[f"seat_{attendance.pk}"] = attendance.table

    def guest_lines(self) -> list[dict[str, Any]]:
        """What the page needs for each guest."""
        return [
            {"guest": guest}
            | {name: self[f"{name}_{guest.pk}"] for name in ("agreed", "table")}
            | ({"came": self[f"came_{guest.pk}"]} if self.held else {})
            for guest in self.guests
        ]

    def our_lines(self) -> list[tuple[Attendance, forms.BoundField]]:
        """Each of us, with the field for their table."""
        return [(attendance, self[f"seat_{attendance.pk}"]) for attendance in self.ours]

    def seats(self) -> list[Seat]:
        """What was said of each guest."""
        given = self.cleaned_data
        return [
            Seat(
                guest=guest,
                came=SAID[given[f"came_{guest.pk}"]] if self.held else guest.came,
                agreed=given[f"agreed_{guest.pk}"],
                table=given[f"table_{guest.pk}"],
            )
            for guest in self.guests
        ]

    def our_seats(self) -> list[tuple[Attendance, int | None]]:
        """At which table each of us sits."""
        return [(one, self.cleaned_data[f"seat_{one.pk}"]) for one in self.ours]


class TokenForm(forms.Form):
    """What guests were given as thanks; it is asked afterwards only."""

    token = forms.CharField(label=_("What was it?"), max_length=80)
    value = forms.DecimalField(
        label=_("Worth"), min_value=Decimal(0), max_digits=9, decimal_places=2, help_text=_("For each guest.")
    )
    currency = forms.CharField(
        label=_("Currency"),
        max_length=3,
        validators=[RegexValidator(r"^[A-Z]{3}$", _("Three capital letters, such as EUR."))],
    )
    to = forms.TypedMultipleChoiceField(label=_("Who was given one?"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, guests: Sequence[Guest], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = {str(guest.pk): guest for guest in guests if guest.came}
        self.fields["to"].choices = [(pk, guest.customer.name) for pk, guest in there.items()]
        self.fields["to"].coerce = there.get
        self.fields["to"].initial = list(there)

    def clean_value(self) -> int:
        """In minor units, as all money is kept."""
        return int(self.cleaned_data["value"] * 100)
