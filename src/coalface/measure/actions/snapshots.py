"""Taking stock: figures of groups as they stand on a day, stored so that pages need not compute them."""

from datetime import date, datetime

from django.db import transaction

from coalface.measure.queries import (
    LevelsKnow,
    awareness_figures,
    chain_figures,
    contact_figures,
    day_of,
    root_unit,
    what_levels_know,
)
from coalface.records.models import Awareness, Snapshot, Unit


def take_snapshots(*, now: datetime) -> list[Snapshot]:
    """Store awareness, contact and chains of the organisation as of its local day, in place of earlier."""
    unit = root_unit()
    if unit is None:
        return []
    today = day_of(now, unit)
    known = what_levels_know(today, now)
    contact = contact_figures(unit=unit, now=now)
    chain = chain_figures(now)
    with transaction.atomic():
        _store_awareness(known, unit, today)
        return [
            _store("awareness", unit, today, awareness_figures(known), now),
            _store("contact", unit, today, contact, now),
            _store("chain", unit, today, chain, now),
        ]


def _store_awareness(known: LevelsKnow, unit: Unit, today: date) -> None:
    Awareness.objects.filter(unit=unit, as_of=today).delete()
    rows = [
        Awareness(
            group=one.group,
            issue_id=issue,
            unit=unit,
            as_of=today,
            value=value,
            n=one.people,
            through=through,
        )
        for one in known.groups
        for issue, value, through in zip(known.issues, one.coverage.known, one.through, strict=True)
    ]
    Awareness.objects.bulk_create(rows, batch_size=500)


def _store(kind: str, unit: Unit, today: date, figures: dict, now: datetime) -> Snapshot:
    return Snapshot.objects.update_or_create(
        kind=kind, unit=unit, as_of=today, defaults={"figures": figures, "taken_at": now}
    )[0]
