"""What is asked when somebody names a competitor, or says whom some words mean."""

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from coalface.records.models import Competitor, Person, Polarity

from .issues import some_day

SOUNDS: Final = (
    (Polarity.POSITIVE, _("Sounds like praise")),
    (Polarity.NEGATIVE, _("Sounds like blame")),
    (Polarity.NEUTRAL, _("Sounds like neither")),
)


class CompetitorForm(forms.Form):
    """A competitor: the name, what else customers call it, and who of us knows it best."""

    name = forms.CharField(label=_("Name"), max_length=80)
    called = forms.CharField(
        label=_("Other names"),
        help_text=_("As customers say them, one a line. A star stands for any ending: “lakeside*”."),
        required=False,
        max_length=2_600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    owner = forms.ModelChoiceField(
        label=_("Who of us knows them best?"), queryset=None, required=False, empty_label=_("Nobody yet")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = Person.objects.working(today)

    def given(self) -> dict[str, Any]:
        """The fields, other names as lines."""
        return self.cleaned_data | {"called": self.cleaned_data["called"].splitlines()}

    def name_is_taken(self) -> None:
        self.add_error("name", _("Another competitor has this name."))

    def names_are_none(self) -> None:
        self.add_error("called", _("A name has two letters at least and 80 at most, and 30 are enough."))


class WordsForm(forms.Form):
    """Which words about a competitor to show."""

    sound = forms.ChoiceField(label=_("Sound"), choices=[("", _("Any")), *SOUNDS], required=False)
    kind = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    from_on = some_day(label=_("From"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    until_on = some_day(
        label=_("Until, not including"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def add_prefix(self, field_name: str) -> str:
        """`from` and `until` in the address, as everybody writes them."""
        return {"from_on": "from", "until_on": "until"}.get(field_name, field_name)


class WhomForm(forms.Form):
    """Whom a remark about a competitor means, or nobody we know."""

    competitor = forms.ModelChoiceField(queryset=Competitor.objects.filter(ended_at=None), required=False)
    none = forms.BooleanField(required=False)
    page = forms.IntegerField(required=False, min_value=1)
    following = forms.IntegerField(required=False, min_value=1)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not given.get("none") and not given.get("competitor"):
            self.add_error("competitor", _("Choose one of them, or say that it is nobody we know."))
        return given

    def whom(self) -> Competitor | None:
        """The competitor, or none."""
        return None if self.cleaned_data["none"] else self.cleaned_data["competitor"]
