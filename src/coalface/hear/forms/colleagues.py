"""What colleagues say to a department, to whom a compliment goes, and what we answer."""

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from coalface.meet.forms.pieces import colleague_called, colleague_input
from coalface.records.models import Kind, Person, Unit

AMONG_US: Final = (
    (Kind.COMPLIMENT, _("Thank you")),
    (Kind.COMPLAINT, _("Complaint")),
    (Kind.IDEA, _("Idea")),
)


class PraiseForm(forms.Form):
    """Whom a compliment is about."""

    to = forms.CharField(label=_("Who was praised?"), max_length=120, widget=colleague_input())

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_to(self) -> Person:
        return colleague_called(self.cleaned_data["to"], self._today)


class DepartmentForm(forms.Form):
    """A thank-you or a complaint to another part of the house; signed with one's own name."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    unit = forms.ModelChoiceField(label=_("To whom?"), queryset=Unit.objects.all())
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=AMONG_US, widget=forms.RadioSelect(attrs={"class": "pills"})
    )
    text = forms.CharField(
        label=_("In your own words"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    praised = forms.CharField(
        label=_("Is it about somebody?"),
        help_text=_(
            "A thank-you reaches them and their boss. A complaint is about things, never about a name."
        ),
        max_length=120,
        required=False,
        widget=colleague_input(),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_praised(self) -> Person | None:
        return colleague_called(self.cleaned_data["praised"], self._today)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("praised") and given.get("kind") not in (None, Kind.COMPLIMENT):
            self.add_error("praised", _("Only a thank-you goes to a person. Leave the name out."))
        return given


class AnswerForm(forms.Form):
    """What one of us answers; the form chose the id, so that pressing twice answers once."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Your answer"),
        help_text=_("It stands where they look up their receipt, with your name."),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
