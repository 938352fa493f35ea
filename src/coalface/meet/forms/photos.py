"""What is asked when a photo is added to something that was said or seen."""

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from coalface.records.models import Refusal

REFUSED: Final = {
    Refusal.NOT_A_PHOTO: _("This is not a picture we know: take a JPEG, PNG, WebP or HEIC."),
    Refusal.BROKEN: _("This picture is broken. Please take it once more."),
    Refusal.TOO_LARGE: _("This picture is too large."),
}


class PhotoForm(forms.Form):
    """One photo; the id comes with the form, so that it may be sent twice."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    photo = forms.FileField(
        label=_("Which photo?"),
        help_text=_("Where it was taken is removed before it is kept."),
        error_messages={"required": _("Choose a photo.")},
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
