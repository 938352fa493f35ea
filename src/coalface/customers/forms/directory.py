"""What is asked when somebody looks for a customer or writes one down."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coalface.records.models import Customer, Unit


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
