"""What is asked when customers decide together."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coalface.records.models import Household, HouseholdKind

KINDS = ((HouseholdKind.HOUSEHOLD, _("A household")), (HouseholdKind.ACCOUNT, _("A company’s account")))


class HouseholdForm(forms.Form):
    """A name: of one that exists, or of a new one."""

    name = forms.CharField(
        label=_("Name of the household or account"),
        max_length=160,
        help_text=_("If one of that name exists, they join it."),
    )
    kind = forms.ChoiceField(label=_("If it is new, it is"), choices=KINDS)

    def existing(self) -> Household | None:
        """The only one of that name, if there is one."""
        found = Household.objects.filter(name__iexact=self.cleaned_data["name"].strip()).order_by("id")[:2]
        return found[0] if len(found) == 1 else None
