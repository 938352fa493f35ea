"""Which verdicts to show."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coalface.records.models import Unit

SHOWN = {
    "": _("All"),
    "waiting": _("Waiting to be judged"),
    "planned": _("To be shipped"),
    "verified": _("Verified"),
    "improved_not_proven": _("Improved, not proven"),
    "no_change": _("No change"),
    "worse": _("Worse"),
    "relapsed": _("Relapsed"),
    "not_enough_evidence": _("Not enough evidence"),
}


class FilterForm(forms.Form):
    """What the list of verdicts is narrowed to; kept in the address."""

    show = forms.ChoiceField(label=_("Verdict"), choices=list(SHOWN.items()), required=False)
    unit = forms.ModelChoiceField(
        label=_("Where?"), queryset=Unit.objects.order_by("path"), required=False, empty_label=_("Everywhere")
    )
