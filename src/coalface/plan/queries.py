"""Who is due, whom they could meet, and in which ways."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from coalface.customers.queries import approachable
from coalface.people.queries import last_met, positions_on
from coalface.policies import number
from coalface.records.models import (
    Assignment,
    Attendance,
    Commitment,
    Customer,
    Encounter,
    Exemption,
    Outcome,
    Person,
    Position,
    ProgrammeNotice,
    Purpose,
    Unit,
)
from coalface.records.models.them.customer import Customers
from coalface.records.tables import Column, Of, Table

LOOK_BACK = timedelta(days=365)

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
NOTICES = Table(
    "notices",
    (
        Column("unit_key", read="unit.key"),
        Column("unit", read="unit.name"),
        Column("published_on", Of.DAY),
        Column("filed_by", read="filed_by.name"),
        Column("filed_at", Of.MOMENT),
        Column("text"),
    ),
)


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody who owes encounters: how often, when they last met a customer, and by when again."""

    person: Person
    every_days: int
    last_on: date | None
    due_on: date
    exempt_until: date | None
    next_encounter: Encounter | None
    unit: Unit


@dataclass(frozen=True, slots=True)
class Field:
    """Whom a draw is made from: customers served and met by segment, and who of each may be asked."""

    base: dict[str, int]
    met: dict[str, int]
    eligible: dict[str, list[str]]

    def without(self, customer: str) -> "Field":
        """The same field once one customer turned out not to be free."""
        left = {segment: [pk for pk in who if pk != customer] for segment, who in self.eligible.items()}
        return replace(self, eligible=left)


def due(today: date) -> list[Due]:
    """Everybody who owes encounters, the longest overdue first, and those let off for now last.

    The shortest promise counts, from its own start, the present position or the last encounter on.
    """
    owed = _owed(today)
    people = [position.person_id for position, _, _ in owed]
    met, let_off, planned = last_met(people, today), _let_off(people, today), _planned(people, today)
    rows = [
        Due(
            person=position.person,
            every_days=every,
            last_on=met.get(position.person_id),
            due_on=_due_on(every, (since, met.get(position.person_id)), let_off.get(position.person_id)),
            exempt_until=let_off.get(position.person_id),
            next_encounter=planned.get(position.person_id),
            unit=position.unit,
        )
        for position, every, since in owed
    ]
    return sorted(
        rows, key=lambda row: (row.exempt_until is not None, row.due_on, row.person.name, row.person.pk)
    )


def _owed(today: date) -> list[tuple[Position, int, date]]:
    running = Commitment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today), starts_on__lte=today)
    promises = list(running.values_list("level", "person_id", "every_days", "starts_on"))
    owed = []
    for position in positions_on(today):
        theirs = [
            (every, max(starts_on, position.starts_on))
            for level, person, every, starts_on in promises
            if person == position.person_id or (level and level == position.level)
        ]
        if theirs:
            owed.append((position, *min(theirs)))
    return owed


def _due_on(every: int, marks: Iterable[date | None], exempt_until: date | None) -> date:
    counted_from = max(mark for mark in marks if mark)
    due_on = counted_from + timedelta(days=every)
    return max(due_on, exempt_until) if exempt_until else due_on


def _let_off(people: list[int], today: date) -> dict[int, date]:
    running = Exemption.objects.filter(person__in=people, starts_on__lte=today, until_on__gt=today)
    return dict(running.order_by("until_on", "id").values_list("person_id", "until_on"))


def _planned(people: list[int], today: date) -> dict[int, Encounter]:
    midnight = timezone.make_aware(datetime.combine(today, time.min))
    coming = Attendance.objects.filter(
        person__in=people, encounter__outcome=Outcome.PLANNED, encounter__starts_at__gte=midnight
    )
    latest_first = coming.select_related("encounter__format").order_by("-encounter__starts_at", "-id")
    return {attendance.person_id: attendance.encounter for attendance in latest_first}


def the_field(*, channel: str, now: datetime, within: Unit | None = None) -> Field:
    """Customers by segment: all served, those met within a year or about to be, those who may be asked."""
    served = _served(Customer.objects.present(), within).order_by()
    met = _served(Customer.objects.present(), within).filter(
        Q(visits__came__isnull=True) | Q(visits__came=True),
        visits__encounter__outcome__in=(Outcome.PLANNED, Outcome.HELD),
        visits__encounter__starts_at__gte=now - LOOK_BACK,
    )
    free = _served(approachable(channel, Purpose.CONVERSATION, now), within).order_by()
    eligible: dict[str, list[str]] = {}
    for pk, segment in free.values_list("pk", "segment"):
        eligible.setdefault(segment, []).append(str(pk))
    return Field(base=_by_segment(served), met=_by_segment(met.order_by()), eligible=eligible)


def _by_segment(customers: Customers) -> dict[str, int]:
    return dict(customers.values_list("segment").annotate(Count("pk", distinct=True)))


def _served(customers: Customers, within: Unit | None) -> Customers:
    if within is None or within.parent_id is None:
        return customers
    return customers.filter(unit__path__startswith=within.path)


def drawn(where: Q) -> QuerySet[Assignment]:
    """Customers drawn, newest first, with all that explains the draw."""
    shown = ("person", "customer", "encounter__format", "encounter__unit")
    return Assignment.objects.filter(where).select_related(*shown)


def notices(where: Q) -> QuerySet[ProgrammeNotice]:
    """What was announced about incognito visits, the latest first."""
    rows = ProgrammeNotice.objects.filter(where).select_related("unit", "filed_by")
    return rows.order_by("-published_on", "-id")


def notice_for(unit: Unit) -> ProgrammeNotice | None:
    """The oldest notice that holds for a unit: its own, or one of a unit above it."""
    above = [int(pk) for pk in unit.path.strip("/").split("/") if pk]
    return ProgrammeNotice.objects.filter(unit__in=above).order_by("published_on", "id").first()


def incognito_from(unit: Unit) -> date | None:
    """The first day on which somebody may visit a unit incognito; None without a notice."""
    notice = notice_for(unit)
    return notice.published_on + timedelta(days=int(number("incognito_notice_days"))) if notice else None
