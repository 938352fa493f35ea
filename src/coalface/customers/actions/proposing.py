"""Looking for entries that may be one customer, every night where a page could not do it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from coalface.customers.queries import DUPLICATES, ON_DEMAND, duplicates, entries
from coalface.records.models import Customer, Snapshot, Unit


def propose_merges(*, now: datetime) -> int:
    """Keep the likeliest pairs of a large directory, ids and codes only; say how many."""
    root = Unit.objects.filter(parent=None).first()
    if root is None or Customer.objects.present().count() <= ON_DEMAND:
        return 0
    rows = [
        [str(pair.one), str(pair.other), pair.score, list(pair.reasons)] for pair in duplicates(entries())
    ]
    _keep(root=root, rows=rows, now=now)
    return len(rows)


@transaction.atomic
def _keep(*, root: Unit, rows: list[list[object]], now: datetime) -> None:
    today = timezone.localdate(now)
    Snapshot.objects.filter(kind=DUPLICATES).exclude(as_of=today).delete()
    Snapshot.objects.update_or_create(
        kind=DUPLICATES, unit=root, as_of=today, defaults={"figures": {"pairs": rows}, "taken_at": now}
    )
