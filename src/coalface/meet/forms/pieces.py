"""What several forms of the room share."""

from collections.abc import Sequence

from django import forms

from coalface.records.models import Customer

LONGEST = 10_000


def pills() -> forms.RadioSelect:
    """Radio buttons to tap, in a row."""
    return forms.RadioSelect(attrs={"class": "pills"})


def choose_among(field: forms.TypedChoiceField, customers: Sequence[Customer], *before: tuple) -> None:
    """Offer these customers, who are at hand already, without asking the database for each field."""
    field.choices = [*before, *((str(one.pk), one.name) for one in customers)]
    field.coerce = {str(one.pk): one for one in customers}.get
