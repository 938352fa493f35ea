"""What is asked when an insight meeting is called, and of each point in it."""

from datetime import date

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coalface.act.queries import owners
from coalface.records.models import InsightMeeting, Unit

from .fixes import day


class CallForm(forms.Form):
    """Where, when, and who leads through it."""

    unit = forms.ModelChoiceField(label=_("Of which unit?"), queryset=None, empty_label=None)
    starts_at = forms.DateTimeField(
        label=_("When?"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    chair = forms.ModelChoiceField(label=_("Who leads through it?"), queryset=None, empty_label=None)

    def __init__(self, *args: object, units: Q, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(units).order_by("path")
        self.fields["chair"].queryset = owners(today)


class PresentForm(forms.Form):
    """Who is there."""

    present = forms.ModelMultipleChoiceField(
        label=_("Who is present?"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: object, meeting: InsightMeeting, today: date, **kwargs: object) -> None:
        there = [one.pk for one in meeting.present.all()]
        super().__init__(*args, initial={"present": there}, **kwargs)
        self.fields["present"].queryset = owners(today)


class PointForm(forms.Form):
    """Something to talk about."""

    title = forms.CharField(label=_("Another point"), max_length=160)


class MinuteForm(forms.Form):
    """What was said, and who does what by when."""

    minutes = forms.CharField(
        label=_("What was said and agreed"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    owner = forms.ModelChoiceField(
        label=_("Who does it?"), queryset=None, required=False, empty_label=_("nobody in particular")
    )
    due_on = forms.DateField(label=_("By when?"), required=False, widget=day())
    settled = forms.BooleanField(
        label=_("Settled"),
        required=False,
        help_text=_("What is not settled comes first on the next agenda."),
    )

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners(today)
