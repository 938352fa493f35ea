"""Which exposures of a file are in the ledger: known by unit, measure and first day."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from django.db.models import Model
from django.utils.text import slugify

from coalface.records.models import Exposure, ImportRun
from coalface.verify.actions import NewExposure, record_exposures

from ..keyed import compare
from ..mapping import Mapping as Meaning
from ..periods import set_period
from ..references import Units
from ..rows import Given

COMPARED: Final = ("until_on", "quantity")
MOST: Final = 2**62


class ExposureRows:
    """The same unit, measure and first day again is a correction."""

    def __init__(self, meaning: Meaning, columns: Mapping[str, str], now: datetime) -> None:
        self._meaning, self._columns = meaning, columns
        self._units = Units()

    def identity(self, row: Given) -> str:
        """Unit, measure and first day."""
        unit = row.values.get("unit")
        return f"{getattr(unit, 'pk', '')}|{row.values.get('measure')}|{row.values.get('from_on')}"

    def twice(self, row: Given) -> None:
        """Another figure for the same days."""
        row.trouble(self._columns.get("quantity", ""), "id_twice")

    def look_up(self, rows: Sequence[Given]) -> None:
        """Find the units, the days, and what is there already."""
        for row in rows:
            if row.values:
                self._complete(row)
        sound = [row for row in rows if not row.problems]
        held = Exposure.objects.filter(
            measure__in={row.values["measure"] for row in sound},
            from_on__in={row.values["from_on"] for row in sound},
        )
        there = {(each.unit_id, each.measure, each.from_on): each for each in held}
        for row in sound:
            key = (row.values["unit"].pk, row.values["measure"], row.values["from_on"])
            if found := there.get(key):
                row.record = found
                compare(row, found, COMPARED)

        self._overlapping([row for row in sound if row.record is None])

    def _overlapping(self, rows: Sequence[Given]) -> None:
        """Refuse days that are counted already, in the unit or in one above or below it."""
        if not rows:
            return
        first = min(row.values["from_on"] for row in rows)
        last = max(row.values["until_on"] for row in rows)
        taken: dict[str, list[tuple[str, date, date]]] = defaultdict(list)
        touching = Exposure.objects.filter(from_on__lt=last, until_on__gt=first)
        named = touching.filter(measure__in={row.values["measure"] for row in rows})
        for measure, *span in named.values_list("measure", "unit__path", "from_on", "until_on"):
            taken[measure].append(tuple(span))
        for row in rows:
            path, start, end = row.values["unit"].path, row.values["from_on"], row.values["until_on"]
            there = taken[row.values["measure"]]
            if any(
                a < end and start < b and (a, b, other) != (start, end, path)
                for other, a, b in there
                if path.startswith(other) or other.startswith(path)
            ):
                row.trouble(self._columns.get("period", self._columns.get("from_on", "")), "overlaps")
            else:
                there.append((path, start, end))

    def _complete(self, row: Given) -> None:
        values = row.values
        if "unit" in values:
            values["unit"] = self._units.resolve(row, "unit", self._columns.get("unit", ""))
        elif "unit" in self._columns:
            row.trouble(self._columns["unit"], "unknown_unit")
        else:
            values["unit"] = self._units.root
        set_period(row, self._columns)
        values["measure"] = slugify(values.get("measure", ""))[:50]
        quantity = values.get("quantity")
        if quantity is not None and (quantity != int(quantity) or not 0 <= quantity < MOST):
            row.trouble(self._columns.get("quantity", ""), "not_whole")
        elif quantity is not None:
            values["quantity"] = int(quantity)

    def take_in(self, rows: Sequence[Given], *, run: ImportRun, now: datetime) -> Sequence[Model]:
        """Write down how much was done; these say themselves by which run they came."""
        record_exposures(rows=[self._new(row) for row in rows], by=run.by, now=now, run=run)
        return ()

    def change(self, rows: Sequence[Given], *, run: ImportRun, now: datetime) -> None:
        """Correct what was there."""
        record_exposures(rows=[self._new(row) for row in rows], by=run.by, now=now)

    def _new(self, row: Given) -> NewExposure:
        names = ("unit", "measure", "from_on", "until_on", "quantity")
        return NewExposure(**{name: row.values[name] for name in names}, source=self._meaning.source)
