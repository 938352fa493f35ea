"""A person's own figures, computed when they look: nobody else may ask for them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from coalface.meet.queries import Outcomes, my_outcomes
from coalface.methods.contact import Adherence, adherence, effective_segments, frequency, recency
from coalface.methods.results import Estimate
from coalface.plan.queries import Due
from coalface.policies import number
from coalface.records.models import DIRECT, OBSERVATIONAL, Depth, Person, Unit

from .guests import Base, Fairness, base_of, fairness
from .heard import Heard, heard_by_my_guests
from .meetings import YEAR, Meeting, Resolution, committed, day_of, meetings, resolutions, root_unit
from .stored import newest

WINDOW_DAYS = 90

# The four ways of coming near, whatever the format was called.
MIX: Final[dict[str, tuple[str, ...]]] = {
    "doing": (Depth.DOING, Depth.RESOLVING),
    "listening": (Depth.CONVERSING, Depth.GROUP, Depth.LISTENING),
    "seeing": (Depth.BESIDE, Depth.OWN_WALK),
    "reading": (Depth.READING,),
}


@dataclass(frozen=True, slots=True)
class Last:
    """The latest encounter of a sort: which, when and how deep."""

    meeting: Meeting
    days: int


@dataclass(frozen=True, slots=True)
class Mine:
    """One person's contact with customers; None wherever there is nothing to say yet.

    `without_record`: nothing was noted in time; `to_note`: nothing is noted yet, and there is time.
    """

    direct: Last | None
    observed: Last | None
    by_depth: list[Last]
    owed: Due | None
    kept: Adherence | None
    often: Estimate
    resolution: Resolution
    guests: Fairness
    kinds_of_customers: float
    minutes: dict[str, int]
    mix: dict[str, int]
    without_record: int
    to_note: int
    chosen_by: dict[str, int]
    heard: Heard
    outcomes: Outcomes


def mine(person: Person, now: datetime) -> Mine | None:
    """The person's own figures as of now; None before the organisation was founded."""
    unit = root_unit()
    if unit is None:
        return None
    today = day_of(now, unit)
    held = meetings(now=now, zone=ZoneInfo(unit.time_zone), person=person)
    counting = [meeting for meeting in held if meeting.counts]
    year = [meeting for meeting in counting if meeting.starts_at > now - YEAR]
    recent = [meeting for meeting in counting if meeting.starts_at > now - timedelta(days=WINDOW_DAYS)]
    owed = committed(today).get(person.pk)
    guests = fairness(base=stored_base(unit) or base_of(now), now=now, person=person)
    late = now - timedelta(days=number("record_within_days"))
    unnoted = [meeting.starts_at < late for meeting in held if not meeting.counts]
    minutes: Counter[str] = Counter()
    for meeting in year:
        minutes[meeting.depth] += meeting.minutes
    return Mine(
        direct=_last(counting, DIRECT, today),
        observed=_last(counting, OBSERVATIONAL, today),
        by_depth=[last for depth in (*DIRECT, *OBSERVATIONAL) if (last := _last(counting, (depth,), today))],
        owed=owed,
        kept=_kept(counting, owed.every_days, today) if owed else None,
        often=frequency(sum(meeting.direct for meeting in recent), WINDOW_DAYS),
        resolution=resolutions(now, person).get(person.pk, Resolution(0, 0)),
        guests=guests,
        kinds_of_customers=effective_segments(guests.met.values()),
        minutes=dict(minutes),
        mix=_mix(recent),
        without_record=sum(unnoted),
        to_note=len(unnoted) - sum(unnoted),
        chosen_by=dict(Counter(meeting.chosen_by for meeting in year)),
        heard=heard_by_my_guests(person, now),
        outcomes=my_outcomes(person, now),
    )


def stored_base(unit: Unit) -> Base | None:
    """Everybody we serve as the newest snapshot counted them; counting anew on each page would be slow."""
    figures = newest("contact", unit)
    return Base(**figures.figures["base"]) if figures else None


def _last(of: list[Meeting], depths: tuple[str, ...], today: date) -> Last | None:
    latest = max((m for m in of if m.depth in depths), key=lambda m: m.starts_at, default=None)
    return Last(latest, recency(latest.on, today) or 0) if latest else None


def _mix(recent: list[Meeting]) -> dict[str, int]:
    """Minutes of the last ninety days by way of coming near; empty without any."""
    minutes = {
        way: sum(meeting.minutes for meeting in recent if meeting.depth in depths)
        for way, depths in MIX.items()
    }
    return minutes if any(minutes.values()) else {}


def _kept(of: list[Meeting], every_days: int, today: date) -> Adherence:
    days = [WINDOW_DAYS - (today - meeting.on).days for meeting in of if meeting.direct]
    return adherence(days, cadence=every_days, window=WINDOW_DAYS)
