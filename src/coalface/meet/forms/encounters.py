"""What is asked when an encounter takes place, or does not."""

from datetime import date
from typing import Any, Final

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coalface.records.models import Customer, Format, FormatKind, Outcome, Person, Unit

from .pieces import colleague_called, colleague_input, customer_called, pills

# On which side it was: what we fail in never counts against a customer.
THEY_CANCELLED: Final = "they_cancelled"
WE_DID_NOT_COME: Final = "we_did_not_come"
ENDS: Final = (
    (Outcome.CANCELLED, _("We called it off")),
    (THEY_CANCELLED, _("The customer called it off")),
    (Outcome.NO_SHOW, _("The customer did not come")),
    (WE_DID_NOT_COME, _("We did not come")),
    (Outcome.DELEGATED, _("Somebody else went")),
)


class MinutesForm(forms.Form):
    """How long it took."""

    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=1440)


class HoldForm(MinutesForm):
    """What is asked once when an encounter took place."""

    entourage = forms.IntegerField(
        label=_("How many others came along from our side?"),
        help_text=_("Leave it empty to be asked later."),
        min_value=0,
        max_value=500,
        required=False,
    )
    camera = forms.BooleanField(label=_("A camera was there"), required=False)
    press = forms.BooleanField(label=_("The press was there"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("entourage") is None and (given.get("camera") or given.get("press")):
            given["entourage"] = 0
        return given


class CallOffForm(forms.Form):
    """Why it did not take place, and who goes instead."""

    outcome = forms.ChoiceField(label=_("What happened?"), choices=ENDS, widget=pills())
    to = forms.CharField(
        label=_("Who goes instead?"),
        required=False,
        max_length=200,
        help_text=_("Only if somebody else goes. The guests stay the same, and nobody asks them again."),
        widget=colleague_input(),
    )

    def __init__(self, *args: Any, today: date, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.by = today, by

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        words = given.get("to", "").strip()
        if given.get("outcome") != Outcome.DELEGATED:
            given["to"] = None
        elif not words:
            self.add_error("to", _("Say who goes instead."))
        else:
            self._find(given, words)
        return given

    def _find(self, given: dict[str, Any], words: str) -> None:
        try:
            given["to"] = colleague_called(words, self.today)
        except forms.ValidationError as refused:
            self.add_error("to", refused)
        if given.get("to") == self.by:
            self.add_error("to", _("That is you."))


class DropInForm(MinutesForm):
    """A customer was met without a plan."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    format = forms.ModelChoiceField(
        label=_("How did you meet?"),
        queryset=Format.objects.exclude(kind=FormatKind.SHIFT).order_by("name", "id"),
        empty_label=None,
    )
    unit = forms.ModelChoiceField(label=_("Where?"), queryset=Unit.objects.all(), empty_label=None)
    customer = forms.CharField(
        label=_("Which customer?"),
        help_text=_("Their number or name. Leave it empty if you do not know."),
        required=False,
        max_length=160,
    )
    field_order = ("customer", "format", "unit", "minutes")

    def __init__(self, *args: Any, within: Q, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.within = within

    def clean(self) -> dict[str, Any]:
        """Whoever is met incognito is met unknown."""
        given = super().clean()
        format = given.get("format")
        if given.get("customer") and format and format.kind == FormatKind.INCOGNITO:
            self.add_error("customer", _("Nobody is named beforehand on an incognito visit."))
        return given

    def clean_customer(self) -> Customer | None:
        return customer_called(self.cleaned_data["customer"], self.within)
