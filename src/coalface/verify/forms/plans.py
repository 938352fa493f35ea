"""What is written down before a fix ships, and what may be changed afterwards."""

from collections.abc import Sequence
from datetime import date

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from coalface.records.models import Issue, Person, Unit
from coalface.verify.queries import Alike

from .days import day, in_order


class YardstickForm(forms.Form):
    """What is divided by what, over which days, and beside what."""

    measure = forms.ChoiceField(
        label=_("Divide mentions by"),
        help_text=_("So that a busy month does not look like a bad one."),
    )
    baseline_from = day(_("Compare with the time from"))
    baseline_until = day(_("until"))
    spike_from = day(_("Leave out the spike from"), required=False)
    spike_until = day(_("until"), required=False)
    lag_days = forms.IntegerField(
        label=_("Days until it can be felt"),
        min_value=0,
        max_value=365,
        initial=0,
        help_text=_("These days after shipping are not counted."),
    )
    smallest_effect = forms.FloatField(
        label=_("Worth having from"),
        min_value=0.05,
        max_value=0.95,
        help_text=_("0.7 means: at least 30 % fewer. A larger effect can be seen sooner."),
        widget=forms.NumberInput(attrs={"step": "0.05"}),
    )
    control_issues = forms.ModelMultipleChoiceField(
        Issue.objects.none(),
        label=_("Beside other issues that it does not touch"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "If these fall as well, it was not the fix: about as often named, and nobody works on them."
        ),
    )
    control_units = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label=_("Beside places that it does not reach"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The same issue in places of the same kind, where everything stays as it is."),
    )

    def __init__(
        self,
        *args: object,
        measures: list[str],
        issues: Sequence[Alike] = (),
        units: Sequence[Alike] = (),
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].choices = [(one, one.replace("-", " ")) for one in measures or ["contacts"]]
        self._offer("control_issues", Issue.objects.standing(), issues)
        self._offer("control_units", Unit.objects.all(), units)

    def _offer(self, name: str, rows: QuerySet, alike: Sequence[Alike]) -> None:
        """Those proposed can be seen and chosen; whatever was proposed a moment ago is taken as well."""
        field = self.fields[name]
        field.queryset = rows
        field.widget.choices = [(one.pk, _named(one)) for one in alike]
        if not alike and not self.is_bound:
            del self.fields[name]

    def clean(self) -> dict[str, object]:
        given: dict[str, object] = super().clean()
        in_order(self, given, "baseline_from", "baseline_until")
        if bool(given.get("spike_from")) != bool(given.get("spike_until")):
            self.add_error("spike_until", _("A spike has two ends."))
        in_order(self, given, "spike_from", "spike_until")
        return given


def _named(one: Alike) -> str:
    """Its name, with how often it was named where that is known."""
    return f"{one.name} ({one.named})" if one.named else one.name


class PlanForm(YardstickForm):
    """The yardstick, and who looks at it."""

    judge = forms.ModelChoiceField(
        label=_("Who judges?"),
        queryset=None,
        empty_label=_("Choose somebody"),
        help_text=_("Anybody but the owner; the figures come by themselves on the day they can speak."),
    )

    def __init__(self, *args: object, judges: QuerySet[Person], today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["judge"].queryset = judges
        self.today = today

    def clean(self) -> dict[str, object]:
        """Looked at only what is over: days to come are neither counted nor foretold."""
        given = super().clean()
        if given.get("baseline_until") and given["baseline_until"] > self.today:
            self.add_error("baseline_until", _("This time has to be over: today at the latest."))
        return given


class AmendForm(YardstickForm):
    """The yardstick changed after the fix shipped, and why."""

    reason = forms.CharField(
        label=_("Why does it have to change?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Everybody who reads the verdict reads this."),
    )
