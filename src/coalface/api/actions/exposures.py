"""Writing down how much was done, where the sender may say what they saw before."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from coalface.records.models import Exposure, Person, Unit
from coalface.verify.actions import NewExposure, record_exposures


@transaction.atomic
def put_exposure(
    *, row: NewExposure, expected: Callable[[Exposure | None], None], by: Person, now: datetime
) -> tuple[Exposure, bool]:
    """Record or correct one exposure; the same again writes nothing. The unit is locked meanwhile."""
    Unit.objects.select_for_update().get(pk=row.unit.pk)
    same_period = Exposure.objects.filter(unit=row.unit, measure=row.measure, from_on=row.from_on)
    there = same_period.select_related("unit").first()
    expected(there)
    if there and (there.until_on, there.quantity, there.source) == (row.until_on, row.quantity, row.source):
        return there, False
    record_exposures(rows=[row], by=by, now=now)
    return same_period.select_related("unit").get(), there is None
