"""When people work, as stretches of absolute time: local hours, daylight saving and public holidays."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from coalface.records.models import Unit, WorkingHours

if TYPE_CHECKING:
    from numpy import ndarray

# weekday (0 is Monday), from and until in minutes after midnight
Week = tuple[tuple[int, int, int], ...]

OFFICE: Final[Week] = tuple((weekday, 8 * 60, 18 * 60) for weekday in range(5))
A_DAY: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class Rhythm:
    """All that decides when somebody works; people who are alike share one."""

    week: Week
    zone: str
    country: str
    subdivision: str


class Places:
    """Every unit with what it says about time itself, and what it takes from the nearest one above."""

    def __init__(self, units: Iterable[Unit], hours: Iterable[WorkingHours]) -> None:
        self.units = {unit.pk: unit for unit in units}
        self.of_units: dict[int, list[tuple[int, int, int]]] = {}
        self.of_people: dict[int, list[tuple[int, int, int]]] = {}
        for row in hours:
            whose, key = (self.of_units, row.unit_id) if row.unit_id else (self.of_people, row.person_id)
            whose.setdefault(key, []).append((row.weekday, minutes(row.from_time), minutes(row.until_time)))

    def rhythm(self, unit: int, person: int | None = None) -> Rhythm:
        """When somebody in this unit works; hours of their own come first."""
        line = self._line(unit)
        own = self.of_people.get(person) if person else None
        week = own or next((self.of_units[one.pk] for one in line if one.pk in self.of_units), OFFICE)
        country = next((one.country for one in line if one.country), "")
        below = [one for at, one in enumerate(line) if not any(other.country for other in line[:at])]
        subdivision = next((one.subdivision for one in below if one.subdivision), "") if country else ""
        return Rhythm(tuple(sorted(week)), line[0].time_zone, country, subdivision)

    def _line(self, unit: int) -> list[Unit]:
        """The unit and those above it, the nearest first."""
        keys = [int(key) for key in self.units[unit].path.strip("/").split("/") if key]
        return [self.units[key] for key in reversed(keys)]


def minutes(of: time) -> int:
    """Minutes after midnight; the last minute of a day is taken as its end, which a clock cannot show."""
    given = of.hour * 60 + of.minute
    return A_DAY if given == A_DAY - 1 else given


def stretches(rhythm: Rhythm, first: date, days: int) -> "tuple[ndarray, ndarray]":
    """Begin and end of each stretch of work on so many local days, in seconds of UTC, in order and apart."""
    import numpy as np

    weekdays = (first.weekday() + np.arange(days)) % 7
    off = public_holidays(rhythm.country, rhythm.subdivision, first, days)
    works = np.array([first + timedelta(days=day) not in off for day in range(days)], dtype=bool)
    begins, ends = [np.empty(0)], [np.empty(0)]
    for weekday, start, end in rhythm.week:
        there = works & (weekdays == weekday)
        begins.append(np.array(moments(rhythm.zone, start, first, days, fold=0))[there])
        ends.append(np.array(moments(rhythm.zone, end, first, days, fold=1))[there])
    return joined(np.concatenate(begins), np.concatenate(ends))


def joined(begins: "ndarray", ends: "ndarray") -> "tuple[ndarray, ndarray]":
    """The same time in stretches that neither touch nor overlap; what has no length is dropped."""
    import numpy as np

    order = np.argsort(begins, kind="stable")
    order = order[(ends > begins)[order]]
    if not order.size:
        return np.empty(0), np.empty(0)
    begins, ends = begins[order], np.maximum.accumulate(ends[order])
    new = np.concatenate(([True], begins[1:] > ends[:-1]))
    last = np.concatenate((new[1:], [True]))
    return begins[new], ends[last]


@lru_cache(maxsize=1024)
def moments(zone: str, minute: int, first: date, days: int, *, fold: int) -> tuple[float, ...]:
    """When clocks in a zone show this minute of each day, in seconds of UTC.

    On the night on which an hour comes twice, `fold` 0 is the first and 1 the second of the two.
    """
    there, midnight = ZoneInfo(zone), datetime.combine(first, time())
    shown = (midnight + timedelta(days=day, minutes=minute) for day in range(days))
    return tuple(one.replace(tzinfo=there, fold=fold).timestamp() for one in shown)


@lru_cache(maxsize=256)
def public_holidays(country: str, subdivision: str, first: date, days: int) -> frozenset[date]:
    """The public holidays of a country or a part of it; none where nobody said which country it is."""
    if not country:
        return frozenset()
    from holidays import country_holidays

    years = range(first.year, (first + timedelta(days=days)).year + 1)
    try:
        return frozenset(country_holidays(country, subdiv=subdivision or None, years=years))
    except NotImplementedError:  # a country or a part of it that the library does not know (any more)
        return public_holidays(country, "", first, days) if subdivision else frozenset()
