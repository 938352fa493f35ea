"""What is asked about something that customers see or hear from us."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from coalface.records.models import CareKind

from .pieces import LONGEST, pills

CARE_KINDS: Final = (
    (CareKind.LETTER, _("Letter or mail")),
    (CareKind.SIGN, _("Sign")),
    (CareKind.REFUSAL, _("Refusal")),
    (CareKind.FORM, _("Form")),
    (CareKind.HOLD_MESSAGE, _("Hold message")),
    (CareKind.OTHER, _("Something else")),
)
VERDICTS: Final = (("yes", _("Yes")), ("no", _("No")))


class JudgedForm(forms.Form):
    """What it is, and whether it says “we care”."""

    name = forms.CharField(
        label=_("What is it?"),
        help_text=_("Such as: the second reminder, the sign at the lift."),
        max_length=120,
    )
    kind = forms.ChoiceField(label=_("Of which kind?"), choices=CARE_KINDS, widget=pills())
    cares = forms.ChoiceField(label=_("Does it say “we care”?"), choices=VERDICTS, widget=pills())
    words = forms.CharField(
        label=_("Its words"),
        help_text=_("For a hold message: what one hears. For anything else, if you like."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_cares(self) -> bool:
        return self.cleaned_data["cares"] == "yes"

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("kind") == CareKind.HOLD_MESSAGE and not given.get("words", "").strip():
            self.add_error("words", _("Write down what one hears."))
        return given


class JudgeForm(JudgedForm):
    """The next thing, with its picture; number and id come with the form, so that it may be sent twice."""

    order = forms.IntegerField(min_value=1, max_value=30_000, widget=forms.HiddenInput)
    photo_id = forms.UUIDField(widget=forms.HiddenInput)
    photo = forms.FileField(
        label=_("Its picture"),
        help_text=_("For all but a hold message. Where it was taken is removed before it is kept."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    field_order = ("name", "kind", "cares", "photo", "words")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        hears = given.get("kind") == CareKind.HOLD_MESSAGE
        if "kind" in given and not hears and not given.get("photo") and "photo" not in self.errors:
            self.add_error("photo", _("Take a picture of it: nobody believes a judgement without one."))
        return given
