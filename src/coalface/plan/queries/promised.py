"""What everybody promised, and how much of it was kept; nobody is ranked."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from coalface.methods.contact import adherence
from coalface.people.queries import days_met, positions_on
from coalface.policies import number
from coalface.records.models import Commitment, Exemption, Person, Position
from coalface.records.tables import Column, Of, Table

WINDOW_DAYS = 90

PROMISES = Table(
    "promises",
    (
        Column("level", read="promise.level"),
        Column("job", read="promise.job"),
        Column("name", read="promise.person.name"),
        Column("every_days", Of.WHOLE, "promise.every_days"),
        Column("starts_on", Of.DAY, "promise.starts_on"),
        Column("people", Of.WHOLE),
        Column("share_kept", Of.NUMBER, "kept"),
    ),
)


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise, how many it binds, and the share of the last 90 days on which it was kept.

    `kept` is None where fewer were asked to keep it than the smallest group, or it is too young.
    """

    promise: Commitment
    people: int = 0
    kept: float | None = None


def promises(today: date, people: QuerySet[Person], *, levels: bool) -> QuerySet[Commitment]:
    """The promises that hold or begin later: of these people, and of levels and jobs if asked for."""
    theirs = Q(person__in=people)
    if levels:
        theirs |= Q(person=None)
    running = Commitment.objects.filter(theirs, Q(ends_on=None) | Q(ends_on__gt=today))
    shown = running.select_related("person").prefetch_related("formats")
    return shown.order_by("person__name", "level", "job", "id")


def with_keeping(rows: Iterable[Commitment], today: date) -> list[Promised]:
    """Each with how many it binds and how it was kept: everybody counts where their shortest promise is."""
    bound = _bound(today)
    let_off = set(Exemption.objects.filter(_within_window(today)).values_list("person_id", flat=True))
    wanted = [row.pk for row in rows]
    people = {position.person_id for pk in wanted for position, _ in bound[pk]}
    met = days_met(people, today - timedelta(days=2 * WINDOW_DAYS), today)
    k = int(number("smallest_group"))
    found = []
    for row in rows:
        line = Promised(row, len(bound[row.pk]))
        shares = [
            share
            for position, since in bound[row.pk]
            if position.person_id not in let_off
            and (share := _kept(met.get(position.person_id, ()), row.every_days, since, today)) is not None
        ]
        found.append(replace(line, kept=sum(shares) / len(shares)) if len(shares) >= k else line)
    return found


def exempt_until(today: date, people: QuerySet[Person]) -> list[date]:
    """Until when those owe nothing who were let off; how many and until when is all that is shown."""
    running = Exemption.objects.filter(person__in=people, starts_on__lte=today, until_on__gt=today)
    return list(running.order_by("until_on", "id").values_list("until_on", flat=True))


def _within_window(today: date) -> Q:
    return Q(starts_on__lte=today, until_on__gt=today - timedelta(days=WINDOW_DAYS))


def _bound(today: date) -> dict[int, list[tuple[Position, date]]]:
    """By promise: whom it binds since when; of several the shortest binds."""
    running = list(
        Commitment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today), starts_on__lte=today).order_by("id")
    )
    found: dict[int, list[tuple[Position, date]]] = defaultdict(list)
    for position in positions_on(today):
        theirs = [one for one in running if _holds(one, position)]
        if theirs:
            shortest = min(theirs, key=lambda one: (one.every_days, one.pk))
            found[shortest.pk].append((position, max(shortest.starts_on, position.starts_on)))
    return found


def _holds(promise: Commitment, position: Position) -> bool:
    return (
        promise.person_id == position.person_id
        or bool(promise.level and promise.level == position.level)
        or bool(promise.job and promise.job == position.job)
    )


def _kept(days: Iterable[date], every_days: int, since: date, today: date) -> float | None:
    """The share of days kept since the promise began; nothing before it could first be late."""
    window = min(WINDOW_DAYS, (today - since).days)
    if window < every_days:
        return None
    numbers = [window - (today - day).days for day in days]
    return adherence(numbers, cadence=every_days, window=window).adherence
