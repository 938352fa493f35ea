"""What is asked when somebody writes down a customer, a consent or a reason to leave a customer alone."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from coalface.records.models import Channel, Customer, Purpose, RestrictionKind, Unit

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
RESTRICTIONS = (
    (RestrictionKind.DO_NOT_CONTACT, _("Does not want to be contacted")),
    (RestrictionKind.LEGAL_DISPUTE, _("We are in a legal dispute")),
    (RestrictionKind.NEGOTIATION, _("We are negotiating")),
    (RestrictionKind.VULNERABLE, _("Is going through a hard time")),
)


class SearchForm(forms.Form):
    """Which customers to list."""

    q = forms.CharField(label=_("Name or number"), required=False, max_length=80)
    segment = forms.ChoiceField(label=_("Segment"), required=False)
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Served by"), required=False, to_field_name="key", empty_label=_("All")
    )

    def __init__(self, *args: object, segments: list[str], units, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["segment"].choices = [("", _("All")), *((name, name) for name in segments)]
        self.fields["unit"].queryset = units


class CustomerForm(forms.ModelForm):
    """A customer somebody writes down by hand."""

    class Meta:
        model = Customer
        fields = (
            "name",
            "is_company",
            "reference",
            "segment",
            "unit",
            "email",
            "phone",
            "language",
            "since_on",
        )
        labels = {
            "name": _("Name"),
            "is_company": _("This is a company"),
            "reference": _("Customer number"),
            "segment": _("Segment"),
            "unit": _("Served by"),
            "email": _("E-mail"),
            "phone": _("Phone"),
            "language": _("Speaks"),
            "since_on": _("Customer since"),
        }
        help_texts = {
            "segment": _("A word of your own, such as private or trade. Draws are fair among them.")
        }
        widgets = {
            "since_on": forms.DateInput(attrs={"type": "date"}),
            "language": forms.Select(
                choices=[("en", _("English")), ("de", _("German")), ("fr", _("French")), ("it", _("Italian"))]
            ),
        }

    def __init__(self, *args: object, units, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        self.fields["unit"].required = True


class ConsentForm(forms.Form):
    """What the customer said yes to."""

    channel = forms.ChoiceField(label=_("We may reach them by"), choices=CHANNELS)
    purpose = forms.ChoiceField(label=_("For"), choices=PURPOSES)
    wording = forms.CharField(
        label=_("Which text were they shown?"),
        max_length=32,
        help_text=_("The version of your consent text, such as 2026-01."),
    )


class RestrictionForm(forms.Form):
    """Why to leave the customer alone, and until when."""

    kind = forms.ChoiceField(label=_("Why"), choices=RESTRICTIONS)
    until_on = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Leave it empty if it holds until somebody lifts it."),
    )

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_until_on(self) -> date | None:
        """A day that is still to come."""
        until_on = self.cleaned_data["until_on"]
        if until_on and until_on <= self.today:
            raise forms.ValidationError(_("This day has to lie in the future."))
        return until_on
