"""The page of components, drawn with invented figures."""

from datetime import date, timedelta

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from coalface.methods.results import Estimate, wilson
from coalface.permissions import Right, needs
from coalface.shell.charts import (
    BeforeAfter,
    DotPlot,
    DotRow,
    IntervalBars,
    IntervalRow,
    Level,
    Pair,
    Part,
    SplitBar,
    ThenNow,
    Waterline,
    Week,
)

AT_THE_TOP = Estimate(0.19, 0.14, 0.24, 38, "example")
COUNTS = (9, 11, 8, 10, 12, 9, 11, 10, 23, 26, 21, 11, 7, 5, 4, 6, 3, 5, 4, 4)


class ExampleForm(forms.Form):
    """One field of each sort; it is never sent anywhere."""

    words = forms.CharField(
        label=_("What did the customer say?"),
        widget=forms.Textarea,
        help_text=_("In their own words, as well as you remember."),
    )
    owner = forms.EmailField(label=_("Who looks after it?"), initial="not an address")
    due_on = forms.DateField(
        label=_("By when"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    lane = forms.ChoiceField(
        label=_("How big is it?"),
        choices=[("week", _("This week")), ("decision", _("Needs a decision")), ("chance", _("Opportunity"))],
        widget=forms.RadioSelect,
        initial="week",
    )
    told = forms.BooleanField(label=_("The customer wants to hear from us"), required=False)


def example_waterline() -> Waterline:
    return Waterline(
        [
            Level(_("Front line"), wilson(98, 120), unseen=4, href="#charts"),
            Level(_("Supervisors"), wilson(51, 100), unseen=15, href="#charts"),
            Level(_("Middle"), None),
            Level(_("Top"), AT_THE_TOP, unseen=29, href="#charts"),
        ]
    )


def example_dot_plot() -> DotPlot:
    rows = [
        DotRow("Ruth Amsler", 12, wilson(7, 9), 7, 9, mine=True),
        DotRow("Bruno Keller", 4, wilson(5, 11), 5, 11),
        DotRow("Claire Dubois", 33, wilson(5, 5), 5, 5),
        DotRow("Jonas Widmer", 71, wilson(0, 0), 0, 0),
        DotRow("Nadia Rossi", None),
    ]
    return DotPlot(rows, median=21, people_in_median=9)


def example_before_after() -> BeforeAfter:
    phases = ["baseline"] * 8 + ["spike"] * 3 + ["lag"] + ["after"] * 8
    first = date(2026, 1, 5)
    weeks = [
        Week(first + timedelta(weeks=place), count, phase)
        for place, (count, phase) in enumerate(zip(COUNTS, phases, strict=True))
    ]
    return BeforeAfter(
        weeks, baseline=10.0, expected=Estimate(9.6, 6.8, 13.1, 8, "example"), shipped_on=date(2026, 3, 23)
    )


def example_bars() -> IntervalBars:
    rows = [
        IntervalRow(_("Altmatt"), wilson(114, 184), n=184),
        IntervalRow(_("Bellerive"), wilson(29, 61), n=61),
        IntervalRow(_("Corneau"), None),
        IntervalRow(_("Dornfeld"), wilson(17, 24), n=24, mine=True),
    ]
    return IntervalBars(rows, reference=0.58)


def example_split() -> SplitBar:
    return SplitBar(
        [Part(_("magic"), 31, "good"), Part(_("mediocre"), 112), Part(_("misery"), 47, "bad")],
    )


def example_then_now() -> ThenNow:
    return ThenNow(
        [Pair(_("Find the number"), 20, 95), Pair(_("Menu"), 70, 60), Pair(_("A human"), 40, None)],
    )


@needs(Right.SEE_DESIGN)
def design(request: HttpRequest) -> HttpResponse:
    """Every component in its states, with invented figures."""
    form = ExampleForm({"owner": "not an address", "lane": "week"})
    context = {
        "form": form,
        "at_the_top": AT_THE_TOP,
        "page": Paginator(range(120), 50).page(2),
        "waterline_chart": example_waterline(),
        "dot_chart": example_dot_plot(),
        "before_after_chart": example_before_after(),
        "bars_chart": example_bars(),
        "split_chart": example_split(),
        "then_now_chart": example_then_now(),
    }
    return render(request, "shell/design.html", context)
