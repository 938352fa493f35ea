"""What is asked for at and after an encounter."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coalface.meet.queries import customers_called, people_called
from coalface.records.models import (
    Answer,
    Customer,
    Format,
    Kind,
    Outcome,
    Person,
    Speaker,
    Touchpoint,
    Unit,
)

KINDS: Final = (
    (Kind.COMPLAINT, _("Complaint")),
    (Kind.COMPLIMENT, _("Compliment")),
    (Kind.NEED, _("Need")),
    (Kind.IDEA, _("Idea")),
    (Kind.LIKE, _("Likes it")),
    (Kind.DISLIKE, _("Dislikes it")),
    (Kind.PREFERENCE, _("Preference")),
    (Kind.OBSTACLE, _("Obstacle")),
    (Kind.RULE, _("Rule in the way")),
    (Kind.COMPETITOR, _("Competitor")),
)
SPEAKERS: Final = ((Speaker.CUSTOMER, _("A customer")), (Speaker.EMPLOYEE, _("One of us")))
ENDS: Final = (
    (Outcome.CANCELLED, _("It was cancelled")),
    (Outcome.NO_SHOW, _("Nobody came")),
    (Outcome.DELEGATED, _("Somebody else went")),
)
ANSWERS: Final = [(answer, answer) for answer in Answer]
LONGEST = 10_000


def pills() -> forms.RadioSelect:
    """Radio buttons to tap, in a row."""
    return forms.RadioSelect(attrs={"class": "pills"})


def choose_among(field: forms.TypedChoiceField, customers: Sequence[Customer], *before: tuple) -> None:
    """Offer these customers, who are at hand already, without asking the database for each field."""
    field.choices = [*before, *((str(one.pk), one.name) for one in customers)]
    field.coerce = {str(one.pk): one for one in customers}.get


class MinutesForm(forms.Form):
    """How long it took."""

    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=1440)


class HoldForm(MinutesForm):
    """What is asked once when an encounter took place."""

    entourage = forms.IntegerField(
        label=_("How many others came along from our side?"), min_value=0, max_value=500, initial=0
    )
    camera = forms.BooleanField(label=_("A camera was there"), required=False)
    press = forms.BooleanField(label=_("The press was there"), required=False)


class CallOffForm(forms.Form):
    """Why it did not take place."""

    outcome = forms.ChoiceField(label=_("What happened?"), choices=ENDS, widget=pills())


class NoteForm(forms.Form):
    """One thing that was said; the id comes with the form, so that sending it twice changes nothing."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    sequence = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    text = forms.CharField(
        label=_("What was said?"),
        help_text=_("In their own words, as exactly as you remember."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    kind = forms.ChoiceField(label=_("What is it?"), choices=KINDS, widget=pills())
    said_by = forms.ChoiceField(
        label=_("Who said it?"), choices=SPEAKERS, initial=Speaker.CUSTOMER, widget=pills()
    )
    customer = forms.TypedChoiceField(label=_("Which customer?"), required=False, empty_value=None)
    reading = forms.CharField(
        label=_("What do you make of it?"),
        help_text=_("Kept apart from what was said."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    touchpoint = forms.ModelChoiceField(
        label=_("Where do they meet this?"),
        queryset=Touchpoint.objects.all(),
        required=False,
        empty_label=_("Not said"),
    )

    def __init__(self, *args: Any, guests: Sequence[Customer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.guests = guests
        if len(guests) < 2:
            del self.fields["customer"]
        else:
            choose_among(self.fields["customer"], guests, ("", _("Not sure")))

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        for field in ("text", "reading"):
            given[field] = given.get(field, "").replace("\r\n", "\n")
        if not given.get("text", "").strip() and not given.get("reading", "").strip():
            self.add_error("text", _("Write down what was said, or at least what you make of it."))
        if given.get("said_by") == Speaker.EMPLOYEE:
            given["customer"] = None
        elif len(self.guests) == 1:
            given["customer"] = self.guests[0]
        return given


class AnswerForm(forms.Form):
    """Who answers for a remark, and how."""

    answer = forms.ChoiceField(choices=ANSWERS, widget=forms.HiddenInput)
    to = forms.CharField(label=_("To whom?"), required=False, max_length=200)
    reason = forms.CharField(
        label=_("Why not?"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2})
    )
    told = forms.BooleanField(label=_("The customer knows already"), required=False)

    def __init__(self, *args: Any, today: date, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.by = today, by

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        answer = given.get("answer")
        if answer == Answer.DECLINED and not given.get("reason", "").strip():
            self.add_error("reason", _("Say why: whoever raised it deserves to know."))
        if answer in (Answer.HANDED_OVER, Answer.PASSED_ON):
            self._find(given)
        return given

    def _find(self, given: dict[str, Any]) -> None:
        words = given.get("to", "").strip()
        if not words:
            self.add_error("to", _("Say to whom."))
            return
        person = self._only(people_called(words, self.today), words)
        if person == self.by and given["answer"] == Answer.HANDED_OVER:
            self.add_error("to", _("That is you. Choose “Mine” instead."))
        given["to"] = person

    def _only(self, found: list[Person], words: str) -> Person | None:
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(str(person) for person in found)
            self.add_error("to", _("Several people are called that: %(names)s.") % {"names": names})
        else:
            self.add_error("to", _("Nobody who works here is called “%(words)s”.") % {"words": words})
        return None


class PromiseForm(forms.Form):
    """What was promised to a customer, and by when."""

    words = forms.CharField(
        label=_("What did you promise?"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2})
    )
    customer = forms.TypedChoiceField(label=_("To whom?"))
    due_on = forms.DateField(
        label=_("By when?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, guests: Sequence[Customer], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        choose_among(self.fields["customer"], guests)

    def clean_due_on(self) -> date:
        due_on = self.cleaned_data["due_on"]
        if due_on < self.today:
            raise forms.ValidationError(_("That day is over: a promise is for today or later."))
        return due_on


class DropInForm(MinutesForm):
    """A customer was met without a plan."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    format = forms.ModelChoiceField(
        label=_("How did you meet?"), queryset=Format.objects.order_by("name", "id"), empty_label=None
    )
    unit = forms.ModelChoiceField(label=_("Where?"), queryset=Unit.objects.all(), empty_label=None)
    customer = forms.CharField(
        label=_("Which customer?"),
        help_text=_("Their number or name. Leave it empty if you do not know."),
        required=False,
        max_length=160,
    )
    field_order = ("customer", "format", "unit", "minutes")

    def __init__(self, *args: Any, within: Q, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.within = within

    def clean_customer(self) -> Customer | None:
        words = self.cleaned_data["customer"].strip()
        if not words:
            return None
        found = customers_called(words, self.within)
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(
                _("We know no customer by “%(words)s”."), params={"words": words}, code="unknown"
            )
        names = "; ".join(f"{one.name} ({one.reference})" if one.reference else one.name for one in found)
        raise forms.ValidationError(
            _("Several customers fit: %(names)s."), params={"names": names}, code="several"
        )
