"""What several forms of the room share."""

from collections.abc import Sequence
from datetime import date

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _

from coalface.meet.queries import customers_called, people_called
from coalface.records.models import Customer, Person

LONGEST = 10_000


def pills() -> forms.RadioSelect:
    """Radio buttons to tap, in a row."""
    return forms.RadioSelect(attrs={"class": "pills"})


def colleague_input() -> forms.TextInput:
    """A name to type, with those of colleagues to choose from."""
    return forms.TextInput(attrs={"list": "colleagues", "autocomplete": "off"})


def choose_among(field: forms.TypedChoiceField, customers: Sequence[Customer], *before: tuple) -> None:
    """Offer these customers, who are at hand already, without asking the database for each field."""
    field.choices = [*before, *((str(one.pk), one.name) for one in customers)]
    field.coerce = {str(one.pk): one for one in customers}.get


def colleague_called(words: str, today: date) -> Person | None:
    """The one colleague a typed name means; nobody for no words."""
    if not words.strip():
        return None
    found = people_called(words.strip(), today)
    if len(found) == 1:
        return found[0]
    if not found:
        raise forms.ValidationError(_("Nobody who works here is called “%(words)s”.") % {"words": words})
    names = ", ".join(str(person) for person in found)
    raise forms.ValidationError(_("Several people are called that: %(names)s.") % {"names": names})


def customer_called(words: str, within: Q) -> Customer | None:
    """The one customer a typed number or name means; nobody for no words."""
    words = words.strip()
    if not words:
        return None
    found = customers_called(words, within)
    if len(found) == 1:
        return found[0]
    if not found:
        raise forms.ValidationError(
            _("We know no customer by “%(words)s”."), params={"words": words}, code="unknown"
        )
    names = "; ".join(f"{one.name} ({one.reference})" if one.reference else one.name for one in found)
    raise forms.ValidationError(
        _("Several customers fit: %(names)s."), params={"names": names}, code="several"
    )
