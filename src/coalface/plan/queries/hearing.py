"""What customers raise, how much that weighs, and how much of it each level has not heard."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from coalface.methods.raising import Chances, Heard, chances
from coalface.records.models import Awareness, Customer, Issue, Level, Mention

LOOK_BACK: Final = timedelta(days=365)
# Below this a chance is no reason to meet anybody; and nobody is met for more than so many issues.
LEAST: Final = 0.01
MOST_ISSUES: Final = 20


@dataclass(frozen=True, slots=True)
class Blind:
    """What a level has not heard, as stored on a day; levels too small to be shown are joined."""

    as_of: date | None
    group_of: Mapping[str, str]
    unheard: Mapping[str, Mapping[str, float]]


def blind_spots(today: date) -> Blind:
    """The latest awareness of the whole organisation, turned round; without a row all is unheard."""
    rows = Awareness.objects.filter(unit__parent=None, as_of__lte=today)
    latest = rows.order_by("-as_of").values_list("as_of", flat=True).first()
    unheard: dict[str, dict[str, float]] = {}
    for group, issue, value in rows.filter(as_of=latest).values_list("group", "issue_id", "value"):
        unheard.setdefault(group, {})[str(issue)] = 1 - value
    group_of = {level: group for group in sorted(unheard) for level in group.split("+")}
    return Blind(latest, {level: group_of.get(level, level) for level in ("", *Level.values)}, unheard)


def what_they_raise(*, segments: Mapping[str, str], now: datetime) -> tuple[Chances, dict[str, float]]:
    """The chance that each customer raises each issue, and what an issue weighs: how often it is said.

    A weight of 1 is that of an issue said as often as the average one.
    """
    occasions: dict[str, set[object]] = {}
    raised: dict[str, dict[str, set[object]]] = {}
    times: dict[str, int] = {}
    for issue, customer, occasion in _told(now):
        times[issue] = times.get(issue, 0) + 1
        if customer:
            occasions.setdefault(customer, set()).add(occasion)
            raised.setdefault(customer, {}).setdefault(issue, set()).add(occasion)
    heard = {
        customer: Heard(len(when), {issue: len(said) for issue, said in raised[customer].items()})
        for customer, when in occasions.items()
    }
    average = sum(times.values()) / len(times) if times else 1.0
    return chances(heard, _segments(heard, segments)), {
        issue: count / average for issue, count in sorted(times.items())
    }


def worth_hearing(rates: Mapping[str, float]) -> dict[str, float]:
    """The likeliest issues of a customer, without those that hardly ever come."""
    likeliest = sorted(rates.items(), key=lambda one: (-one[1], one[0]))[:MOST_ISSUES]
    return {issue: rate for issue, rate in likeliest if rate >= LEAST}


def _told(now: datetime) -> Iterable[tuple[str, str, object]]:
    """Each counted mention within a year: of which issue, by whom, on which occasion."""
    rows = Mention.objects.counted().filter(
        happened_at__gte=now - LOOK_BACK, happened_at__lte=now, issue__in=Issue.objects.standing()
    )
    shown = (
        "issue_id",
        "feedback_id",
        "feedback__customer_id",
        "remark__encounter_id",
        "remark__customer_id",
    )
    for issue, feedback, wrote, encounter, said in rows.order_by("id").values_list(*shown).iterator(5_000):
        yield str(issue), str(wrote or said or ""), feedback or encounter


def _segments(heard: Mapping[str, Heard], known: Mapping[str, str]) -> dict[str, str]:
    """The segment of everybody who was heard: of who may not be asked now it is looked up."""
    missing = [customer for customer in heard if customer not in known]
    found = dict(known)
    for start in range(0, len(missing), 500):
        rows = Customer.objects.filter(pk__in=missing[start : start + 500]).values_list("pk", "segment")
        found |= {str(customer): segment for customer, segment in rows}
    return found
