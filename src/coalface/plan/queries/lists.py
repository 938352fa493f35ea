"""The lists of planning, as they are shown and taken along."""

from django.db.models import Q, QuerySet

from coalface.records.models import (
    Assignment,
)
from coalface.records.tables import Column, Of, Table

TURNS = Table(
    "turns",
    (
        Column("name", read="person.name"),
        Column("unit_key", read="unit.key"),
        Column("unit", read="unit.name"),
        Column("every_days", Of.WHOLE),
        Column("last_on", Of.DAY),
        Column("due_on", Of.DAY),
        Column("next_at", Of.MOMENT, "next_encounter.starts_at"),
        Column("next_format", read="next_encounter.format.name"),
    ),
)


FORMATS = Table(
    "formats",
    (
        Column("key"),
        Column("name"),
        Column("kind"),
        Column("depth"),
        Column("minutes", Of.WHOLE),
        Column("seats", Of.WHOLE),
        Column("may_be_unannounced", Of.YES_NO),
        Column("remote", Of.YES_NO),
        Column("guide"),
    ),
)


DRAWS = Table(
    "draws",
    (
        Column("drawn_at", Of.MOMENT),
        Column("name", read="person.name"),
        Column("customer", read="customer.name"),
        Column("format", read="encounter.format.name"),
        Column("unit", read="encounter.unit.name"),
        Column("starts_at", Of.MOMENT, "encounter.starts_at"),
        Column("segment", read="stratum"),
        Column("deficit", Of.NUMBER),
        Column("among", Of.WHOLE),
        Column("seed", Of.WHOLE),
    ),
)


def drawn(where: Q) -> QuerySet[Assignment]:
    """Customers drawn, newest first, with all that explains the draw."""
    shown = ("person", "customer", "encounter__format", "encounter__unit")
    return Assignment.objects.filter(where).select_related(*shown)
