"""What is asked when a fix is opened, changed, declined or looked for."""

from datetime import date
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from coalface.act.actions import Size
from coalface.act.queries import owners
from coalface.records.models import Issue, Lane, Unit
from coalface.understand.forms import KINDS

LANES = {
    Lane.THIS_WEEK: _("This week: easy, somebody can simply do it"),
    Lane.NEEDS_A_DECISION: _("Needs a decision"),
    Lane.OPPORTUNITY: _("Opportunity: something new"),
}


SHORT_LANES = {
    Lane.THIS_WEEK: _("This week"),
    Lane.NEEDS_A_DECISION: _("Needs a decision"),
    Lane.OPPORTUNITY: _("Opportunity"),
}


WORDS: Final = dict(KINDS)


WORTH: Final = (
    ("", _("nobody has said")),
    ("1", _("1 – hardly anybody will notice")),
    ("2", _("2 – a little")),
    ("3", _("3 – some")),
    ("4", _("4 – a lot")),
    ("5", _("5 – very much, for many")),
)
EFFORT: Final = (
    ("", _("nobody has said")),
    ("1", _("1 – an hour or two")),
    ("2", _("2 – a day")),
    ("3", _("3 – a week")),
    ("4", _("4 – a month")),
    ("5", _("5 – longer")),
)


SHOWN = {"open": _("To do"), "shipped": _("Shipped"), "declined": _("Declined")}


WHOSE = {"": _("Everybody’s"), "mine": _("Mine")}


WAITING = {
    "": _("Anything"),
    "accept": _("Somebody to take it on"),
    "decide": _("A decision"),
    "register": _("A yardstick"),
    "ship": _("Being shipped"),
}


ORDERS = {"": _("Easy first"), "due": _("By day")}


def day() -> forms.DateInput:
    """A day, from the calendar of the browser."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def weighed(choices: tuple, label: Any) -> forms.TypedChoiceField:
    """A guess from 1 to 5, or none."""
    return forms.TypedChoiceField(label=label, choices=choices, coerce=int, empty_value=None, required=False)


class FixForm(forms.Form):
    """A change, who makes it, where, by when; how much it is worth, how much work it is, and who decides."""

    title = forms.CharField(
        label=_("What will be different?"),
        max_length=160,
        help_text=_("As you would tell it to a customer: they will read this line."),
    )
    kind = forms.ChoiceField(label=_("What kind of change is it?"), required=False)
    lane = forms.ChoiceField(
        label=_("How big is it?"),
        choices=list(LANES.items()),
        widget=forms.RadioSelect,
        initial=Lane.THIS_WEEK,
    )
    decider = forms.ModelChoiceField(
        label=_("Who decides?"),
        queryset=None,
        required=False,
        empty_label=_("nobody has to"),
        help_text=_("Only for what needs a decision."),
    )
    decide_by = forms.DateField(label=_("Decided by when?"), required=False, widget=day())
    owner = forms.ModelChoiceField(
        label=_("Who looks after it?"),
        queryset=None,
        help_text=_("They are asked to accept it; until then it stays yours."),
    )
    unit = forms.ModelChoiceField(
        label=_("Where?"), queryset=Unit.objects.order_by("path"), required=False, empty_label=_("Everywhere")
    )
    due_on = forms.DateField(label=_("By when?"), widget=day())
    worth = weighed(WORTH, _("How much is it worth to customers?"))
    effort = weighed(EFFORT, _("How much work is it?"))

    def __init__(self, *args: object, today: date, issue: Issue, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["kind"].choices = [
            ("", _("as the issue: %(kind)s") % {"kind": WORDS[issue.kind]}),
            *((kind, words) for kind, words in KINDS if kind != issue.kind),
        ]
        for name in ("owner", "decider"):
            self.fields[name].queryset = owners(today)
        for name in ("due_on", "decide_by"):
            self.fields[name].widget.attrs["min"] = today.isoformat()

    def clean_due_on(self) -> date:
        return not_over(self.cleaned_data["due_on"], self.today)

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if found.get("lane") != Lane.NEEDS_A_DECISION:
            found |= {"decider": None, "decide_by": None}
        else:
            for name, words in (("decider", _("Say who decides.")), ("decide_by", _("Say by when."))):
                if not found.get(name) and name not in self.errors:
                    self.add_error(name, words)
            if found.get("decide_by") and found["decide_by"] < self.today:
                self.add_error("decide_by", _("This day is over; choose one to come."))
        return found

    def opened(self) -> dict[str, Any]:
        """What the action asks for."""
        rest = {name: value for name, value in self.cleaned_data.items() if name not in ("worth", "effort")}
        return rest | {"size": Size(self.cleaned_data["worth"], self.cleaned_data["effort"])}


def not_over(chosen: date, today: date) -> date:
    """A day to come, or today."""
    if chosen < today:
        raise forms.ValidationError(_("This day is over; choose one to come."))
    return chosen


class ChangeForm(forms.Form):
    """What kind of change it is, what it is worth, how much work it is, and by when."""

    kind = forms.ChoiceField(label=_("What kind of change is it?"), choices=KINDS)
    worth = weighed(WORTH, _("How much is it worth to customers?"))
    effort = weighed(EFFORT, _("How much work is it?"))
    due_on = forms.DateField(label=_("By when?"), widget=day())

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_due_on(self) -> date:
        """A new day is to come; what is overdue may stay so."""
        chosen: date = self.cleaned_data["due_on"]
        return chosen if chosen == self.initial["due_on"] else not_over(chosen, self.today)


class DeclineForm(forms.Form):
    """A no with its reason."""

    reason = forms.CharField(
        label=_("Why not?"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Write it for the customers who raised it: they can read it, word for word."),
    )


class FilterForm(forms.Form):
    """Which fixes to show; what is asked for most stands first."""

    FIRST: ClassVar = ("show", "whose", "waits")

    show = forms.ChoiceField(label=_("State"), choices=list(SHOWN.items()), required=False)
    lane = forms.ChoiceField(
        label=_("Lane"), choices=[("", _("Every lane")), *SHORT_LANES.items()], required=False
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Every kind")), *KINDS], required=False)
    whose = forms.ChoiceField(label=_("Whose"), choices=list(WHOSE.items()), required=False)
    waits = forms.ChoiceField(label=_("Waits for"), choices=list(WAITING.items()), required=False)
    unit = forms.ModelChoiceField(
        label=_("Where"), queryset=Unit.objects.order_by("path"), required=False, empty_label=_("Everywhere")
    )
    order = forms.ChoiceField(label=_("Order"), choices=list(ORDERS.items()), required=False)

    @property
    def narrowed(self) -> bool:
        """Whether something is chosen that does not stand first."""
        return any(self[name].value() for name in self.fields if name not in self.FIRST)
