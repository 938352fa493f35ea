"""Recording how much was done, so that counts become rates."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.db import transaction

from coalface.records.history import note
from coalface.records.models import Exposure, ImportRun, Person, Unit


class OverlappingExposure(ValueError):
    """Two periods of one measure overlap in one unit, or in a unit and one above it: it would count twice."""


@dataclass(frozen=True, slots=True)
class NewExposure:
    """So many orders, visits or contacts of a unit; `until_on` is not part of the period."""

    unit: Unit
    measure: str
    from_on: date
    until_on: date
    quantity: int
    source: str


@transaction.atomic
def record_exposures(
    *, rows: Sequence[NewExposure], by: Person | None, now: datetime, run: ImportRun | None = None
) -> list[Exposure]:
    """Write down how much was done; the same unit, measure and first day again corrects what was there."""
    _lock_places({row.unit for row in rows})
    recorded = Exposure.objects.bulk_create(
        [
            Exposure(
                unit=row.unit,
                measure=row.measure,
                from_on=row.from_on,
                until_on=row.until_on,
                quantity=row.quantity,
                source=row.source,
                run=run,
            )
            for row in rows
        ],
        update_conflicts=True,
        unique_fields=["unit", "measure", "from_on"],
        update_fields=["until_on", "quantity", "source"],
    )
    for measure in {row.measure for row in rows}:
        _no_overlap(measure, rows)
    if recorded:
        note("exposures.recorded", about=recorded[0].unit, by=by, at=now, rows=len(recorded))
    return recorded


def _lock_places(units: set[Unit]) -> None:
    """Of two who record for a place and one above it at once, the second sees what the first wrote."""
    above = {int(piece) for unit in units for piece in unit.path.strip("/").split("/") if piece}
    list(Unit.objects.select_for_update(no_key=True).filter(pk__in=above).order_by("pk"))


def _no_overlap(measure: str, rows: Sequence[NewExposure]) -> None:
    first = min(row.from_on for row in rows)
    last = max(row.until_on for row in rows)
    periods = defaultdict(list)
    touching = Exposure.objects.filter(measure=measure, from_on__lt=last, until_on__gt=first)
    for path, from_on, until_on in touching.values_list("unit__path", "from_on", "until_on"):
        periods[path].append((from_on, until_on))
    for path in periods:
        above = sorted(period for other in periods if path.startswith(other) for period in periods[other])
        for (_, ends_on), (starts_on, _) in pairwise(above):
            if starts_on < ends_on:
                raise OverlappingExposure(measure, path, starts_on)
