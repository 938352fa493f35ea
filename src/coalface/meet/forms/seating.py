"""How many tables and rounds, which round comes next, and whom of us to ask."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coalface.records.models import Person


class TablesForm(forms.Form):
    """Tables, seats and rounds; the seed makes the seating repeatable."""

    tables = forms.IntegerField(label=_("Tables"), min_value=1, max_value=40, initial=5)
    per_table = forms.IntegerField(label=_("Seats at a table"), min_value=2, max_value=20, initial=6)
    rounds = forms.IntegerField(label=_("Rounds"), min_value=1, max_value=12, initial=3)
    seed = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class AgainForm(forms.Form):
    """From which round on those who are there are seated again."""

    first = forms.TypedChoiceField(label=_("From round"), coerce=int)

    def __init__(self, *args: Any, rounds: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first"].choices = [(number, number) for number in range(1, rounds + 1)]


class OursForm(forms.Form):
    """Whom of us to ask to the tables."""

    people = forms.ModelMultipleChoiceField(
        Person.objects.none(), label=_("Who of us"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, proposed: Sequence[tuple[Person, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = self.fields["people"]
        people.queryset = Person.objects.filter(pk__in=[person.pk for person, _unit in proposed])
        people.choices = [(person.pk, f"{person.name} · {unit}") for person, unit in proposed]
