"""Which feedback of a file is in the ledger, and what is new or different about it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import Model
from django.utils.translation import gettext as _

from coalface.hear.actions import OURS, NewFeedback, take_in
from coalface.records.models import Feedback, ImportRun, Touchpoint, Unit

from ..mapping import Mapping as Meaning
from ..reading import CannotRead
from ..references import Units, customers_of, is_erased
from ..rows import Given
from .actions import change_feedback
from .map import WrongMap

EARLIEST: Final = 1900
ONE_DAY: Final = timedelta(days=1)
COMPARED: Final = ("kind", "topic", "channel", "nps", "csat", "ces", "received_at")
REFERRED: Final = ("unit", "customer", "touchpoint")
NEVER: Final = datetime.max.replace(tzinfo=UTC)


class NoOrganisation(CannotRead):
    """Feedback belongs to a unit, and there is none."""

    code = "no_organisation"


class FeedbackRows:
    """Known by the source and its own id; the words, scores and places are compared."""

    def __init__(self, meaning: Meaning, columns: Mapping[str, str], now: datetime) -> None:
        self._source, self._columns = meaning.source, columns
        self._refuse = meaning.unknown_customer == "refuse"
        self._latest = now + ONE_DAY
        self._zone = ZoneInfo(meaning.time_zone) if meaning.time_zone else None
        if self._source in OURS:
            raise WrongMap("source", _("we write under this name ourselves; choose another one"))
        self._units = Units()
        if self._units.root is None:
            raise NoOrganisation(
                _("There is no organisation yet. Make its first administrator: coalface user")
            )
        self._check_units(meaning)
        self._zones: dict[str, ZoneInfo] = {}
        self._touchpoints: dict[str, Touchpoint] | None = None

    def _check_units(self, meaning: Meaning) -> None:
        named = {f"unit.values.{written}": key for written, key in meaning.values.get("unit", {}).items()}
        if always := meaning.always.get("unit"):
            named["unit"] = always
        for place, key in named.items():
            if not self._units.find(key):
                raise WrongMap(place, _("there is no unit with the key “%(key)s”") % {"key": key})

    def identity(self, row: Given) -> str:
        """The id that the source gave it."""
        return row.values.get("id", "")

    def twice(self, row: Given) -> None:
        """Another content under the same id: which of the two is right only a person knows."""
        row.trouble(self._columns.get("id", ""), "id_twice")

    def look_up(self, rows: Sequence[Given]) -> None:
        """Find units, touchpoints, customers, and what is there already."""
        customers = customers_of(row.values.get("customer", "") for row in rows)
        for row in rows:
            if row.values:
                self._complete(row, customers)
        self._compare(rows)

    def _complete(self, row: Given, customers: Mapping[str, Any]) -> None:
        values = row.values
        if "unit" in values:
            values["unit"] = self._units.resolve(row, "unit", self._columns.get("unit", ""))
        elif "unit" in self._columns:
            row.trouble(self._columns["unit"], "unknown_unit")
            values["unit"] = None
        else:
            values["unit"] = self._units.root
        if "received_at" in values:
            self._set_moment(row, values["unit"] or self._units.root)
        if "touchpoint" in values:
            self._set_touchpoint(row)
        if written := values.get("customer"):
            values["customer"] = customers.get(written)
            if values["customer"] is None and self._refuse:
                row.trouble(self._columns.get("customer", ""), "unknown_customer")

    def _set_moment(self, row: Given, unit: Unit) -> None:
        moment = row.values["received_at"]
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=self._zone or self._zone_of(unit))
        row.values["received_at"] = moment = moment.astimezone(UTC)
        if moment.year < EARLIEST:
            row.trouble(self._columns.get("received_at", ""), "bad_date")
        elif moment > self._latest:
            row.trouble(self._columns.get("received_at", ""), "in_the_future")

    def _zone_of(self, unit: Unit) -> ZoneInfo:
        if unit.time_zone not in self._zones:
            self._zones[unit.time_zone] = ZoneInfo(unit.time_zone)
        return self._zones[unit.time_zone]

    def _set_touchpoint(self, row: Given) -> None:
        if self._touchpoints is None:
            self._touchpoints = {}
            for each in Touchpoint.objects.all():
                self._touchpoints |= {each.name.casefold(): each, each.key: each}
        found = self._touchpoints.get(row.values["touchpoint"].casefold())
        if found is None:
            row.trouble(self._columns.get("touchpoint", ""), "unknown_touchpoint")
        row.values["touchpoint"] = found

    def _compare(self, rows: Sequence[Given]) -> None:
        ids = [row.values["id"] for row in rows if row.values.get("id")]
        held = Feedback.objects.filter(source=self._source, source_id__in=ids).select_related(
            "verbatim", "customer"
        )
        there = {each.source_id: each for each in held.order_by()}
        if not there:
            return
        for row in rows:
            if found := there.get(row.values.get("id", "")):
                row.record = found
                _differences(row, found)

    def take_in(self, rows: Sequence[Given], *, run: ImportRun, now: datetime) -> Sequence[Model]:
        """Write down what is new; feedback says itself by which run it came."""
        take_in(rows=[_new(self._source, row.values) for row in rows], by=run.by, now=now, run=run)
        return ()

    def change(self, rows: Sequence[Given], *, run: ImportRun, now: datetime) -> None:
        """Take over what differs."""
        change_feedback(rows=rows, run=run, by=run.by, now=now)


def _new(source: str, values: Mapping[str, Any]) -> NewFeedback:
    return NewFeedback(
        source=source,
        source_id=values["id"],
        channel=values.get("channel", ""),
        kind=values["kind"],
        received_at=values["received_at"],
        unit=values["unit"],
        topic=values.get("topic", ""),
        text=values.get("text", ""),
        language=values.get("language", ""),
        nps=values.get("nps"),
        csat=values.get("csat"),
        ces=values.get("ces"),
        touchpoint=values.get("touchpoint"),
        customer=values.get("customer"),
    )


def _differences(row: Given, there: Feedback) -> None:
    """What the file says otherwise; what it does not say, or what was erased or taken back, stays."""
    if there.withdrawn_at or (there.verbatim and there.verbatim.erased_at) or is_erased(there.customer):
        return
    for name in COMPARED:
        value = row.values.get(name)
        if value is not None and value != getattr(there, name):
            row.before[name], row.after[name] = getattr(there, name), value
    for name in REFERRED:
        value = row.values.get(name)
        if value is not None and value.pk != getattr(there, f"{name}_id"):
            row.before[name], row.after[name] = getattr(there, name), value
    words = there.verbatim.text if there.verbatim else ""
    if row.values.get("text") and row.values["text"] != words:
        row.before["text"], row.after["text"] = words, row.values["text"]
