"""What is asked for when somebody draws the customer's way, or counts who came through."""

import re
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from coalface.people.forms import KeyedForm
from coalface.records.models import Cohort, Handoff, Stage, Touchpoint, Unit
from coalface.understand.queries import Reached, counts_of

from .issues import some_day

STAGES: Final = (
    (Stage.BEFORE, _("Not a customer yet")),
    (Stage.JOINING, _("Just joining")),
    (Stage.USING, _("With us")),
    (Stage.PROBLEM, _("Has a problem")),
    (Stage.CHANGE, _("Something is changing")),
    (Stage.LEAVING, _("About to leave")),
)
FIRST: Final = {"autofocus": True}
MOST: Final = 2_147_483_647
WHOLE: Final = re.compile(r"\d+|\d{1,3}(['’.,\s]\d{3})+")


def _owner() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label=_("Which unit answers for it?"),
        queryset=Unit.objects.all(),
        required=False,
        empty_label=_("Nobody yet"),
    )


def _name() -> forms.CharField:
    return forms.CharField(
        label=_("Name"),
        help_text=_("Such as “At the counter” or “The first bill”."),
        max_length=80,
        widget=forms.TextInput(attrs=FIRST),
    )


class TouchpointForm(KeyedForm):
    """A step of the customer's way with us."""

    name = _name()
    stage = forms.ChoiceField(label=_("Where the customer stands"), choices=STAGES, initial=Stage.USING)
    owner = _owner()
    field_order = ("name", "key", "stage", "owner")


class ChangeForm(forms.Form):
    """What a step is called, where it stands, and who answers for it."""

    name = _name()
    stage = forms.ChoiceField(label=_("Where the customer stands"), choices=STAGES)
    owner = _owner()


class MoveForm(forms.Form):
    """One step earlier or later; or dropped at a place of a stage."""

    step = forms.ChoiceField(choices=[("earlier", ""), ("later", "")], required=False)
    stage = forms.ChoiceField(choices=STAGES, required=False)
    place = forms.IntegerField(min_value=0, max_value=9999, required=False)


class ConnectForm(forms.Form):
    """Where customers go on to, and who answers for those who do not."""

    taker = forms.ModelChoiceField(
        label=_("They go on to"),
        queryset=Touchpoint.objects.none(),
        widget=forms.Select(attrs=FIRST),
    )
    owner = forms.ModelChoiceField(
        label=_("Which unit answers for those who do not?"),
        queryset=Unit.objects.all(),
        required=False,
        empty_label=_("Nobody yet"),
    )

    def __init__(self, *args: Any, giver: Touchpoint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = Touchpoint.objects.exclude(pk=giver.pk).exclude(
            taken_on__in=Handoff.objects.filter(ended_at=None)
        )
        self.fields["taker"].queryset = free


class OwnerForm(forms.Form):
    """Who answers for those who fall through."""

    owner = forms.ModelChoiceField(
        label=_("Which unit answers for those who do not go on?"),
        widget=forms.Select(attrs=FIRST),
        queryset=Unit.objects.all(),
        required=False,
        empty_label=_("Nobody yet"),
    )


class CohortForm(forms.Form):
    """How many of those who began together came to each touchpoint: typed, or pasted as two columns."""

    name = forms.CharField(
        label=_("Whom did you follow?"),
        help_text=_("Such as “Applied in January”."),
        max_length=80,
        widget=forms.TextInput(attrs=FIRST),
    )
    from_on = some_day(
        label=_("They began from"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    until_on = some_day(
        label=_("Until, not including"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    source = forms.CharField(label=_("Where do the numbers come from?"), max_length=80, required=False)
    pasted = forms.CharField(
        label=_("Or paste two columns"),
        help_text=_("A touchpoint and how many came to it, one a line. It goes before what is typed above."),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, stops: Sequence[Touchpoint], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stops = stops
        self.fields["from_on"].required = self.fields["until_on"].required = True
        for stop in stops:
            for name in ("reached", "excused", "open"):
                self.fields[f"{name}-{stop.key}"] = forms.IntegerField(
                    required=False, min_value=0, max_value=MOST
                )

    @staticmethod
    def of(cohort: Cohort, stops: Sequence[Touchpoint]) -> dict[str, Any]:
        """What the form shows at first: the counts as they are."""
        given = {name: getattr(cohort, name) for name in ("name", "from_on", "until_on", "source")}
        counts = counts_of(cohort)
        for stop in stops:
            if row := counts.get(stop.pk):
                given[f"reached-{stop.key}"] = row.reached
                given[f"excused-{stop.key}"] = row.excused or None
                given[f"open-{stop.key}"] = row.still_open or None
        return given

    def rows(self) -> list[tuple[Touchpoint, forms.BoundField, forms.BoundField, forms.BoundField]]:
        """The touchpoints, each with its three fields."""
        return [
            (stop, *(self[f"{name}-{stop.key}"] for name in ("reached", "excused", "open")))
            for stop in self.stops
        ]

    def texts(self) -> list[forms.BoundField]:
        """The fields above the table of counts."""
        return [self[name] for name in ("name", "from_on", "until_on", "source")]

    def clean(self) -> dict[str, Any]:
        """The period has days, and every pasted line names a touchpoint of the way."""
        given: dict[str, Any] = super().clean()
        begin, end = given.get("from_on"), given.get("until_on")
        if begin and end and end <= begin:
            self.add_error("until_on", _("The last day comes after the first."))
        for line in given.get("pasted", "").splitlines():
            if line.strip():
                self._take(line, given)
        if not self.errors and not self.counts():
            self.add_error(None, _("Say of at least one touchpoint how many came to it."))
        return given

    def _take(self, line: str, given: dict[str, Any]) -> None:
        name, number = _two_columns(line)
        names = {known.casefold(): stop for stop in self.stops for known in (stop.name, stop.key)}
        stop = names.get(name.casefold())
        if stop is None or not WHOLE.fullmatch(number) or (many := int(re.sub(r"\D", "", number))) > MOST:
            message = _("“%(line)s” is no touchpoint of the way with a number.") % {"line": line.strip()[:60]}
            self.add_error("pasted", message)
        else:
            given[f"reached-{stop.key}"] = many

    def counts(self) -> list[Reached]:
        """What was counted, along the way."""
        given = self.cleaned_data
        return [
            Reached(stop, reached, given.get(f"excused-{stop.key}") or 0, given.get(f"open-{stop.key}") or 0)
            for stop in self.stops
            if (reached := given.get(f"reached-{stop.key}")) is not None
        ]

    def does_not_fit(self, stop: Touchpoint) -> None:
        """More came here than could have."""
        message = _("More came here than could have gone on from the step before.")
        self.add_error(f"reached-{stop.key}", message)


def _two_columns(line: str) -> tuple[str, str]:
    """What stands before and behind a tab or semicolon, else the last word and what stands before it."""
    for between in ("\t", ";", "|"):
        if between in line:
            name, number = line.split(between)[:2]
            return name.strip(' "'), number.strip(' "')
    name, _space, number = line.strip().rpartition(" ")
    return name.strip(' ",:'), number
