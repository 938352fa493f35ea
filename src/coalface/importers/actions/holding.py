"""Customers of a chunk are held fast while it is written, so that nobody is forgotten or merged beside it."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q

from coalface.records.models import Customer

from ..rows import Given


@transaction.atomic
def somebody_went(*, given: Sequence[Given]) -> bool:
    """Lock whom these rows name; whether one of them was forgotten or merged since they were understood."""
    named, owners = set(), set()
    for row in given:
        if row.problems or (row.record and not row.changes):
            continue
        named |= {value.pk for value in row.values.values() if isinstance(value, Customer)}
        if isinstance(row.record, Customer):
            named.add(row.record.pk)
        elif row.record:
            owners |= _owners(row.record)
    if not named | owners:
        return False
    held = Customer.objects.select_for_update().filter(pk__in=named | owners).order_by("pk")
    gone = Q(pk__in=named, merged_into__isnull=False) | Q(erased_at__isnull=False)
    list(held.values_list("pk"))
    return Customer.objects.filter(gone, pk__in=named | owners).exists()


def _owners(record: Any) -> set[Any]:
    """Of whom a row of the ledger tells."""
    fields = [field for field in record._meta.concrete_fields if field.related_model is Customer]
    return {getattr(record, field.attname) for field in fields} - {None}
