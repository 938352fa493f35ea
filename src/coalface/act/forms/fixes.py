"""What is asked when a fix is opened, declined or looked for."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from coalface.act.queries import owners
from coalface.records.models import Lane, Unit

LANES = {
    Lane.THIS_WEEK: _("This week: easy, somebody can simply do it"),
    Lane.NEEDS_A_DECISION: _("Needs a decision"),
    Lane.OPPORTUNITY: _("Opportunity: something new"),
}


SHOWN = {"open": _("To do"), "shipped": _("Shipped"), "declined": _("Declined")}


WHOSE = {"": _("Everybody’s"), "mine": _("Mine")}


class FixForm(forms.Form):
    """A change, who makes it, where, and by when."""

    title = forms.CharField(
        label=_("What will be different?"),
        max_length=160,
        help_text=_("As you would tell it to a customer: they will read this line."),
    )
    lane = forms.ChoiceField(
        label=_("How big is it?"),
        choices=list(LANES.items()),
        widget=forms.RadioSelect,
        initial=Lane.THIS_WEEK,
    )
    owner = forms.ModelChoiceField(
        label=_("Who looks after it?"),
        queryset=None,
        help_text=_("They are asked to accept it; until then nobody has it."),
    )
    unit = forms.ModelChoiceField(
        label=_("Where?"), queryset=Unit.objects.order_by("path"), required=False, empty_label=_("Everywhere")
    )
    due_on = forms.DateField(label=_("By when?"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["owner"].queryset = owners(today)
        self.fields["due_on"].widget.attrs["min"] = today.isoformat()

    def clean_due_on(self) -> date:
        due_on: date = self.cleaned_data["due_on"]
        if due_on < self.today:
            raise forms.ValidationError(_("This day is over; choose one to come."))
        return due_on


class DeclineForm(forms.Form):
    """A no with its reason."""

    reason = forms.CharField(
        label=_("Why not?"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody who raised it can read this."),
    )


class FilterForm(forms.Form):
    """Which fixes to show."""

    show = forms.ChoiceField(label=_("State"), choices=list(SHOWN.items()), required=False)
    whose = forms.ChoiceField(label=_("Whose"), choices=list(WHOSE.items()), required=False)
    unit = forms.ModelChoiceField(
        label=_("Where"), queryset=Unit.objects.order_by("path"), required=False, empty_label=_("Everywhere")
    )
