"""What is asked when somebody writes down a consent."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coalface.records.models import Channel, Purpose

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


class ConsentForm(forms.Form):
    """What the customer said yes to."""

    channel = forms.ChoiceField(label=_("We may reach them by"), choices=CHANNELS)
    purpose = forms.ChoiceField(label=_("For"), choices=PURPOSES)
    wording = forms.CharField(
        label=_("Which text were they shown?"),
        max_length=32,
        help_text=_("The version of your consent text, such as 2026-01."),
    )
