"""What is asked when a customer is to be left alone."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from coalface.records.models import RestrictionKind

RESTRICTIONS = (
    (RestrictionKind.DO_NOT_CONTACT, _("Does not want to be contacted")),
    (RestrictionKind.LEGAL_DISPUTE, _("We are in a legal dispute")),
    (RestrictionKind.NEGOTIATION, _("We are negotiating")),
    (RestrictionKind.VULNERABLE, _("Is going through a hard time")),
)


class RestrictionForm(forms.Form):
    """Why to leave the customer alone, and until when."""

    kind = forms.ChoiceField(label=_("Why"), choices=RESTRICTIONS)
    until_on = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
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
