"""What is asked when a fix is given on, decided about, merged, or made to wait for another."""

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from coalface.act.queries import could_be_needed, could_become, likely_needed, owners
from coalface.records.models import Decided, Fix

from .fixes import day, not_over


class OfferForm(forms.Form):
    """Who is asked to take a fix on."""

    to = forms.ModelChoiceField(
        label=_("Who should look after it?"),
        queryset=None,
        empty_label=_("choose somebody"),
        help_text=_("It stays yours until they say yes."),
    )

    def __init__(self, *args: object, today: date, owner: int, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = owners(today).exclude(pk=owner)


class ReturnForm(forms.Form):
    """No, and why."""

    reason = forms.CharField(
        label=_("Why not you?"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever gave it to you reads this and looks for somebody else."),
    )


class AskForm(forms.Form):
    """Who decides, and by when."""

    decider = forms.ModelChoiceField(label=_("Who decides?"), queryset=None, empty_label=_("choose somebody"))
    decide_by = forms.DateField(label=_("Decided by when?"), widget=day())

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["decider"].queryset = owners(today)
        self.fields["decide_by"].widget.attrs["min"] = today.isoformat()

    def clean_decide_by(self) -> date:
        return not_over(self.cleaned_data["decide_by"], self.today)


class NotYetForm(forms.Form):
    """Asked again, and why not now."""

    reason = forms.CharField(
        label=_("Why not now?"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    decide_by = forms.DateField(label=_("Ask me again on"), widget=day())

    answer = Decided.NOT_YET

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["decide_by"].widget.attrs["min"] = (today + timedelta(days=1)).isoformat()

    def clean_decide_by(self) -> date:
        chosen: date = self.cleaned_data["decide_by"]
        if chosen <= self.today:
            raise forms.ValidationError(_("Choose a day after today."))
        return chosen


class NeedsForm(forms.Form):
    """What has to ship before; of many, those that are likely, or whose words were looked for."""

    needs = forms.ModelMultipleChoiceField(
        label=_("What has to be live before?"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: object, fix: Fix, words: str = "", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["needs"]
        field.queryset = could_be_needed(fix)
        if not self.is_bound:
            field.choices = [(one.pk, str(one)) for one in likely_needed(fix, words)]


class MergeForm(forms.Form):
    """Which fix this one is the same as."""

    into = forms.ModelChoiceField(
        label=_("It is the same as"),
        queryset=None,
        empty_label=_("choose a fix"),
        help_text=_(
            "Of the same issue. Who was told, what it cost and who was asked go along. This cannot be undone."
        ),
    )

    def __init__(self, *args: object, fix: Fix, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = could_become(fix)
