"""Which figures of a file are in the ledger: known by the series, the unit and the first day."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db.models import Model

from coalface.measure.actions import NewFigure, change_figures, key_of, take_in_figures
from coalface.records.models import ImportRun, IndicatorValue

from ..keyed import compare
from ..mapping import Mapping as Meaning
from ..periods import set_period
from ..references import Units
from ..rows import Given

COMPARED: Final = ("until_on", "value", "n")


class FigureRows:
    """The same series, unit and first day again is a correction."""

    def __init__(self, meaning: Meaning, columns: Mapping[str, str], now: datetime) -> None:
        self._columns = columns
        self._units = Units()

    def identity(self, row: Given) -> str:
        """Series, unit and first day."""
        unit = getattr(row.values.get("unit"), "pk", "")
        return f"{row.values.get('key')}|{unit}|{row.values.get('from_on')}"

    def twice(self, row: Given) -> None:
        """Another value for the same days."""
        row.trouble(self._columns.get("value", ""), "id_twice")

    def look_up(self, rows: Sequence[Given]) -> None:
        """Find the units, the days, and what is there already."""
        for row in rows:
            if row.values:
                self._complete(row)
        sound = [row for row in rows if not row.problems]
        held = IndicatorValue.objects.select_related("indicator").filter(
            indicator__key__in={row.values["key"] for row in sound},
            from_on__in={row.values["from_on"] for row in sound},
        )
        there = {(each.indicator.key, each.unit_id, each.from_on): each for each in held}
        for row in sound:
            key = (row.values["key"], row.values["unit"].pk, row.values["from_on"])
            if found := there.get(key):
                row.record = found
                compare(row, found, COMPARED)

    def _complete(self, row: Given) -> None:
        values = row.values
        if "unit" in values:
            values["unit"] = self._units.resolve(row, "unit", self._columns.get("unit", ""))
        elif "unit" in self._columns:
            row.trouble(self._columns["unit"], "unknown_unit")
        else:
            values["unit"] = self._units.root
        set_period(row, self._columns)
        values["key"] = key_of(name=values.get("indicator", ""))
        if "value" in values:
            values["value"] = float(values["value"])
        count = values.pop("count", None)
        if count is not None and (count != int(count) or not 0 <= count < 2**31):
            row.trouble(self._columns.get("count", ""), "not_whole")
        elif count is not None:
            values["n"] = int(count)

    def take_in(self, rows: Sequence[Given], *, run: ImportRun, now: datetime) -> Sequence[Model]:
        """Write the figures down; a series that is new is made, and handed back."""
        return take_in_figures(rows=[_new(row) for row in rows], run=run, by=run.by, now=now)

    def change(self, rows: Sequence[Given], *, run: ImportRun, now: datetime) -> None:
        """Correct what was there."""
        change_figures(rows=[(row.record, row.after) for row in rows], by=run.by, now=now)


def _new(row: Given) -> NewFigure:
    values = row.values
    return NewFigure(
        indicator=values["indicator"],
        unit=values["unit"],
        from_on=values["from_on"],
        until_on=values["until_on"],
        value=values["value"],
        n=values.get("n"),
        measured_in=values.get("measured_in", ""),
    )
