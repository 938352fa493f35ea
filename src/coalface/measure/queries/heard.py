"""What guests say about us: did we listen, did it feel like a sales pitch?

Each answer was given in confidence. Therefore

* answers are counted in full groups of k, in the order in which they came: a figure never moves by a single
  answer, so that two of them cannot be compared to find out what one guest said;
* a person's own figure is shown to them alone, from five answers on, and only when the others in the
  organisation's figure are none or at least k, who cannot be had by subtraction then.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef

from coalface.methods.results import Estimate, wilson
from coalface.policies import number
from coalface.records.models import Attendance, Guest, Person

from .meetings import YEAR

FEWEST_OF_MINE: Final = 5
QUESTIONS: Final = ("listened", "felt_like_a_sale")


@dataclass(frozen=True, slots=True)
class Heard:
    """The shares of guests who said yes to each question, over full groups; None below one group."""

    listened: Estimate | None
    felt_like_a_sale: Estimate | None


def heard_figures(now: datetime) -> dict:
    """What all guests of the last year said, ready to be stored."""
    k = int(number("smallest_group"))
    return {name: _stored(_share(_answers(name, now, k))) for name in QUESTIONS}


def heard_by_my_guests(person: Person, now: datetime) -> Heard:
    """What those said whom the person met, for nobody but them."""
    k = int(number("smallest_group"))
    return Heard(*(_share(_mine(name, person, now, k)) for name in QUESTIONS))


def _mine(question: str, person: Person, now: datetime, k: int) -> dict[int, bool]:
    own = _answers(question, now, max(k, FEWEST_OF_MINE), person)
    others = _answers(question, now, k).keys() - own.keys()
    return own if not others or len(others) >= k else {}


def _answers(question: str, now: datetime, k: int, person: Person | None = None) -> dict[int, bool]:
    """By guest: the full groups of k whose last answer came within a year."""
    rows = Guest.objects.filter(answered_at__lte=now, **{f"{question}__isnull": False})
    if person is not None:
        rows = rows.filter(Exists(Attendance.objects.filter(encounter=OuterRef("encounter"), person=person)))
    given = list(rows.order_by("answered_at", "id").values_list("pk", question, "answered_at"))
    groups = [given[start : start + k] for start in range(0, len(given) - k + 1, k)]
    recent = [group for group in groups if group[-1][2] > now - YEAR]
    return {pk: yes for group in recent for pk, yes, _ in group}


def _share(answers: dict[int, bool]) -> Estimate | None:
    return wilson(sum(answers.values()), len(answers)) if answers else None


def _stored(share: Estimate | None) -> dict | None:
    if share is None:
        return None
    return {"estimate": share.estimate, "low": share.low, "high": share.high, "n": share.n}
