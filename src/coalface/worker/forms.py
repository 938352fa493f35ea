"""What is asked when another system is to be told, or is to tell us."""

from django import forms
from django.utils.translation import gettext_lazy as _

from coalface.hear.actions import OURS
from coalface.records.models import Unit

KINDS = (
    ("feedback.taken_in", _("Feedback came in")),
    ("remark.noted", _("Something was noted at an encounter")),
    ("issue.confirmed", _("An issue was confirmed")),
    ("issue.merged", _("Two issues became one")),
    ("fix.opened", _("A fix was opened")),
    ("fix.accepted", _("A fix was accepted")),
    ("fix.shipped", _("A fix is live")),
    ("fix.declined", _("A fix was declined")),
    ("fix.judged", _("A fix was judged")),
    ("customers.added", _("Customers were added")),
    ("customer.written", _("A customer changed")),
    ("exposures.recorded", _("It was recorded how much was done")),
)


class WebhookForm(forms.Form):
    """Whom to tell of what."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("So that you know it again."))
    address = forms.URLField(
        label=_("Address"),
        max_length=500,
        assume_scheme="https",
        help_text=_("Begins with https:// and lies outside your own network."),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Tell it when"), choices=KINDS, widget=forms.CheckboxSelectMultiple
    )


class InboundForm(forms.Form):
    """Who may tell us, and where what they tell belongs."""

    name = forms.CharField(label=_("Name"), max_length=80)
    source = forms.RegexField(
        r"^[-a-z0-9_.]{1,40}$",
        label=_("Source"),
        help_text=_("A short name for the system, in small letters: what it sends is told apart by it."),
    )
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Belongs to"), empty_label=None)
    text = forms.CharField(label=_("The words are in"), max_length=120, initial="text")
    id = forms.CharField(
        label=_("The id is in"),
        max_length=120,
        initial="id",
        help_text=_("The field of what is sent; a field inside another one is written as answer.text."),
    )
    kind = forms.CharField(
        label=_("The kind is in"),
        max_length=120,
        required=False,
        help_text=_("Empty, or something we do not know: everything is a complaint."),
    )

    def __init__(self, *args: object, units, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units

    def clean_source(self) -> str:
        """Another name than those under which we keep what was said to ourselves."""
        source = self.cleaned_data["source"]
        if source in OURS:
            raise forms.ValidationError(_("We write under this name ourselves. Choose another one."))
        return source
