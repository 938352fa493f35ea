"""A city that hears its residents: who works there, and the file of its cases."""

import csv
import gzip
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from coalface.customers.actions import NewConsent, NewCustomer, add_customers, record_consents
from coalface.people.actions import add_person, add_unit, found_organisation, grant, open_account
from coalface.plan.actions import add_format
from coalface.records.models import (
    Channel,
    Customer,
    Depth,
    Level,
    Person,
    Purpose,
    Role,
    Unit,
    UnitKind,
)
from tests.people import PASSWORD

THERE = ZoneInfo("America/Los_Angeles")
WEEK = timedelta(weeks=1)
# Rain on the west side flows to the ocean, all other rain to the bay: the two halves of the sewers.
OCEAN, BAY = ("1", "4", "7"), ("2", "3", "5", "6", "8", "9", "10", "11")
MAP = """
[unit]
column = "supervisor_district"

[unit.values]
"""


@dataclass(frozen=True)
class City:
    """The city and its people; cases without a district belong to none of the two sides."""

    root: Unit
    bay: Unit
    ocean: Unit
    olga: Person
    mina: Person
    adam: Person
    sven: Person
    rosa: Customer


def city(now: datetime) -> City:
    """Everybody and every place, made through the actions a user calls."""
    root = found_organisation(name="San Francisco", key="city", time_zone=str(THERE), now=now)
    bay, ocean = (
        add_unit(key=name.casefold(), name=name, kind=UnitKind.REGION, parent=root, by=None, now=now)
        for name in ("Bayside", "Westside")
    )
    for side, districts in ((bay, BAY), (ocean, OCEAN)):
        for each in districts:
            name, key = f"District {each}", f"district-{each}"
            add_unit(key=key, name=name, kind=UnitKind.SITE, parent=side, by=None, now=now)
    add_unit(key="elsewhere", name="No district", kind=UnitKind.DEPARTMENT, parent=root, by=None, now=now)
    people = [
        _joins(name, unit, role, level, now)
        for name, unit, role, level in (
            ("Olga Reyes", root, Role.LEADER, Level.TOP),
            ("Mina Aziz", root, Role.PROGRAMME_MANAGER, Level.MIDDLE),
            ("Adam Nowak", root, Role.ANALYST, Level.MIDDLE),
            ("Sven Olsen", bay, Role.MEMBER, Level.SUPERVISOR),
        )
    ]
    add_format(key="visit", name="Visit", depth=Depth.CONVERSING, minutes=30, by=people[1], now=now)
    return City(root, bay, ocean, *people, _resident("Rosa Chan", bay, now))


def _joins(name: str, unit: Unit, role: Role, level: Level, now: datetime) -> Person:
    email = f"{name.split()[0].lower()}@city.example"
    since = now.date() - timedelta(days=365)
    person = add_person(name=name, unit=unit, level=level, email=email, starts_on=since, by=None, now=now)
    open_account(person=person, email=email, password=PASSWORD, by=None, now=now)
    grant(person=person, role=role, unit=unit, by=None, now=now)
    return person


def _resident(name: str, unit: Unit, now: datetime) -> Customer:
    [resident] = add_customers(
        rows=[NewCustomer(name=name, unit=unit, segment="private", email="rosa@home.example")],
        by=None,
        now=now,
    )
    yes = NewConsent(resident, Channel.EMAIL, Purpose.TELLING, wording="2014-01")
    record_consents(rows=[yes], by=None, now=now)
    return resident


@dataclass(frozen=True)
class Case:
    """One row of the file: on which day it was opened there, in which district, about what."""

    on: date
    district: str
    label: str


class Cases:
    """The file of all cases, which on any day holds those opened before it."""

    def __init__(self, path: Path) -> None:
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            self._header, *self._rows = csv.reader(file)
        at = [self._header.index(name) for name in ("created_date", "supervisor_district", "descriptor")]
        self._all = [self._case(*(row[place] for place in at)) for row in self._rows]

    @staticmethod
    def _case(opened: str, district: str, label: str) -> Case:
        return Case(datetime.fromisoformat(opened).astimezone(THERE).date(), district, label)

    def as_of(self, day: date, folder: Path) -> Path:
        """The file as somebody would have had it on the morning of a day."""
        path = folder / f"cases-{day}.csv.gz"
        with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
            write = csv.writer(file)
            write.writerow(self._header)
            write.writerows(row for row, case in zip(self._rows, self._all, strict=True) if case.on < day)
        return path

    def map(self, like: Path, folder: Path) -> Path:
        """The map of our documentation, with the districts of this city."""
        lines = [f'{each} = "district-{each}"' for each in (*BAY, *OCEAN)]
        path = folder / "sf311.toml"
        path.write_text(like.read_text() + MAP + "\n".join([*lines, '"*" = "elsewhere"', ""]))
        return path

    def weeks(
        self,
        districts: Collection[str],
        from_on: date,
        until_on: date,
        labels: Collection[str] | None = None,
    ) -> list[int]:
        """How many cases of these districts were opened in each week; with labels only those."""
        counts = Counter(
            (case.on - from_on) // WEEK
            for case in self._all
            if case.district in districts and (labels is None or case.label in labels)
        )
        return [counts[place] for place in range((until_on - from_on) // WEEK)]

    def exposures(self, from_on: date, until_on: date) -> str:
        """All cases of each week and district, as a list: what counts are divided by."""
        lines = ["week,unit,measure,quantity"]
        counts = Counter((self._unit(case.district), (case.on - from_on) // WEEK) for case in self._all)
        units = [*(f"district-{each}" for each in (*BAY, *OCEAN)), "elsewhere"]
        for place in range((until_on - from_on) // WEEK):
            year, week, _ = (from_on + place * WEEK).isocalendar()
            lines += [f"{year}-W{week:02},{unit},cases,{counts[unit, place]}" for unit in units]
        return "\n".join([*lines, ""])

    @staticmethod
    def _unit(district: str) -> str:
        return f"district-{district}" if district in (*BAY, *OCEAN) else "elsewhere"


def without(counts: Sequence[int], first: int, stop: int) -> list[int]:
    """The weeks without those of a spike."""
    return [*counts[:first], *counts[stop:]]
