"""From the fields of one row to feedback, or to the reason why not."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from coalface.hear.actions import NewFeedback
from coalface.records.models import Customer, Kind, Unit

from .map import Choice, FeedbackMap, WrongMap
from .reading import CannotRead, Row

LONGEST: Final = {"id": 120, "topic": 120, "text": 100_000, "channel": 24, "language": 8}
RANGES: Final = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}
SCORE: Final = re.compile(r"(\d{1,3})(?:[.,]0+)?", re.ASCII)
EARLIEST: Final = 1900
ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Refused:
    """Where a row failed; never what it said."""

    line: int
    column: str
    reason: str


class NoOrganisation(CannotRead):
    """Feedback belongs to a unit, and there is none."""


class Unusable(Exception):
    """One field of a row cannot be used."""

    def __init__(self, column: str, reason: str) -> None:
        self.column, self.reason = column, reason
        super().__init__(reason)


class Meaning:
    """A map applied to one file: knows the places of the columns and our units."""

    def __init__(self, map: FeedbackMap, header: Sequence[str], now: datetime) -> None:
        self._map = map
        self._at = {name: place for place, name in enumerate(header)}
        self._latest = now + ONE_DAY
        self._units = {unit.key: unit for unit in Unit.objects.all()}
        self._root = next((unit for unit in self._units.values() if unit.parent_id is None), None)
        self._check_units()

    def _check_units(self) -> None:
        keys = {f"unit.values.{written}": key for written, key in self._map.unit.values.items()}
        if self._map.unit.always:
            keys["unit"] = self._map.unit.always
        for place, key in keys.items():
            if key not in self._units:
                raise WrongMap(place, _("there is no unit with the key “%(key)s”") % {"key": key})
        if self._root is None:
            raise NoOrganisation(
                _("There is no organisation yet. Make its first administrator: coalface user")
            )

    def reference(self, row: Row) -> str:
        """The customer's reference in a row, for looking up many at once; empty where there is none."""
        column = self._map.columns.get("customer")
        written = row.fields[self._at[column]].strip() if column and not row.refused else ""
        return "" if written in self._map.null or "\0" in written else written

    def of(self, row: Row, customers: Mapping[str, Customer]) -> NewFeedback | Refused:
        """What the row says."""
        if row.refused:
            return Refused(row.first_line, "", row.refused)
        try:
            return self._feedback(row, customers)
        except Unusable as why:
            return Refused(row.first_line, why.column[:120], why.reason)

    def _feedback(self, row: Row, customers: Mapping[str, Customer]) -> NewFeedback:
        unit = self._unit(row)
        return NewFeedback(
            source=self._map.source,
            source_id=self._id(row),
            channel=self._chosen(row, "channel"),
            kind=self._kind(row),
            received_at=self._moment(row, self._map.time_zone or ZoneInfo(unit.time_zone)),
            unit=unit,
            topic=self._field(row, "topic"),
            text=self._field(row, "text"),
            language=self._chosen(row, "language"),
            customer=self._customer(row, customers),
            nps=self._score(row, "nps"),
            csat=self._score(row, "csat"),
            ces=self._score(row, "ces"),
        )

    def _bare(self, row: Row, column: str) -> str:
        written = row.fields[self._at[column]].strip()
        if "\0" in written:
            raise Unusable(column, "nul_byte")
        return "" if written in self._map.null else written

    def _field(self, row: Row, name: str) -> str:
        column = self._map.columns.get(name)
        written = self._bare(row, column) if column else ""
        if column and len(written) > LONGEST[name]:
            raise Unusable(column, "too_long")
        return written

    def _id(self, row: Row) -> str:
        if id := self._field(row, "id"):
            return id
        raise Unusable(self._map.columns["id"], "no_id")

    def _chosen(self, row: Row, name: str) -> str:
        choice: Choice = getattr(self._map, name)
        if not choice.column:
            return choice.always
        written = self._bare(row, choice.column)
        meant = choice.of(written) if written else ""
        if meant is None:
            raise Unusable(choice.column, f"unknown_{name}")
        if len(meant) > LONGEST[name]:
            raise Unusable(choice.column, "too_long")
        return meant

    def _looked_up(self, row: Row, name: str, known: Callable[[str], bool]) -> str:
        choice: Choice = getattr(self._map, name)
        meant = choice.of(self._bare(row, choice.column)) if choice.column else choice.always
        if meant is None or not known(meant):
            raise Unusable(choice.column, f"unknown_{name}")
        return meant

    def _kind(self, row: Row) -> str:
        return self._looked_up(row, "kind", Kind.values.__contains__)

    def _unit(self, row: Row) -> Unit:
        if self._map.unit == Choice() and self._root:
            return self._root
        return self._units[self._looked_up(row, "unit", self._units.__contains__)]

    def _customer(self, row: Row, customers: Mapping[str, Customer]) -> Customer | None:
        column = self._map.columns.get("customer")
        reference = self._bare(row, column) if column else ""
        if column and reference and reference not in customers and self._map.refuse_unknown_customers:
            raise Unusable(column, "unknown_customer")
        return customers.get(reference)

    def _score(self, row: Row, name: str) -> int | None:
        column = self._map.columns.get(name)
        written = self._bare(row, column) if column else ""
        if not column or not written:
            return None
        found = SCORE.fullmatch(written)
        least, most = RANGES[name]
        if not found or not least <= int(found[1]) <= most:
            raise Unusable(column, "bad_score")
        return int(found[1])

    def _moment(self, row: Row, zone: ZoneInfo) -> datetime:
        column = self._map.columns["received_at"]
        written = self._bare(row, column)
        moment = next(filter(None, (_parsed(written, each) for each in self._map.dates)), None)
        if moment is None or not EARLIEST <= moment.year <= self._latest.year + 1:
            raise Unusable(column, "bad_date")
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
        if moment > self._latest:
            raise Unusable(column, "in_the_future")
        return moment


def _parsed(written: str, form: str) -> datetime | None:
    try:
        if form == "iso":
            return datetime.fromisoformat(written)
        return datetime.strptime(written, form)  # noqa: DTZ007 - the zone follows
    except ValueError:
        return None
