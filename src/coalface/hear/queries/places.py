"""The places where customers find a poster, and how they are called in an address."""

import secrets
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, F, Q, QuerySet

from coalface.records.models import SayPlace, Unit
from coalface.records.tables import Column, Of, Table

# No vowels, so that no code ever spells a word; nothing that looks like something else.
LETTERS: Final = "bcdfghjkmnpqrstvwxz23456789"
CODE_LENGTH: Final = 6
LATELY: Final = timedelta(days=30)
PLACES: Final = Table(
    "places",
    (
        Column("id", Of.WHOLE),
        Column("name"),
        Column("unit", read="unit.name"),
        Column("said_lately", Of.WHOLE, "lately"),
        Column("opened_at", Of.MOMENT),
        Column("closed_at", Of.MOMENT),
    ),
)


def new_code() -> str:
    """A code that says nothing about its place."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def place_called(code: str) -> SayPlace | None:
    """The open place with this code; capitals are forgiven to who typed it from a poster."""
    open_ones = SayPlace.objects.select_related("unit").filter(closed_at=None)
    return open_ones.filter(code=code.lower()).first()


def places(*, within: Q, now: datetime) -> QuerySet[SayPlace]:
    """The places somebody looks after, open ones first, with how much was said there lately."""
    lately = Count(
        "receipts", filter=Q(receipts__given_at__gt=now - LATELY, receipts__withdrawn_at=None), distinct=True
    )
    rows = SayPlace.objects.filter(within).select_related("unit").annotate(lately=lately)
    return rows.order_by(F("closed_at").desc(nulls_first=True), "unit__path", "name", "pk")


def organisation() -> Unit:
    """Whose pages these are."""
    return Unit.objects.get(parent=None)
