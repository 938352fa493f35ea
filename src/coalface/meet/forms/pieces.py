"""What several forms of the room share."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from coalface.records.models import Customer, Person

LONGEST = 10_000


def pills() -> forms.RadioSelect:
    """Radio buttons to tap, in a row."""
    return forms.RadioSelect(attrs={"class": "pills"})


def choose_among(field: forms.TypedChoiceField, customers: Sequence[Customer], *before: tuple) -> None:
    """Offer these customers, who are at hand already, without asking the database for each field."""
    field.choices = [*before, *((str(one.pk), one.name) for one in customers)]
    field.coerce = {str(one.pk): one for one in customers}.get


def only_person(found: Sequence[Person], words: str) -> Person:
    """The one person a typed name means; none or several are told apart beside the field."""
    if len(found) == 1:
        return found[0]
    if not found:
        raise forms.ValidationError(
            _("Nobody who works here is called “%(words)s”."), params={"words": words}, code="unknown"
        )
    names = ", ".join(str(person) for person in found)
    raise forms.ValidationError(
        _("Several people are called that: %(names)s."), params={"names": names}, code="several"
    )
