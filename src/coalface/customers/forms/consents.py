"""What is asked when somebody writes down a consent."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from coalface.records.models import Channel, LegalBasis, Purpose

from .directory import LANGUAGES

CHANNELS = (
    (Channel.PHONE, _("Phone")),
    (Channel.EMAIL, _("E-mail")),
    (Channel.LETTER, _("Letter")),
    (Channel.IN_PERSON, _("In person")),
)
PURPOSES = (
    (Purpose.CONVERSATION, _("A conversation")),
    (Purpose.TELLING, _("Hearing what became of what they said")),
    (Purpose.SURVEY, _("A survey")),
    (Purpose.RECORDING, _("Being recorded")),
)

BASES = (
    (LegalBasis.CONSENT, _("Their consent")),
    (LegalBasis.EXISTING_CUSTOMER, _("That they are our customer and have not objected")),
    (LegalBasis.LEGITIMATE_INTEREST, _("Nothing, unless they objected")),
    (LegalBasis.FORBIDDEN, _("It is not done here")),
)


class ConsentForm(forms.Form):
    """What the customer said yes to."""

    channel = forms.ChoiceField(label=_("We may reach them by"), choices=CHANNELS)
    purpose = forms.ChoiceField(label=_("For"), choices=PURPOSES)
    wording = forms.CharField(
        label=_("Which text were they shown?"),
        max_length=32,
        help_text=_("The version of your consent text, such as 2026-01."),
    )
    how = forms.CharField(
        label=_("Where did they say so?"),
        required=False,
        max_length=64,
        help_text=_("Such as: on the form of 3 March, at the counter."),
    )

    def __init__(self, *args: object, versions: Sequence[str] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if versions:
            self.fields["wording"] = forms.ChoiceField(
                label=self.fields["wording"].label, choices=[(one, one) for one in versions]
            )


class WordingForm(forms.Form):
    """The text customers are shown when they are asked."""

    version = forms.CharField(label=_("Version"), max_length=32, help_text=_("Such as 2026-01."))
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    text = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4_000)


class BasisForm(forms.Form):
    """What a channel needs in a country."""

    country = forms.CharField(
        label=_("Country"),
        required=False,
        max_length=2,
        help_text=_("Two letters, such as CH; empty for every country without a row of its own."),
    )
    channel = forms.ChoiceField(label=_("Way"), choices=CHANNELS)
    purpose = forms.ChoiceField(label=_("For"), choices=PURPOSES[:-1])
    basis = forms.ChoiceField(label=_("What it needs"), choices=BASES)

    def clean_country(self) -> str:
        """Two letters, or none."""
        country = self.cleaned_data["country"].strip().upper()
        if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
            raise forms.ValidationError(_("Two letters, such as CH."))
        return country
