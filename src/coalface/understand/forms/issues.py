"""What is asked for when somebody finds, words or sorts issues."""

from datetime import date
from typing import Any, Final

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from coalface.records.models import Issue, IssueKind, Route, SortedBy, Touchpoint, Unit

KINDS: Final = (
    (IssueKind.PRODUCT, _("Product")),
    (IssueKind.SERVICE, _("Service")),
    (IssueKind.PROCESS, _("Process")),
    (IssueKind.RULE, _("Rule")),
    (IssueKind.PEOPLE, _("People")),
    (IssueKind.PRICE, _("Price")),
)
SHOWN: Final = (("", _("Confirmed")), ("proposed", _("Proposed")))


class FilterForm(forms.Form):
    """Which issues to show."""

    show = forms.ChoiceField(label=_("Show"), choices=SHOWN, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Every kind")), *KINDS], required=False)


def some_day(**more: Any) -> forms.DateField:
    """A day whose midnight every clock on Earth can tell: not the first or last the calendar has."""
    limits = [MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(9999, 1, 1))]
    return forms.DateField(required=False, validators=limits, **more)


SOURCES: Final = (
    ("own_contact", _("Heard by ourselves")),
    ("front_line", _("Reported by the front line")),
    ("unasked", _("Said unasked")),
    ("surveys", _("Answered in a survey")),
    ("research", _("Found by research")),
)
SORTED: Final = (
    (SortedBy.ROUTE, _("By words or labels")),
    (SortedBy.MODEL, _("By the model")),
    (SortedBy.PERSON, _("By a person")),
)
CUSTOMERS: Final = (("known", ""), ("valued", ""), ("unknown", ""))


class MentionsForm(forms.Form):
    """Which mentions to show; the days of a spike can be left out."""

    unit = forms.ModelChoiceField(
        label=_("Where"), queryset=Unit.objects.all(), required=False, empty_label=_("Everywhere")
    )
    from_on = some_day(label=_("From"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    until_on = some_day(
        label=_("Until, not including"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    spike_from = some_day(widget=forms.HiddenInput)
    spike_until = some_day(widget=forms.HiddenInput)
    source = forms.ChoiceField(
        label=_("Heard through"), choices=[("", _("Any of the five")), *SOURCES], required=False
    )
    sorted_by = forms.ChoiceField(label=_("Sorted"), choices=[("", _("In any way")), *SORTED], required=False)
    worded = forms.BooleanField(label=_("Only with words"), required=False)
    segment = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    customers = forms.ChoiceField(choices=CUSTOMERS, required=False, widget=forms.HiddenInput)

    def add_prefix(self, field_name: str) -> str:
        """`from` and `until` in the address, as everybody writes them."""
        return {"from_on": "from", "until_on": "until"}.get(field_name, field_name)


class QuotesForm(forms.Form):
    """Which quotes of a page somebody says to have read."""

    quotes = forms.TypedMultipleChoiceField(coerce=int)
    undo = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = self.data.getlist("quotes")[:50]
        self.fields["quotes"].choices = [(each, "") for each in given if each.isdecimal() and len(each) < 19]


class ProposeForm(forms.Form):
    """What customers experience, in words they could use."""

    title = forms.CharField(
        label=_("What do customers experience?"),
        help_text=_("In words a customer could use, such as “My card is blocked abroad without a warning”."),
        max_length=160,
    )
    kind = forms.ChoiceField(label=_("What is it about?"), choices=KINDS, initial=IssueKind.SERVICE)
    touchpoint = forms.ModelChoiceField(
        label=_("Where do they meet it?"),
        queryset=Touchpoint.objects.all(),
        required=False,
        empty_label=_("Not said"),
    )
    owner = forms.ModelChoiceField(
        label=_("Which unit answers for it?"),
        queryset=Unit.objects.all(),
        required=False,
        empty_label=_("Nobody yet"),
    )


def lines() -> forms.CharField:
    """A field of one phrase a line."""
    return forms.CharField(required=False, max_length=40_000, widget=forms.Textarea(attrs={"rows": 6}))


class RouteForm(forms.Form):
    """The words by which what is said finds an issue."""

    phrases = lines()
    unless = lines()
    topics = lines()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {
            "phrases": (
                _("Words that mean it"),
                _("One phrase a line. A star stands for any ending: “queue*”."),
            ),
            "unless": (
                _("Unless it also says"),
                _("One phrase a line. With any of these it is something else."),
            ),
            "topics": (_("Labels of other systems"), _("One per line, exactly as they come.")),
        }
        for name, (label, help_text) in words.items():
            self.fields[name].label, self.fields[name].help_text = label, help_text

    def phrases_given(self) -> dict[str, list[str]]:
        """Each field as its lines."""
        return {name: value.splitlines() for name, value in self.cleaned_data.items()}

    @staticmethod
    def of(issue: Issue) -> dict[str, str]:
        """What the form shows at first: the routes of an issue, joined."""
        routes = list(Route.objects.filter(issue=issue))
        return {
            name: "\n".join(dict.fromkeys(phrase for route in routes for phrase in getattr(route, name)))
            for name in ("phrases", "unless", "topics")
        }


class MergeForm(forms.Form):
    """The issue that this one is part of."""

    into = forms.ModelChoiceField(label=_("It is the same as"), queryset=Issue.objects.none())

    def __init__(self, *args: Any, issue: Issue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = Issue.objects.standing().exclude(pk=issue.pk)


class SettleForm(forms.Form):
    """What a person decides about one mention: an issue offered, another, a new one, none, or later."""

    DECISIONS: Final = ("", "other", "new", "none", "skip")
    decision = forms.ChoiceField(required=False, choices=[(name, "") for name in DECISIONS])
    issue = forms.IntegerField(required=False, min_value=1)
    other = forms.CharField(required=False, max_length=200)
    title = forms.CharField(required=False, max_length=160)
    kind = forms.ChoiceField(required=False, choices=KINDS)
    back = forms.IntegerField(required=False, min_value=1)

    def chosen(self) -> Issue | None:
        """The issue that was chosen; raises where none was, or where a title fits none, or more than one."""
        given = self.cleaned_data
        if given["decision"] == "none":
            return None
        if given["decision"] == "other":
            return Issue.objects.standing().get(title__iexact=given["other"].strip())
        return Issue.objects.standing().get(pk=given["issue"])
