"""A fix that went live, and encounters to come."""

from collections.abc import Sequence
from datetime import timedelta

from coalface.plan.actions import plan_encounter
from coalface.records.models import Customer, Encounter, Fix, Person
from tests import verify
from tests.people import NOW, Cast


def live_fix(cast: Cast) -> Fix:
    """Shipped in its twentieth week with enough said before it; Adam is to judge it."""
    about = verify.issue(cast, "Cards are blocked abroad")
    verify.said(about, cast.north, [10] * 20)
    verify.done([cast.north], 100, 0, 50, cast.mina)
    return verify.shipped(cast, verify.proposed_fix(cast, about))


def soon(cast: Cast, person: Person, days: int, customers: Sequence[Customer] = ()) -> Encounter:
    """An encounter so many days after NOW."""
    return plan_encounter(
        format=cast.visit, unit=cast.north, starts_at=NOW + timedelta(days=days), person=person,
        customers=customers, chosen_by="planner", by=None, now=NOW,
    )  # fmt: skip
