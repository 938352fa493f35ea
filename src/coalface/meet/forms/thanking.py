"""How a customer was thanked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ThankForm(forms.Form):
    """By a call, if they agreed to calls, or face to face."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    how = forms.ChoiceField(choices=[])

    def __init__(self, *args: Any, may_call: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = ("here", _("I thanked them when they were here"))
        self.fields["how"].choices = [("called", _("I have called them")), here] if may_call else [here]
