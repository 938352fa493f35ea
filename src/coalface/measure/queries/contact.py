"""The organisation's contact with its customers, as far as it may be shown without pointing at anybody.

Beside the clocks that their owners published nothing here tells of one person. A figure over all who owe
encounters could be compared with the published ones, and the few who keep theirs to themselves would be
what is left over; therefore

* the median is one of the published values whenever fewer than k people keep theirs to themselves
  (`methods.hiding`), and there is no mean, no highest value and no count beside it;
* how many have met nobody, and how many lie in which stretch of days, is said only when everybody
  published, or when those who did not are at least k in each part of it that is not empty;
* the resolution rate is over everybody who raised something, unless taking the published away would leave
  the remarks of fewer than k people: then it is over the published alone, and says so;
* what guests say about us counts only in full groups of k answers (`heard`);
* a depth of contact counts only from k people on, and no total is shown from which the rest could be had.
"""

import math
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from coalface.methods.contact import recency
from coalface.methods.hiding import careful_median, shown_beside_total
from coalface.methods.results import wilson
from coalface.policies import number
from coalface.records.models import ChosenBy, PublishedClock, Unit

from .guests import Base, Fairness, base_of, fairness
from .heard import heard_figures
from .meetings import (
    YEAR,
    Meeting,
    Resolution,
    committed,
    day_of,
    last_direct,
    meetings,
    resolutions,
    together,
)
from .told import told_figures

STRETCHES = ((30, "30"), (60, "60"), (90, "90"), (180, "180"), (math.inf, "longer"))
NOT_YET = "never"


@dataclass(frozen=True, slots=True)
class Clocks:
    """Days since each committed person met a customer (infinite: not yet), and whose are published."""

    days: dict[int, float]
    published: frozenset[int]

    def open_values(self) -> list[float]:
        """What everybody may see anyway."""
        return [days for person, days in self.days.items() if person in self.published]

    def kept_values(self) -> list[float]:
        """What only its owner may see."""
        return [days for person, days in self.days.items() if person not in self.published]


def contact_figures(*, unit: Unit, now: datetime) -> dict:
    """Everything the page on contact shows of the organisation, ready to be stored."""
    k, today, zone = int(number("smallest_group")), day_of(now, unit), ZoneInfo(unit.time_zone)
    held = meetings(now=now, zone=zone)
    last = last_direct(held)
    owing = committed(today)
    published = frozenset(
        PublishedClock.objects.filter(withdrawn_at=None, published_at__lte=now).values_list(
            "person_id", flat=True
        )
    )
    clocks = Clocks(
        {person: _infinite(recency(last.get(person), today)) for person in owing}, published & owing.keys()
    )
    resolved = resolutions(now)
    recent = [meeting for meeting in held if meeting.counts and meeting.starts_at > now - YEAR]
    base = base_of(now)
    return {
        "clocks": [_clock(person, last, today, resolved) for person in sorted(published)],
        "median": _median(clocks, k),
        "stretches": _stretches(clocks, k),
        "resolution": _resolution(resolved, published, k),
        "depths": _depths(recent, k),
        "chosen_by": _chosen_by(recent, k),
        "base": asdict(base),
        "fairness": _fairness(base, recent, now, k),
        "heard": heard_figures(now),
        "told": told_figures(now),
    }


def _infinite(days: int | None) -> float:
    return math.inf if days is None else float(days)


def _clock(person: int, last: dict[int, date], today: date, resolved: dict[int, Resolution]) -> dict:
    own = resolved.get(person, Resolution(0, 0))
    last_on = last.get(person)
    return {
        "person": person,
        "days": recency(last_on, today),
        "last_on": last_on.isoformat() if last_on else None,
        **_rate(own),
    }


def _rate(resolution: Resolution) -> dict:
    rate = resolution.rate
    return {
        "resolved": resolution.resolved,
        "of": resolution.of,
        "estimate": rate.estimate if rate else None,
        "low": rate.low if rate else None,
        "high": rate.high if rate else None,
    }


def _median(clocks: Clocks, k: int) -> dict:
    """`days` is None when nothing may be said, or when most have met nobody yet (`not_yet`)."""
    middle = careful_median(clocks.open_values(), clocks.kept_values(), k)
    not_yet = middle is not None and math.isinf(middle)
    return {
        "days": None if middle is None or not_yet else math.floor(middle + 0.5),
        "not_yet": not_yet,
        "n": len(clocks.days),
        "published": len(clocks.published),
        "never": _never(clocks, k),
    }


def _never(clocks: Clocks, k: int) -> int | None:
    kept = clocks.kept_values()
    kept_never = sum(map(math.isinf, kept))
    parts = {"never": kept_never, "some day": len(kept) - kept_never}
    if len(clocks.days) < k or (kept and (len(kept) < k or shown_beside_total(parts, k) != set(parts))):
        return None
    return kept_never + sum(map(math.isinf, clocks.open_values()))


def _stretches(clocks: Clocks, k: int) -> list[dict] | None:
    """How many lie in which stretch of days: None where it may not be said, the whole None with too few."""
    kept = Counter(_stretch(days) for days in clocks.kept_values())
    everybody = Counter(map(_stretch, clocks.days.values()))
    names = [name for _, name in STRETCHES] + [NOT_YET]
    if len(clocks.days) < k or 0 < kept.total() < k:
        return None
    shown = shown_beside_total({name: kept[name] for name in names}, k)
    return [{"stretch": name, "people": everybody[name] if name in shown else None} for name in names]


def _stretch(days: float) -> str:
    return NOT_YET if math.isinf(days) else next(name for most, name in STRETCHES if days <= most)


def _resolution(resolved: dict[int, Resolution], published: frozenset[int], k: int) -> dict:
    rest = resolved.keys() - published
    over = "everybody" if len(resolved) >= k and (not rest or len(rest) >= k) else "published"
    people = resolved.keys() if over == "everybody" else resolved.keys() & published
    return {"over": over, "people": len(people), **_rate(together(resolved, people))}


def _depths(recent: list[Meeting], k: int) -> dict:
    minutes: Counter[str] = Counter()
    people: dict[str, set[int]] = {}
    for meeting in recent:
        minutes[meeting.depth] += meeting.minutes
        people.setdefault(meeting.depth, set()).add(meeting.person)
    enough = sorted(depth for depth, who in people.items() if len(who) >= k)
    shown = [{"depth": depth, "minutes": minutes[depth], "people": len(people[depth])} for depth in enough]
    return {"shown": shown, "hidden": sorted(people.keys() - set(enough))}


def _chosen_by(recent: list[Meeting], k: int) -> dict | None:
    if len({meeting.person for meeting in recent}) < k:
        return None
    encounters = {meeting.encounter: meeting for meeting in recent}.values()
    by = Counter(meeting.chosen_by for meeting in encounters)
    announced = sum(meeting.announced for meeting in encounters)
    return {
        "encounters": len(encounters),
        "by": [{"by": who, **_share(by[who], len(encounters))} for who in ChosenBy.values],
        "announced": _share(announced, len(encounters)),
    }


def _share(count: int, n: int) -> dict:
    share = wilson(count, n)
    return {"count": count, "n": n, "estimate": share.estimate, "low": share.low, "high": share.high}


def _fairness(base: Base, recent: list[Meeting], now: datetime, k: int) -> dict | None:
    if len({meeting.person for meeting in recent}) < k:
        return None
    return stored(fairness(base=base, now=now))


def stored(found: Fairness) -> dict:
    """A fairness as it lies in a snapshot."""
    return asdict(found)
