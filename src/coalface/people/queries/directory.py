"""Who works where, at which level, what they may do, and when they last met a customer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, QuerySet, When
from django.utils import timezone

from coalface.permissions import RIGHTS, Right, Rights
from coalface.policies import POLICIES, Choice, number
from coalface.records.models import (
    DIRECT,
    ApiToken,
    Attendance,
    Depth,
    Grant,
    Level,
    Outcome,
    Person,
    Policy,
    Position,
    PublishedClock,
    Remark,
    Role,
    Unit,
)
from coalface.records.models.us.api_token import Tokens
from coalface.records.models.us.grant import Grants
from coalface.records.models.us.person import People
from coalface.records.models.us.position import Positions
from coalface.records.models.us.unit import Units
from coalface.records.tables import Column, Of, Table

A_YEAR = timedelta(days=365)

PEOPLE = Table(
    "people",
    (
        Column("name", read="person.name"),
        Column("email", read="person.email"),
        Column("staff_code", read="person.staff_code"),
        Column("language", read="person.language"),
        Column("unit_key", read="unit.key"),
        Column("unit", read="unit.name"),
        Column("level"),
        Column("job"),
        Column("manager", read="manager.name"),
        Column("manager_email", read="manager.email"),
        Column("starts_on", Of.DAY),
    ),
)
POLICIES_IN_FORCE = Table(
    "policies",
    (
        Column("key"),
        Column("sentence", read="choice.sentence"),
        Column("value", Of.NUMBER),
        Column("default", Of.NUMBER, "choice.default"),
        Column("chosen_by", read="chosen.set_by.name"),
        Column("chosen_at", Of.MOMENT, "chosen.set_at"),
    ),
)


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit in the tree: how deep it hangs, and how many work there and below."""

    unit: Unit
    depth: int
    people: int


@dataclass(frozen=True, slots=True)
class Clock:
    """How long ago somebody met a customer, and how often within a year; None means never."""

    last_on: date | None
    days: int | None
    times: int


def position_of(person: Person, on: date) -> Position | None:
    """What the person was on that day; None before they came and after they left."""
    return Position.objects.held(on).filter(person=person).select_related("unit", "manager").first()


def positions_on(on: date) -> Positions:
    """Everybody's position on that day, with person, unit and manager at hand."""
    held = Position.objects.held(on).filter(person__in=Person.objects.working(on))
    return held.select_related("person", "unit", "manager").order_by("unit__path", "person__name", "id")


def directory(on: date, words: str = "", unit: Unit | None = None) -> Positions:
    """Positions of that day whose person's name or job holds all the words, in a unit and below."""
    found = positions_on(on)
    for word in words.split():
        found = found.filter(Q(person__name__icontains=word) | Q(job__icontains=word))
    return found.filter(unit__path__startswith=unit.path) if unit else found


def tree(on: date) -> list[Branch]:
    """All units, each below the one it hangs on, with the number of people there and below."""
    by_path = dict(positions_on(on).order_by().values_list("unit__path").annotate(Count("pk")))
    return [
        Branch(
            unit=unit,
            depth=unit.path.count("/") - 1,
            people=sum(count for path, count in by_path.items() if path.startswith(unit.path)),
        )
        for unit in Unit.objects.order_by("path")
    ]


def units_within(rights: Rights, right: Right) -> Units:
    """The units in which somebody has a right."""
    reached = [unit.pk for unit in Unit.objects.order_by("path") if rights.reach(right, unit)]
    return Unit.objects.filter(pk__in=reached)


def everywhere(rights: Rights, right: Right) -> bool:
    """Whether somebody has a right in the whole organisation."""
    return any(Rights((one,)).has(right) for one in rights.grants if one.unit.parent_id is None)


def who_manages_people() -> set[int]:
    """The ids of those who can add people and give rights, and are here to stay."""
    managing = Grant.objects.filter(ends_on=None, role__in=RIGHTS[Right.MANAGE_PEOPLE], person__left_on=None)
    return set(managing.values_list("person", flat=True))


def people_within(rights: Rights, right: Right, on: date) -> People:
    """Who works on that day where somebody has a right."""
    there = positions_on(on).filter(rights.within(right, "unit")).order_by()
    return Person.objects.filter(pk__in=there.values("person"))


def grants_of(person: Person, on: date) -> Grants:
    """What the person may do on that day."""
    return Grant.objects.in_force(on).filter(person=person).select_related("unit", "granted_by")


def who_leads(unit: Unit, on: date) -> list[Person]:
    """Who answers for a unit: its leaders by role; if it has none, who works there at its highest level above
    the front line; if nobody, the managers of those who work there; if nobody, who leads the unit above.
    """
    here: Unit | None = unit
    while here is not None:
        if found := _leading(here, on):
            return found
        here = here.parent
    return []


def _leading(unit: Unit, on: date) -> list[Person]:
    working = Person.objects.working(on).order_by("name", "id")
    leaders = Grant.objects.in_force(on).filter(unit=unit, role=Role.LEADER)
    there = Position.objects.held(on).filter(unit=unit, person__in=Person.objects.working(on))
    tries = [leaders.values("person")]
    tries += [
        there.filter(level=level).values("person") for level in (Level.TOP, Level.MIDDLE, Level.SUPERVISOR)
    ]
    tries.append(there.exclude(manager=None).values("manager"))
    return next((found for who in tries if (found := list(working.filter(pk__in=who)))), [])


def published_clock_of(person: Person) -> PublishedClock | None:
    """The person's decision to show their clock, while it stands."""
    return PublishedClock.objects.filter(person=person, withdrawn_at=None).first()


def clock_of(person: Person, today: date) -> Clock:
    """The person's own clock at the end of that day, by the rule of the charts: two ways, noted in time."""
    until = end_of(today)
    met = (
        _met(until)
        .filter(person=person)
        .aggregate(
            last=Max("encounter__starts_at"),
            times=Count("pk", filter=Q(encounter__starts_at__gte=until - A_YEAR)),
        )
    )
    last_on = timezone.localdate(met["last"]) if met["last"] else None
    return Clock(last_on, (today - last_on).days if last_on else None, met["times"])


def _noted_in_time() -> Exists:
    soon = F("noted_at") - timedelta(days=number("record_within_days"))
    noted = Remark.objects.filter(encounter=OuterRef("encounter")).annotate(not_before=soon)
    return Exists(noted.filter(not_before__lte=OuterRef("encounter__starts_at")))


def last_met(people: Collection[int], today: date) -> dict[int, date]:
    """The day each of these people last met a customer; who never did is missing."""
    met = _met(end_of(today)).filter(person__in=people).order_by()
    last = met.values_list("person_id").annotate(Max("encounter__starts_at"))
    return {person: timezone.localdate(at) for person, at in last}


def last_met_by_format(people: Collection[int], today: date) -> dict[tuple[int, int], date]:
    """The day each of these people was last there in each format, by person and format.

    Whoever promises a format by name may promise to watch or to listen: every way counts but reading.
    """
    met = _there(end_of(today)).exclude(depth=Depth.READING).filter(person__in=people).order_by()
    last = met.values_list("person_id", "encounter__format_id").annotate(Max("encounter__starts_at"))
    return {(person, format): timezone.localdate(at) for person, format, at in last}


def days_met(people: Collection[int], since: date, today: date) -> dict[int, list[date]]:
    """The days after `since` on which each of these people met a customer, by the rule of the charts."""
    met = _met(end_of(today)).filter(person__in=people, encounter__starts_at__gte=end_of(since)).order_by()
    found: dict[int, list[date]] = {}
    for person, at in met.values_list("person_id", "encounter__starts_at"):
        found.setdefault(person, []).append(timezone.localdate(at))
    return found


def days_met_by_format(
    people: Collection[int], since: date, today: date
) -> dict[tuple[int, int], list[date]]:
    """The days after `since` on which each of these people was there in each format, reading apart."""
    there = _there(end_of(today)).exclude(depth=Depth.READING).order_by()
    theirs = there.filter(person__in=people, encounter__starts_at__gte=end_of(since))
    found: dict[tuple[int, int], list[date]] = {}
    rows = theirs.values_list("person_id", "encounter__format_id", "encounter__starts_at")
    for person, format, at in rows:
        found.setdefault((person, format), []).append(timezone.localdate(at))
    return found


def end_of(day: date) -> datetime:
    """The first moment of the day after."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _met(until: datetime) -> QuerySet[Attendance]:
    """By the one rule of the charts: two ways, held, and something was noted in time."""
    return _there(until).filter(depth__in=DIRECT)


def _there(until: datetime) -> QuerySet[Attendance]:
    return Attendance.objects.filter(
        _noted_in_time(), encounter__outcome=Outcome.HELD, encounter__starts_at__lt=until
    )


TOKENS = Table(
    "tokens",
    (
        Column("id", Of.WHOLE),
        Column("name"),
        Column("person", read="person.name"),
        Column("hint"),
        Column("scopes", read=lambda one: ", ".join(one.scopes)),
        Column("made_at", Of.MOMENT),
        Column("expires_on", Of.DAY),
        Column("used_on", Of.DAY),
        Column("revoked_at", Of.MOMENT),
    ),
)


def digest_of(secret: str) -> str:
    """All that is kept of a token: enough to know it again, not enough to use it."""
    return sha256(secret.encode()).hexdigest()


def tokens_for(person: Person, rights: Rights, on: date) -> Tokens:
    """My tokens, and those of everybody where I manage people: the ones that open something first."""
    managed = people_within(rights, Right.MANAGE_PEOPLE, on)
    found = ApiToken.objects.filter(Q(person=person) | Q(person__in=managed)).select_related("person")
    mine = Case(When(person=person, then=0), default=1)
    live_first = F("revoked_at").asc(nulls_first=True)
    return found.annotate(mine=mine).order_by(live_first, "mine", "-made_at", "-id")


@dataclass(frozen=True, slots=True)
class InForce:
    """A number an organisation may choose, and who chose it last."""

    key: str
    choice: Choice
    value: float
    chosen: Policy | None


def policies_in_force() -> list[InForce]:
    """Every policy with the number that holds, in the order in which they are written down."""
    newest: dict[str, Policy] = {}
    for policy in Policy.objects.select_related("set_by").order_by("key", "-set_at", "-id"):
        newest.setdefault(policy.key, policy)
    return [
        InForce(key, choice, newest[key].value if key in newest else choice.default, newest.get(key))
        for key, choice in POLICIES.items()
    ]
