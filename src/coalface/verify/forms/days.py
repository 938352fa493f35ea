"""Fields that several forms of this room have."""

from datetime import date
from typing import Final

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

FIRST_DAY: Final = date(2000, 1, 1)


def day(label: str, **more: object) -> forms.DateField:
    """A date with the browser's own picker, in this century: each day of a stretch is looked at."""
    picker = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "min": FIRST_DAY.isoformat()})
    return forms.DateField(label=label, widget=picker, validators=[MinValueValidator(FIRST_DAY)], **more)


def in_order(form: forms.Form, given: dict[str, object], first: str, last: str) -> None:
    if given.get(first) and given.get(last) and given[first] >= given[last]:
        form.add_error(last, _("This has to be later."))
