"""Who met customers when, and what became of what they raised."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Min
from django.utils import timezone

from coalface.methods.contact import resolution_rate
from coalface.methods.results import Estimate
from coalface.plan.queries import Due, due
from coalface.policies import number
from coalface.records.models import DIRECT, Attendance, Outcome, Person, Remark, Unit
from coalface.records.models.meet.remark import Remarks

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Meeting:
    """One of us at a held encounter; `counts` when something was noted soon enough."""

    person: int
    encounter: UUID
    starts_at: datetime
    on: date
    depth: str
    minutes: int
    announced: bool
    chosen_by: str
    counts: bool

    @property
    def direct(self) -> bool:
        """Two-way contact that counts for the clock."""
        return self.counts and self.depth in DIRECT


@dataclass(frozen=True, slots=True)
class Resolution:
    """How much of what somebody raised long enough ago came to an end."""

    resolved: int
    of: int

    @property
    def rate(self) -> Estimate | None:
        """With its interval; None while nothing is old enough."""
        return resolution_rate(self.resolved, self.of) if self.of else None


def root_unit() -> Unit | None:
    """The organisation itself; None before it was founded."""
    return Unit.objects.filter(parent=None).order_by("id").first()


def day_of(now: datetime, unit: Unit) -> date:
    """The date on the unit's own calendar."""
    return timezone.localdate(now, ZoneInfo(unit.time_zone))


def meetings(*, now: datetime, zone: ZoneInfo, person: Person | None = None) -> list[Meeting]:
    """Held encounters up to now, oldest first, of one person or of everybody."""
    soon = timedelta(days=number("record_within_days"))
    rows = Attendance.objects.filter(encounter__outcome=Outcome.HELD, encounter__starts_at__lte=now)
    if person is not None:
        rows = rows.filter(person=person)
    rows = rows.annotate(noted_at=Min("encounter__remarks__noted_at")).order_by("encounter__starts_at", "id")
    values = rows.values_list(
        "person_id", "encounter_id", "encounter__starts_at", "depth", "minutes",
        "encounter__announced", "encounter__chosen_by", "noted_at",
    )  # fmt: skip
    return [
        Meeting(
            who, where, at, timezone.localdate(at, zone), depth, minutes, announced, chosen_by,
            counts=noted_at is not None and noted_at <= at + soon,
        )
        for who, where, at, depth, minutes, announced, chosen_by, noted_at in values
    ]  # fmt: skip


def committed(today: date) -> dict[int, Due]:
    """Everybody who owes encounters today, as the plan has it, by person."""
    return {row.person.pk: row for row in due(today)}


def last_direct(of: Iterable[Meeting]) -> dict[int, date]:
    """The day each person last met a customer two ways, for those who ever did."""
    last: dict[int, date] = {}
    for meeting in of:
        if meeting.direct:
            last[meeting.person] = max(meeting.on, last.get(meeting.person, meeting.on))
    return last


def counting_remarks(now: datetime, person: Person | None = None) -> Remarks:
    """Remarks that ask for something or praise somebody, old enough to be asked what came of them."""
    old = now - timedelta(days=number("resolution_after_days"))
    remarks = Remark.objects.asking().filter(noted_at__lt=old)
    return remarks if person is None else remarks.filter(noted_by=person)


def resolutions(now: datetime, person: Person | None = None) -> dict[int, Resolution]:
    """For everybody who raised something long enough ago: how much of it came to an end."""
    of = Counter(counting_remarks(now, person).order_by().values_list("noted_by_id", flat=True))
    ended = counting_remarks(now, person).resolved(now).order_by()
    resolved = Counter(ended.values_list("noted_by_id", flat=True))
    return {who: Resolution(resolved[who], count) for who, count in of.items()}


def together(parts: Mapping[int, Resolution], people: Iterable[int]) -> Resolution:
    """The sums over these people."""
    chosen = [parts[person] for person in people if person in parts]
    return Resolution(sum(part.resolved for part in chosen), sum(part.of for part in chosen))
