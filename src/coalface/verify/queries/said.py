"""What has to be said with a verdict and its yardstick, ready to be put into sentences."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from coalface.methods.results import Estimate
from coalface.methods.verification import rate_ratio
from coalface.records.models import EvaluationPlan, Fix, Issue, Unit, Verdict
from coalface.shell.charts import IntervalBars, IntervalRow

from .controls import Before

SERIOUS = frozenset(
    {
        "above_expected",
        "altered",
        "channel_closed",
        "control_touched",
        "control_unknown",
        "naive_disagrees",
        "not_below_expected",
        "overlapping",
        "substitution",
    }
)


@dataclass(frozen=True, slots=True)
class Said:
    """One warning: its code, what it is about, and its numbers."""

    code: str
    about: str | None = None
    number: int | None = None
    more: float | None = None

    @property
    def serious(self) -> bool:
        return self.code in SERIOUS


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a yardstick, as it was and as it became."""

    name: str
    was: object
    becomes: object


@dataclass(frozen=True, slots=True)
class Amended:
    """One amendment, with what changed in readable words."""

    reason: str
    by: object
    at: object
    changes: list[Change]
    digest_before: str
    digest_after: str


def warnings_of(verdict: Verdict | None) -> list[Said]:
    """The warnings of a verdict, the serious ones first, with the titles of what they are about."""
    parts = [code.split(":") for code in _to_say(verdict)] if verdict else []
    fixes = _titles(Fix, parts, "overlapping", "control_touched")
    issues = _titles(Issue, parts, "merged")
    found = [_one(code, numbers, fixes | issues) for code, *numbers in parts]
    return sorted(found, key=lambda one: not one.serious)


def _to_say(verdict: Verdict) -> list[str]:
    """The codes without what is said already, and as they are meant where it was named more often."""
    codes = [code for code in verdict.warnings if not (code == "few_events" and verdict.missing == "events")]
    more = verdict.expected_high is not None and verdict.events_after > verdict.expected_high
    return ["above_expected" if more and code == "not_below_expected" else code for code in codes]


def _titles(model: Any, parts: list[list[str]], *codes: str) -> dict[tuple[str, int], str]:
    wanted = [(code, int(numbers[0])) for code, *numbers in parts if code in codes]
    titles = (
        dict(model.objects.filter(pk__in={pk for _, pk in wanted}).values_list("pk", "title"))
        if wanted
        else {}
    )
    return {(code, pk): titles.get(pk, "") for code, pk in wanted}


def _one(code: str, numbers: list[str], titles: dict[tuple[str, int], str]) -> Said:
    first = int(numbers[0]) if numbers else None
    more = float(numbers[1]) if len(numbers) > 1 else None
    return Said(code, titles.get((code, first)), first, more)


def before_of(plan: EvaluationPlan | None, verdict: Verdict | None) -> Before | None:
    """Count and exposure before, as the verdict had them: counted anew where that came out otherwise."""
    if plan is None or plan.events_before is None:
        return None
    for code in verdict.warnings if verdict else ():
        name, *numbers = code.split(":")
        if name == "recounted":
            return Before(int(numbers[0]), float(numbers[1]))
    return Before(plan.events_before, plan.exposure_before)


def bars_of(verdict: Verdict | None, before: Before | None) -> IntervalBars:
    """One fix against before in up to three ways, on one scale: as counted, adjusted, and safe to look at."""
    if verdict is None or before is None or verdict.ratio is None or verdict.safe_low is None:
        return IntervalBars([], kind="times", most=2.0, reference=1.0)
    n = before.events + verdict.events_after
    rows = []
    if verdict.method != "exact_conditional":
        plain = rate_ratio(
            after=verdict.events_after,
            exposure_after=verdict.exposure_after,
            before=before.events,
            exposure_before=before.exposure,
        )
        rows.append(IntervalRow(_("As counted"), plain, n))
    ways = (
        (_("Adjusted") if rows else _("As counted"), verdict.ratio_low, verdict.ratio_high),
        (_("However often looked at"), verdict.safe_low, verdict.safe_high),
    )
    rows += [
        IntervalRow(label, Estimate(verdict.ratio, low, high, n, verdict.method)) for label, low, high in ways
    ]
    return IntervalBars(rows, kind="times", most=2.0, reference=1.0)


def amendments_of(plan: EvaluationPlan | None) -> list[Amended]:
    """Every change made to a yardstick after the fix shipped, oldest first."""
    rows = list(plan.amendments.select_related("by").order_by("at", "id")) if plan else []
    names = _names(rows)
    return [
        Amended(
            row.reason,
            row.by,
            row.at,
            [
                Change(name, _readable(name, was, names), _readable(name, row.after[name], names))
                for name, was in row.before.items()
            ],
            row.digest_before,
            row.digest_after,
        )
        for row in rows
    ]


def _names(rows: list) -> dict[tuple[str, int], str]:
    """The names of the issues and places that amendments name by their ids."""
    names = {}
    for field, model, label in (("control_issues", Issue, "title"), ("control_units", Unit, "name")):
        ids = {pk for row in rows for side in (row.before, row.after) for pk in side.get(field, ())}
        found = model.objects.filter(pk__in=ids).values_list("pk", label) if ids else ()
        names |= {(field, pk): name for pk, name in found}
    return names


def _readable(name: str, value: object, names: dict[tuple[str, int], str]) -> object:
    if value is None or value == []:
        return "–"
    if isinstance(value, list):
        return ", ".join(names.get((name, pk), str(pk)) for pk in value)
    if name.endswith(("_from", "_until", "_on")):
        return date.fromisoformat(str(value))
    return value


def controls_named(plan: EvaluationPlan | None) -> list[str]:
    """What a fix is compared with, by name: issues first, then places."""
    if plan is None or plan.control_before is None:
        return []
    issues = plan.control_issues.order_by("title", "pk").values_list("title", flat=True)
    return [*issues, *plan.control_units.order_by("name", "pk").values_list("name", flat=True)]
