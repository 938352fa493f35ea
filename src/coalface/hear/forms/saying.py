"""What customers are asked on the public pages: as little as possible, and nothing about themselves."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from coalface.records.models import Kind

LONGEST: Final = 5_000
SAYABLE: Final = (
    (Kind.COMPLIMENT, _("Something was good")),
    (Kind.COMPLAINT, _("Something was not right")),
    (Kind.IDEA, _("I have an idea")),
    (Kind.QUESTION, _("I have a question")),
)


class SayForm(forms.Form):
    """Step one, which is enough. What nobody sees is for machines that fill in everything, or send much."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=SAYABLE,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one of these.")},
    )
    text = forms.CharField(
        label=_("In your own words"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Please write a few words.")},
    )
    website = forms.CharField(
        required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
    )
    token = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    number = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        return self.cleaned_data["text"].replace("\r\n", "\n")


class LookForm(forms.Form):
    """Number and secret of a receipt, as they were written down."""

    number = forms.CharField(
        label=_("Number"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    secret = forms.CharField(
        label=_("Secret"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class AnswerMeForm(forms.Form):
    """Step two, for those who want it."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("This does not look like an e-mail address.")},
    )

    def __init__(self, *args: Any, shared: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if shared:  # a screen in the shop remembers nobody's address
            self.fields["email"].widget.attrs["autocomplete"] = "off"


class WordsForm(forms.Form):
    """More words about the same thing; the form chose the id, so that pressing twice sends them once."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("What would you like to add?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Please write a few words.")},
    )

    def clean_text(self) -> str:
        return self.cleaned_data["text"].replace("\r\n", "\n")
