"""What is asked about a promise."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coalface.records.models import Customer

from .pieces import LONGEST, choose_among


class PromiseForm(forms.Form):
    """What was promised to a customer, and by when."""

    words = forms.CharField(
        label=_("What did you promise?"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2})
    )
    customer = forms.TypedChoiceField(label=_("To whom?"))
    due_on = forms.DateField(
        label=_("By when?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, guests: Sequence[Customer], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        choose_among(self.fields["customer"], guests)

    def clean_due_on(self) -> date:
        due_on = self.cleaned_data["due_on"]
        if due_on < self.today:
            raise forms.ValidationError(_("That day is over: a promise is for today or later."))
        return due_on
