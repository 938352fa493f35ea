"""What is asked before and after a hands-on shift."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coalface.records.models import Person, Shift

from .pieces import LONGEST, colleague_called, colleague_input


class ShiftForm(forms.Form):
    """Who looks after the guest worker, and what they will do."""

    buddy = forms.CharField(
        label=_("Who is the buddy?"),
        help_text=_("A colleague who does this job and stays beside."),
        max_length=200,
        widget=colleague_input(),
    )
    tasks = forms.CharField(
        label=_("Which tasks are safe?"),
        help_text=_("One per line. Nothing that could hurt a customer, a colleague or the till."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    at_peak = forms.BooleanField(label=_("It is at a peak hour"), required=False)
    host = forms.CharField(
        label=_("Who is the host?"),
        help_text=_("Whoever is in charge there. At a peak hour it takes place only if they agree."),
        max_length=200,
        required=False,
        widget=colleague_input(),
    )

    def __init__(self, *args: Any, today: date, shift: Shift | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if shift:
            self.initial = {
                "buddy": shift.buddy.name,
                "tasks": shift.tasks,
                "at_peak": shift.at_peak,
                "host": shift.host.name if shift.host else "",
            }

    def clean_buddy(self) -> Person | None:
        return colleague_called(self.cleaned_data["buddy"], self.today)

    def clean_host(self) -> Person | None:
        return colleague_called(self.cleaned_data["host"], self.today)


class DidForm(forms.Form):
    """What the guest worker did."""

    text = forms.CharField(
        label=_("What did you do?"),
        help_text=_("The work itself, in a few sentences."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
