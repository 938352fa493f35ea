"""What is asked before calls are drawn, and after one was heard."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .remarks import NoteForm

MOST_CALLS = 40


class DrawCallsForm(forms.Form):
    """What to draw from; the seed comes with the form, so that sending it twice draws once."""

    queues = forms.CharField(
        label=_("Which queues?"),
        help_text=_("One per line, as your telephone system names them."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    from_hour = forms.IntegerField(label=_("From which hour"), min_value=0, max_value=23, initial=9)
    until_hour = forms.IntegerField(label=_("Until which hour"), min_value=1, max_value=24, initial=17)
    calls = forms.IntegerField(label=_("How many calls"), min_value=1, max_value=MOST_CALLS, initial=6)
    seed = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def clean_queues(self) -> list[str]:
        names = [line.strip() for line in self.cleaned_data["queues"].splitlines() if line.strip()]
        if any(len(name) > 80 for name in names):
            raise forms.ValidationError(_("The name of a queue has 80 letters at most."))
        return names

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        first, last = given.get("from_hour"), given.get("until_hour")
        if first is not None and last is not None and last <= first:
            self.add_error("until_hour", _("This has to be after the first hour."))
        return given


class HeardForm(NoteForm):
    """What a caller said: like any remark, only that the agent stays unnamed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, guests=(), **kwargs)
        del self.fields["said_by"]
        self.fields["text"].help_text = _(
            "The caller’s own words, as exactly as you remember. The agent has no name here."
        )
