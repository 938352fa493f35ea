"""How many of those who began together came through to each touchpoint."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from coalface.methods.touchpoints import MoreThanCame
from coalface.records.history import note
from coalface.records.models import Cohort, CohortCount, Person, Touchpoint

from ..queries.journey import Reached, chains, stretches


class NoCounts(ValueError):
    """A cohort without a count says nothing."""


class DoesNotFit(ValueError):
    """More came to a touchpoint than could have gone on from the one before, or fewer than stopped there."""

    def __init__(self, touchpoint: Touchpoint) -> None:
        super().__init__(touchpoint.key)
        self.touchpoint = touchpoint


@transaction.atomic
def count_cohort(
    *,
    name: str,
    from_on: date,
    until_on: date,
    counts: Sequence[Reached],
    by: Person | None,
    now: datetime,
    source: str = "",
) -> Cohort:
    """Write down how a cohort came through; `until_on` is not part of its period."""
    _want_fitting(counts)
    cohort = Cohort.objects.create(
        name=name.strip(),
        from_on=from_on,
        until_on=until_on,
        source=source.strip(),
        noted_by=by,
        noted_at=now,
    )
    _write(cohort, counts)
    note("cohort.counted", about=cohort, by=by, at=now)
    return cohort


@transaction.atomic
def correct_cohort(
    *,
    cohort: Cohort,
    name: str,
    from_on: date,
    until_on: date,
    counts: Sequence[Reached],
    by: Person | None,
    now: datetime,
    source: str = "",
) -> Cohort:
    """Counts instead of those before: open cases go on or do not, and people miscount."""
    _want_fitting(counts)
    corrected = Cohort.objects.select_for_update().get(pk=cohort.pk)
    corrected.name, corrected.source = name.strip(), source.strip()
    corrected.from_on, corrected.until_on = from_on, until_on
    corrected.noted_by, corrected.noted_at = by, now
    corrected.save()
    corrected.counts.all().delete()
    _write(corrected, counts)
    note("cohort.corrected", about=corrected, by=by, at=now)
    return corrected


@transaction.atomic
def remove_cohort(*, cohort: Cohort, by: Person | None, now: datetime) -> None:
    """Take away a cohort with its counts."""
    note("cohort.removed", about=cohort, by=by, at=now)
    Cohort.objects.filter(pk=cohort.pk).delete()


def _write(cohort: Cohort, counts: Sequence[Reached]) -> None:
    CohortCount.objects.bulk_create(
        CohortCount(
            cohort=cohort,
            touchpoint=one.touchpoint,
            reached=one.reached,
            excused=one.excused,
            still_open=one.still_open,
        )
        for one in counts
    )


def _want_fitting(counts: Sequence[Reached]) -> None:
    if not counts:
        raise NoCounts
    for one in counts:
        if one.reached < one.excused + one.still_open:
            raise DoesNotFit(one.touchpoint)
    counted = {one.touchpoint.pk: one for one in counts}
    for chain in chains():
        for stretch in stretches(chain, counted):
            try:
                stretch.figures()
            except MoreThanCame as refused:
                raise DoesNotFit(stretch.links[refused.place].taker) from refused
