"""What a guest proposes instead, and what one of us heard them answer."""

from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _


class OtherTimeForm(forms.Form):
    """A day and a time of the place where it is to be."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone: Final = ZoneInfo(zone)

    def start(self) -> datetime:
        """The moment that is meant."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"], tzinfo=self.zone)

    def refuse_time(self) -> None:
        """It has passed, or is too far away."""
        self.add_error("day", _("Please choose a day and a time that are still to come, within a year."))
