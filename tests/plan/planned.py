"""A month planned for Lindner & Co: the top owes encounters, and there are slots and customers."""

from collections import Counter
from datetime import date, timedelta

from coalface.plan.actions import commit_level, make, offer_slots, publish, want_plan
from coalface.plan.queries.conflicts import overlap, span
from coalface.records.models import Approach, Assignment, Attendance, Plan, Slot
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


def twice() -> list[object]:
    """Everything that is there twice although it may be there once."""
    rows = Attendance.objects.filter(encounter__outcome="planned").select_related("encounter").order_by("id")
    by_person: dict[int, list] = {}
    for one in rows:
        by_person.setdefault(one.person_id, []).append(span(one.encounter))
    found: list[object] = [
        (person, first, second)
        for person, spans in by_person.items()
        for n, first in enumerate(spans)
        for second in spans[n + 1 :]
        if overlap(first, second)
    ]
    standing = Assignment.objects.standing().filter(plan__published_at__isnull=False)
    seats = Counter(standing.values_list("slot_id", flat=True))
    found += [slot for slot in Slot.objects.filter(pk__in=seats) if seats[slot.pk] > slot.seats]
    asked = Counter(Approach.objects.values_list("customer_id", flat=True))
    return found + [customer for customer, times in asked.items() if times > 1]
