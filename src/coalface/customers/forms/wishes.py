"""What is asked when a wish to be forgotten cannot be carried out."""

from django import forms
from django.utils.translation import gettext_lazy as _

REASONS = (
    ("legal_claim", _("A legal claim is open that needs what we hold")),
    ("legal_duty", _("A law makes us keep it")),
    ("who_is_unclear", _("It is not clear that they are who they say")),
    ("unfounded", _("The wish is plainly unfounded or repeated")),
)


class RefusalForm(forms.Form):
    """Why not."""

    reason = forms.ChoiceField(label=_("Why it cannot be done"), choices=REASONS)
