"""What is asked about hours, absences and a calendar of one's own."""

import re
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Final

from babel import Locale
from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

STRETCH: Final = re.compile(r"(\d{1,2})[:.](\d{2})\s*[-–—]\s*(\d{1,2})[:.](\d{2})")
NOT_HOURS: Final = _("Write hours such as 8:00–12:00, 13:00–17:00, the earlier ones first.")
MOMENT: Final = {
    "input_formats": ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
}
LONGEST: Final = timedelta(days=366)


def stretches(text: str) -> list[tuple[time, time]]:
    """Hours as people write them; ValueError if they are none, or not one after the other."""
    found = []
    for part in filter(None, (one.strip() for one in text.split(","))):
        match = STRETCH.fullmatch(part)
        if match is None:
            raise ValueError(part)
        hour, minute, last_hour, last_minute = map(int, match.groups())
        until = time(23, 59) if (last_hour, last_minute) == (24, 0) else time(last_hour, last_minute)
        if until <= time(hour, minute) or (found and time(hour, minute) < found[-1][1]):
            raise ValueError(part)
        found.append((time(hour, minute), until))
    return found


class HoursForm(forms.Form):
    """A line for each weekday; an empty one: not that day. All empty: as the unit."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for day, name in WEEKDAYS.items():
            self.fields[f"day_{day}"] = forms.CharField(label=name, max_length=80, required=False)
        self.fields["day_0"].help_text = _("Such as 8:00–12:00, 13:00–17:00. Empty: not on this day.")

    def clean(self) -> dict[str, object]:
        """The week in stretches."""
        given, week = super().clean(), []
        for day in WEEKDAYS:
            try:
                week += [(day, start, end) for start, end in stretches(given.get(f"day_{day}", ""))]
            except ValueError:
                self.add_error(f"day_{day}", NOT_HOURS)
        return {name: value for name, value in given.items() if not name.startswith("day_")} | {"week": week}


class UnitHoursForm(HoursForm):
    """Hours of a place, and the country whose public holidays it has."""

    country = forms.ChoiceField(label=_("Public holidays of"), required=False)
    subdivision = forms.CharField(
        label=_("State or canton"),
        required=False,
        max_length=8,
        help_text=_("Where its holidays differ from the rest of the country: a short form such as ZH or BY."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([*(f"day_{day}" for day in WEEKDAYS), "country", "subdivision"])
        self.fields["country"].choices = [("", _("As the unit above")), *_countries()]

    def clean(self) -> dict[str, object]:
        """A part of the country that was chosen."""
        given = super().clean()
        part = given.get("subdivision", "").strip().upper()
        given["subdivision"] = part
        parts = _parts(given.get("country", ""))
        if part and given.get("country") and part not in parts:
            only = _("Holidays differ in these parts only: %(parts)s") % {"parts": ", ".join(parts)}
            same = _("Holidays are the same everywhere in this country.")
            self.add_error("subdivision", only if parts else same)
        return given


def _countries() -> list[tuple[str, str]]:
    from holidays import list_supported_countries

    names = Locale.parse(get_language() or "en", sep="-").territories
    known = list_supported_countries(include_aliases=False)
    return sorted(((code, names[code]) for code in known if code in names), key=lambda one: one[1])


def _parts(country: str) -> list[str]:
    from holidays import list_supported_countries

    return sorted(list_supported_countries(include_aliases=False).get(country, []))


class AwayForm(forms.Form):
    """When somebody cannot; nobody asks why."""

    starts_at = forms.DateTimeField(
        label=_("From"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        **MOMENT,
    )
    ends_at = forms.DateTimeField(
        label=_("Until"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        **MOMENT,
    )

    def __init__(self, *args: object, now: datetime, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def clean(self) -> dict[str, object]:
        """A time that ends after it begins, and is not over."""
        given = super().clean()
        starts, ends = given.get("starts_at"), given.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("This has to be after the beginning."))
        elif ends and ends <= self.now:
            self.add_error("ends_at", _("This time has passed."))
        elif starts and ends and ends - starts > LONGEST:
            self.add_error("ends_at", _("That is longer than a year."))
        return given


class CalendarForm(forms.Form):
    """Where one's own calendar is; the password is never shown again."""

    address = forms.URLField(
        label=_("Address of the server or of the calendar"),
        max_length=500,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
    )
    user_name = forms.CharField(
        label=_("User name there"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    password = forms.CharField(
        label=_("Password there"),
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Better one for this program alone, if your provider offers that."),
    )

    def __init__(self, *args: object, found: Sequence[tuple[str, str]] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if found:  # several calendars are there: ask which one instead of where
            self.fields["address"] = forms.ChoiceField(label=_("Which calendar"), choices=found)
