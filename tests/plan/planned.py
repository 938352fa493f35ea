"""A month planned for Lindner & Co: the top owes encounters, and there are slots and customers."""

from datetime import date, timedelta

from coalface.plan.actions import commit_level, make, offer_slots, publish, want_plan
from coalface.records.models import Plan
from tests.people import NOW, Cast

STARTS, UNTIL = date(2026, 3, 9), date(2026, 4, 6)
FIRST = NOW + timedelta(days=7)


def wanted(cast: Cast, **more) -> Plan:
    """Olga and Rolf owe an encounter each within four weeks; a slot on each of four Mondays."""
    commit_level(level="top", every_days=28, starts_on=date(2025, 3, 1), by=cast.mina, now=NOW)
    weeks = {"starts_at": FIRST, "repeat_until": date(2026, 3, 30)}
    offer_slots(format=cast.visit, unit=cast.north, by=cast.mina, now=NOW, **weeks)
    wish = {"unit": cast.root, "starts_on": STARTS, "until_on": UNTIL, "seed": 7, "by": cast.mina, "now": NOW}
    return want_plan(**wish | more)


def made(cast: Cast, **more) -> Plan:
    """The draft."""
    plan = wanted(cast, **more)
    make(plan=plan, now=NOW)
    return Plan.objects.get(pk=plan.pk)


def published(cast: Cast) -> Plan:
    """The draft in everybody's calendar."""
    plan = made(cast)
    publish(plan=plan, by=cast.mina, now=NOW)
    return Plan.objects.get(pk=plan.pk)
