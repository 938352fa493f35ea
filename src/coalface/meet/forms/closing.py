"""What is asked right after an encounter: who took part, who looked on, what to do differently."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coalface.plan.forms import DEPTHS
from coalface.records.models import Depth, Person

from .encounters import MinutesForm
from .pieces import LONGEST, colleague_called, colleague_input


class OnlookersForm(forms.Form):
    """Who came along, asked once."""

    entourage = forms.IntegerField(
        label=_("How many others came along from our side?"), min_value=0, max_value=500, initial=0
    )
    camera = forms.BooleanField(label=_("A camera was there"), required=False)
    press = forms.BooleanField(label=_("The press was there"), required=False)


class TakePartForm(MinutesForm):
    """Another one of us, how deep and how long."""

    person = forms.CharField(
        label=_("Who?"),
        max_length=200,
        widget=colleague_input(),
    )
    depth = forms.ChoiceField(
        label=_("How close"), choices=[pair for pair in DEPTHS if pair[0] != Depth.READING]
    )
    field_order = ("person", "depth", "minutes")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_person(self) -> Person:
        return colleague_called(self.cleaned_data["person"], self.today)


class ReflectionForm(forms.Form):
    """One question to each of us who was there."""

    words = forms.CharField(
        label=_("What will I do differently?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
