"""The plan board: a stretch of weeks side by side, and in each week who meets whom."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from coalface.people.queries import positions_on
from coalface.records.models import Assignment, Customer, Issue, Person, Plan, Position, Slot, Unit
from coalface.records.tables import Column, Of, Table

from .offered import seats_in

# So many open slots of a week are shown on the board; the page of a match offers all of them.
OPEN_SHOWN = 5
MONTH_DAYS = 30.44

MATCHES = Table(
    "matches",
    (
        Column("starts_at", Of.MOMENT, "slot.starts_at"),
        Column("name", read="person.name"),
        Column("customer", read="customer.name"),
        Column("format", read="slot.format.name"),
        Column("unit_key", read="slot.unit.key"),
        Column("unit", read="slot.unit.name"),
        Column("segment", read="stratum"),
        Column("way"),
        Column("last_on", Of.DAY, "last_met_on"),
        Column("locked", Of.YES_NO),
    ),
)


@dataclass(frozen=True, slots=True)
class Card:
    """A match as the board shows it: in the person's own time zone, with why it came about."""

    match: Assignment
    zone: ZoneInfo
    level: str
    months: int | None

    @property
    def day(self) -> date:
        """The day in the person's own calendar."""
        return timezone.localdate(self.match.slot.starts_at, self.zone)


@dataclass(frozen=True, slots=True)
class Cell:
    """What somebody, or some customer, has in a week."""

    row: Person | Customer
    cards: list[Card] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Week:
    """A week: one cell for each row in the order of the rows, and slots in which a seat is left."""

    starts_on: date
    ends_on: date
    cells: list[Cell]
    open: list[Slot]
    more: int

    @property
    def matches(self) -> int:
        """How many matches of these rows lie in the week."""
        return sum(len(cell.cards) for cell in self.cells)


def matches(plan: Plan, words: str = "", unit: Unit | None = None) -> QuerySet[Assignment]:
    """The matches of a plan whose person's or customer's name holds all the words, in a unit and below."""
    found = Assignment.objects.standing().filter(plan=plan, slot__isnull=False)
    for word in words.split():
        found = found.filter(Q(person__name__icontains=word) | Q(customer__name__icontains=word))
    if unit:
        found = found.filter(slot__unit__path__startswith=unit.path)
    shown = found.select_related("person", "customer", "slot__format", "slot__unit")
    return shown.annotate(unheard=Count("issues")).order_by("slot__starts_at", "person__name", "id")


def people_of(plan: Plan, words: str = "", unit: Unit | None = None) -> QuerySet[Person]:
    """Everybody with a match, and everybody who should have one and found no slot."""
    met = matches(plan, words, unit).order_by().filter(person=OuterRef("pk"))
    short = Q(pk__in=plan.conflicts.values("people"))
    for word in words.split():
        short &= Q(name__icontains=word)
    if unit:
        there = positions_on(plan.starts_on).filter(unit__path__startswith=unit.path).order_by()
        short &= Q(pk__in=there.values("person"))
    return Person.objects.filter(Exists(met) | short).order_by("name", "id")


def customers_of(plan: Plan, words: str = "", unit: Unit | None = None) -> QuerySet[Customer]:
    """Every customer who is to be met."""
    met = matches(plan, words, unit).order_by().filter(customer=OuterRef("pk"))
    return Customer.objects.filter(Exists(met)).order_by("name", "pk")


def weeks(
    plan: Plan, rows: Sequence[Person | Customer], found: Iterable[Assignment], seats: QuerySet[Slot]
) -> list[Week]:
    """The weeks of a plan from Monday on, with these rows' matches and the open slots."""
    cards = cards_of(plan, list(found))
    by_cell: dict[tuple[int, object], list[Card]] = defaultdict(list)
    first = plan.starts_on - timedelta(days=plan.starts_on.weekday())
    many = -(-(plan.until_on - first).days // 7)
    whose = "customer_id" if rows and isinstance(rows[0], Customer) else "person_id"
    for card in cards:
        # Elsewhere the last evening of a plan may be a day later already.
        week = min(max((card.day - first).days // 7, 0), many - 1)
        by_cell[week, getattr(card.match, whose)].append(card)
    free = _free(plan, first, seats)
    return [
        Week(
            starts_on=first + timedelta(days=7 * number),
            ends_on=first + timedelta(days=7 * number + 6),
            cells=[Cell(row, by_cell[number, row.pk]) for row in rows],
            open=free[number][:OPEN_SHOWN],
            more=max(0, len(free[number]) - OPEN_SHOWN),
        )
        for number in range(many)
    ]


def cards_of(plan: Plan, found: Sequence[Assignment]) -> list[Card]:
    """Matches with the time zone and the level of whoever they are of."""
    held = positions_on(plan.starts_on).filter(person__in={match.person_id for match in found})
    where: dict[int, Position] = {position.person_id: position for position in held}
    return [_card(match, where.get(match.person_id)) for match in found]


def likeliest_first(match: Assignment) -> list[Issue]:
    """What somebody may hear in a match, as it was written down: what is most worth hearing first."""
    rows = Assignment.issues.through.objects.filter(assignment=match).select_related("issue").order_by("pk")
    return [row.issue for row in rows]


def _card(match: Assignment, position: Position | None) -> Card:
    unit = position.unit if position else match.slot.unit
    since = (match.slot.starts_at.date() - match.last_met_on).days if match.last_met_on else None
    return Card(
        match=match,
        zone=ZoneInfo(unit.time_zone),
        level=position.level if position else "",
        months=max(1, round(since / MONTH_DAYS)) if since is not None else None,
    )


def _free(plan: Plan, first: date, seats: QuerySet[Slot]) -> dict[int, list[Slot]]:
    zone = ZoneInfo(plan.unit.time_zone)
    free: dict[int, list[Slot]] = defaultdict(list)
    for slot in seats:
        if slot.taken < slot.seats:
            free[(timezone.localdate(slot.starts_at, zone) - first).days // 7].append(slot)
    return free


def open_seats(plan: Plan, unit: Unit | None = None) -> QuerySet[Slot]:
    """The slots of a plan's weeks, in a unit and below."""
    return seats_in(plan, Q(unit__path__startswith=unit.path) if unit else Q())
