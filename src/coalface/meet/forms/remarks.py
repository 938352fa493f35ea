"""What is asked about one thing that was said, and about who answers for it."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coalface.records.models import (
    GROUPS,
    About,
    Answer,
    Customer,
    FormatKind,
    Kind,
    Person,
    Speaker,
    Touchpoint,
)

from .pieces import LONGEST, choose_among, colleague_called, customer_called, pills

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
    (Kind.WORKAROUND, _("Workaround")),
    (Kind.QUESTION, _("Question")),
)
ABOUT: Final = (
    ("", _("Not said")),
    (About.PRICE, _("The price")),
    (About.SERVICE, _("The service")),
    (About.PRODUCT, _("The product")),
    (About.TREATMENT, _("How they were treated")),
)
SPEAKERS: Final = ((Speaker.CUSTOMER, _("A customer")), (Speaker.EMPLOYEE, _("One of us")))
ANSWERS: Final = [(answer, answer) for answer in Answer]


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
    about = forms.ChoiceField(label=_("Is it about…"), choices=ABOUT, required=False, widget=pills())
    touchpoint = forms.ModelChoiceField(
        label=_("Where do they meet this?"),
        queryset=Touchpoint.objects.all(),
        required=False,
        empty_label=_("Not said"),
    )

    told_afterwards = forms.BooleanField(label=_("They were told afterwards who I was"), required=False)
    called = forms.CharField(
        label=_("Which customer?"),
        help_text=_("Their number or name, only if they were told. Leave it empty if you do not know."),
        max_length=160,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        guests: Sequence[Customer],
        within: Q | None = None,
        kind: str = FormatKind.CONVERSATION,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.guests, self.within, self.group = guests, within, kind in GROUPS
        if len(guests) < 2 - self.group:
            del self.fields["customer"]
        else:
            nobody = _("Somebody") if self.group else _("Not sure")
            choose_among(self.fields["customer"], guests, ("", nobody))
        if kind != FormatKind.INCOGNITO:
            del self.fields["told_afterwards"], self.fields["called"]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        for field in ("text", "reading"):
            given[field] = given.get(field, "").replace("\r\n", "\n")
        if not given.get("text", "").strip() and not given.get("reading", "").strip():
            self.add_error("text", _("Write down what was said, or at least what you make of it."))
        if given.get("said_by") == Speaker.EMPLOYEE:
            given["customer"] = None
        elif len(self.guests) == 1 and not self.group:
            given["customer"] = self.guests[0]
        if "told_afterwards" in self.fields:
            self._check_told(given)
            self._find(given)
        return given

    def _check_told(self, given: dict[str, Any]) -> None:
        if given.get("said_by") != Speaker.CUSTOMER or given.get("told_afterwards"):
            return
        if given.get("text", "").strip():
            self.refuse_untold()
        if given.get("called", "").strip():
            self.add_error(
                "called", _("They did not know who asked, so their name is not kept. Take it out again.")
            )

    def refuse_untold(self) -> None:
        """Words of a customer whom nobody told are taken out by who wrote them, never by us in silence."""
        self.add_error(
            "told_afterwards",
            _("They did not know who asked, so their words are not kept. Write what you make of it."),
        )

    def _find(self, given: dict[str, Any]) -> None:
        """By number or name whoever was told afterwards: nobody was named beforehand."""
        words = given.pop("called", "")
        if given.get("said_by") != Speaker.CUSTOMER or not given.get("told_afterwards"):
            return
        try:
            given["customer"] = customer_called(words, self.within or Q(pk__in=()))
        except forms.ValidationError as unclear:
            self.add_error("called", unclear)


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
        try:
            person = colleague_called(words, self.today)
        except forms.ValidationError as refused:
            self.add_error("to", refused)
            person = None
        if person == self.by and given["answer"] == Answer.HANDED_OVER:
            self.add_error("to", _("That is you. Choose “Mine” instead."))
        given["to"] = person
