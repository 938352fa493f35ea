"""The figures `coalface summary` prints; docs/using/summary.md explains each key."""

from datetime import datetime

from django.db.models import OuterRef, Subquery

from coalface.measure.queries import Mine, mine, newest, root_unit
from coalface.records.models import Encounter, Person, Remark, Snapshot, Unit, Verdict

NEXT = 5


def summary(now: datetime, person: Person | None = None) -> dict:
    """Plain numbers, codes and dates; figures of groups as the newest snapshots have them."""
    unit = root_unit()
    contact, known = _newest("contact", unit), _newest("awareness", unit)
    figures = {
        "as_of": contact.as_of.isoformat() if contact else None,
        "organisation": unit.name if unit else None,
        "leaders": _leaders(contact),
        "resolution": _resolution(contact),
        "remarks_open": Remark.objects.open().count(),
        "awareness": _awareness(known),
        "awareness_hidden": known.figures["hidden"] if known else [],
        "next_encounters": _next_encounters(now),
        "verdicts": _verdicts(),
    }
    if person is not None:
        figures["mine"] = _mine(person, mine(person, now))
    return figures


def _newest(kind: str, unit: Unit | None) -> Snapshot | None:
    return newest(kind, unit) if unit else None


def _leaders(contact: Snapshot | None) -> dict:
    median = contact.figures["median"] if contact else {}
    return {
        "median_days_since_customer": median.get("days"),
        "not_yet": median.get("not_yet", False),
        "n": median.get("n", 0),
        "never": median.get("never"),
    }


def _resolution(contact: Snapshot | None) -> dict:
    found = contact.figures["resolution"] if contact else {}
    return {
        "estimate": found.get("estimate"),
        "low": found.get("low"),
        "high": found.get("high"),
        "n": found.get("of", 0),
        "resolved": found.get("resolved", 0),
        "over": found.get("over", "everybody"),
    }


def _awareness(known: Snapshot | None) -> list[dict]:
    return [
        {
            "group": group["group"],
            "people": group["people"],
            "someone": group["someone"]["estimate"],
            "low": group["someone"]["low"],
            "high": group["someone"]["high"],
            "typical": group["typical"]["estimate"],
            "n": group["someone"]["n"],
            "aware": group["aware"],
            "issues": group["issues"],
        }
        for group in (known.figures["groups"] if known else ())
    ]


def _next_encounters(now: datetime) -> list[dict]:
    coming = Encounter.objects.to_come(now).select_related("format", "unit")
    coming = coming.prefetch_related("attendances__person").order_by("starts_at", "id")[:NEXT]
    return [
        {
            "at": encounter.starts_at.isoformat(),
            "format": encounter.format.name,
            "place": encounter.unit.name,
            "who": sorted(attendance.person.name for attendance in encounter.attendances.all()),
        }
        for encounter in coming
    ]


def _verdicts() -> list[dict]:
    latest = Verdict.objects.filter(fix=OuterRef("fix")).order_by("-judged_at", "-id").values("pk")[:1]
    standing = Verdict.objects.filter(pk=Subquery(latest)).select_related("fix__issue")
    return [
        {
            "fix": verdict.fix.title,
            "issue": verdict.fix.issue.title,
            "ruling": verdict.ruling,
            "basis": verdict.basis,
            "ratio": verdict.ratio,
            "low": verdict.ratio_low,
            "high": verdict.ratio_high,
            "decidable_on": verdict.decidable_on.isoformat() if verdict.decidable_on else None,
            "missing": verdict.missing,
        }
        for verdict in standing.order_by("-judged_at", "-id")
    ]


def _mine(person: Person, own: Mine | None) -> dict:
    if own is None:
        return {"person": person.name}
    rate, guests = own.resolution.rate, own.guests
    return {
        "person": person.name,
        "days_since_customer": own.direct.days if own.direct else None,
        "depth": own.direct.meeting.depth if own.direct else None,
        "days_since_watching": own.observed.days if own.observed else None,
        "due_on": own.owed.due_on.isoformat() if own.owed else None,
        "resolved": own.resolution.resolved,
        "raised": own.resolution.of,
        "resolution_low": rate.low if rate else None,
        "resolution_high": rate.high if rate else None,
        "customers_met": guests.guests,
        "choice_by_segment": guests.segments.verdict if guests.segments else None,
        "choice_of_unhappy": guests.unhappy.verdict if guests.unhappy else None,
    }
