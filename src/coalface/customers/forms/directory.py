"""What is asked when somebody looks for a customer or writes one down."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coalface.records.models import Customer, Stage, Unit


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


LANGUAGES = (
    ("en", _("English")),
    ("de", _("German")),
    ("fr", _("French")),
    ("it", _("Italian")),
    ("es", _("Spanish")),
    ("nl", _("Dutch")),
    ("pl", _("Polish")),
)
STAGES = (
    (Stage.BEFORE, _("Not a customer yet")),
    (Stage.JOINING, _("Just joining")),
    (Stage.USING, _("With us")),
    (Stage.PROBLEM, _("Has a problem")),
    (Stage.CHANGE, _("Something is changing")),
    (Stage.LEAVING, _("About to leave")),
)


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
            "since_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "language": forms.Select(choices=LANGUAGES),
        }

    def __init__(self, *args: object, units, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        self.fields["unit"].required = True


class EditForm(CustomerForm):
    """What may be put right; `seen` says what stood there when the form was opened."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=32)

    class Meta(CustomerForm.Meta):
        fields = (*CustomerForm.Meta.fields, "stage", "country", "account_owner")
        labels = CustomerForm.Meta.labels | {
            "stage": _("Where they stand with us"),
            "country": _("Country"),
            "account_owner": _("Looked after by"),
        }
        help_texts = CustomerForm.Meta.help_texts | {
            "country": _("Two letters, such as CH. It decides what a channel needs."),
        }
        widgets = CustomerForm.Meta.widgets | {
            "country": forms.TextInput(attrs={"maxlength": 2, "size": 2, "autocomplete": "off"}),
        }

    def __init__(self, *args: object, colleagues: Any, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        language = self.instance.language
        if language not in dict(LANGUAGES):
            self.fields["language"].widget.choices = [*LANGUAGES, (language, language)]
        self.fields["stage"].choices = STAGES
        self.fields["account_owner"].queryset = colleagues
        self.fields["account_owner"].empty_label = _("Nobody")
        self.fields["unit"].required = False

    def clean_country(self) -> str:
        """Two letters, however they were typed."""
        country = self.cleaned_data["country"].strip().upper()
        if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
            raise forms.ValidationError(_("Two letters, such as CH."))
        return country
