"""What is asked about one step of an own walk."""

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from coalface.records.models import Touchpoint

from .pieces import LONGEST, pills

EFFORT: Final = [(1, _("1 easy")), (2, "2"), (3, "3"), (4, "4"), (5, _("5 hard"))]
FEELING: Final = [(1, _("1 bad")), (2, "2"), (3, "3"), (4, "4"), (5, _("5 good"))]
# The first names to choose from; afterwards those of the walk before.
NAMES: Final = (
    _("Find the telephone number"),
    _("Menu, step 1"),
    _("Menu, step 2"),
    _("Wait in the queue"),
    _("Reached a human"),
    _("Find out who is responsible"),
    _("Find the owner"),
    _("Get an answer"),
)


class StepForm(forms.Form):
    """What had to be done, how long it took, and how it felt."""

    name = forms.CharField(
        label=_("What did you have to do?"),
        max_length=120,
        widget=forms.TextInput(attrs={"list": "steps-walked", "autocomplete": "off"}),
    )
    seconds = forms.IntegerField(
        label=_("Seconds"),
        min_value=0,
        max_value=86_400,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    effort = forms.TypedChoiceField(label=_("How much effort?"), choices=EFFORT, coerce=int, widget=pills())
    feeling = forms.TypedChoiceField(label=_("How did it feel?"), choices=FEELING, coerce=int, widget=pills())
    human = forms.BooleanField(label=_("Here a human answered"), required=False)
    broke = forms.BooleanField(label=_("It broke here"), required=False)


class NextStepForm(StepForm):
    """The next step; its number comes with the form, so that sending it twice changes nothing."""

    order = forms.IntegerField(min_value=1, max_value=30_000, widget=forms.HiddenInput)


class BrokenForm(forms.Form):
    """What stood in the way where a step broke."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    reading = forms.CharField(
        label=_("What stood in the way?"),
        help_text=_("As you saw it. It becomes a remark with an answer of its own."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    touchpoint = forms.ModelChoiceField(
        label=_("Where do they meet this?"),
        queryset=Touchpoint.objects.all(),
        required=False,
        empty_label=_("Not said"),
    )
