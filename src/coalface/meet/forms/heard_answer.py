"""What a guest answered to one of us, by phone or on paper."""

from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from coalface.records.models import GuestAnswer

from .pieces import pills

HEARD: Final = (
    (GuestAnswer.NONE, _("Asked, no answer yet")),
    (GuestAnswer.COMES, _("They come")),
    (GuestAnswer.OTHER_TIME, _("They propose another time")),
    (GuestAnswer.DECLINES, _("Not this time")),
    (GuestAnswer.NEVER, _("Never contact them again")),
)


class HeardAnswerForm(forms.Form):
    """The answer, and the time where they propose one."""

    answer = forms.ChoiceField(label=_("Their answer"), choices=HEARD, widget=pills())
    start = forms.DateTimeField(
        label=_("The time they propose"),
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("In the time of the place, and only if they propose one."),
    )

    def __init__(self, *args: Any, zone: str, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.now = ZoneInfo(zone), now

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        wants = given.get("answer") == GuestAnswer.OTHER_TIME
        start = given.get("start")
        given["start"] = start.replace(tzinfo=self.zone) if start and wants else None
        if wants and not (given["start"] and given["start"] > self.now):
            self.add_error("start", _("Say which time, still to come."))
        return given
