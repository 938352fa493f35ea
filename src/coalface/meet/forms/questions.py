"""What somebody in the audience asks, and what the team was told after an incognito visit."""

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from coalface.meet.actions import LONGEST_QUESTION
from coalface.records.models import Speaker

from .pieces import LONGEST, pills

ASKERS: Final = ((Speaker.CUSTOMER, _("I am a customer")), (Speaker.EMPLOYEE, _("I work here")))


class QuestionForm(forms.Form):
    """One question from the audience; the field that nobody sees is for machines that fill in everything."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("What would you like to ask?"),
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    said_by = forms.ChoiceField(
        label=_("Who are you?"), choices=ASKERS, initial=Speaker.CUSTOMER, widget=pills()
    )
    website = forms.CharField(
        required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
    )

    def clean_text(self) -> str:
        return self.cleaned_data["text"].replace("\r\n", "\n")


class DisclosureForm(forms.Form):
    """What the team was told."""

    debrief = forms.CharField(
        label=_("What did you tell the team?"),
        help_text=_("That it was you, what you saw, and what you make of it. No names."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean_debrief(self) -> str:
        return self.cleaned_data["debrief"].replace("\r\n", "\n")
