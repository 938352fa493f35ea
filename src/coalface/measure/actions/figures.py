"""Taking in figures that other systems keep: first-call resolution, sick days, revenue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils.text import slugify

from coalface.records.history import note
from coalface.records.models import ImportRun, Indicator, IndicatorValue, Person, Unit

AT_ONCE: Final = 1_000


class TooManyFigures(ValueError):
    """More figures than one transaction should hold."""


@dataclass(frozen=True, slots=True)
class NewFigure:
    """The value of a series for a unit and a period; `until_on` is no part of it."""

    indicator: str
    unit: Unit
    from_on: date
    until_on: date
    value: float
    n: int | None = None
    measured_in: str = ""


@transaction.atomic
def take_in_figures(
    *, rows: Sequence[NewFigure], by: Person | None, now: datetime, run: ImportRun | None = None
) -> list[Indicator]:
    """Write down what is new of up to a thousand figures, and hand back the series that had to be made."""
    if len(rows) > AT_ONCE:
        raise TooManyFigures(len(rows))
    series, made = _series(rows=rows)
    written = IndicatorValue.objects.bulk_create(
        [
            IndicatorValue(
                indicator=series[key_of(name=row.indicator)],
                unit=row.unit,
                from_on=row.from_on,
                until_on=row.until_on,
                value=row.value,
                n=row.n,
                run=run,
            )
            for row in rows
        ],
        ignore_conflicts=True,
    )
    if written:
        note("figures.taken_in", about=run or written[0].indicator, by=by, at=now, rows=len(written))
    return made


def key_of(*, name: str) -> str:
    """What tells a series from others, by its name."""
    return slugify(name, allow_unicode=False)[:64] or "figure"


def _series(*, rows: Sequence[NewFigure]) -> tuple[dict[str, Indicator], list[Indicator]]:
    wanted = {key_of(name=row.indicator): row for row in reversed(rows)}
    there = {each.key: each for each in Indicator.objects.filter(key__in=wanted)}
    missing = [
        Indicator(key=key, name=row.indicator, measured_in=row.measured_in)
        for key, row in sorted(wanted.items())
        if key not in there
    ]
    made = Indicator.objects.bulk_create(missing)
    return there | {each.key: each for each in made}, made


@transaction.atomic
def change_figures(
    *, rows: Sequence[tuple[IndicatorValue, Mapping[str, Any]]], by: Person | None, now: datetime
) -> None:
    """Correct figures that are there."""
    fields: set[str] = set()
    for figure, after in rows:
        for name, value in after.items():
            setattr(figure, name, value)
            fields.add(name)
    if rows:
        figures = [figure for figure, _after in rows]
        IndicatorValue.objects.bulk_update(figures, sorted(fields))
        note("figures.changed", about=figures[0].indicator, by=by, at=now, rows=len(rows))
