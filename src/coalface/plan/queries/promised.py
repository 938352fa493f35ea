"""What everybody promised, and how much of it was kept; nobody is ranked."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from coalface.methods.contact import adherence
from coalface.people.queries import days_met, days_met_by_format
from coalface.policies import number
from coalface.records.models import Commitment, Exemption, Person
from coalface.records.tables import Column, Of, Table

from .due import NO_FORMATS, Promise, bound_on

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
    """Each with how many it binds and how it was kept: of several in the same formats the shortest binds."""
    bound = _bound(today)
    let_off = set(Exemption.objects.filter(_within_window(today)).values_list("person_id", flat=True))
    met = _met([one for row in rows for one in bound[row.pk]], today)
    k = int(number("smallest_group"))
    found = []
    for row in rows:
        line = Promised(row, len(bound[row.pk]))
        shares = [
            share
            for person, promise in bound[row.pk]
            if person not in let_off
            and (share := _kept(met[promise.formats].get(person, ()), promise, today)) is not None
        ]
        found.append(replace(line, kept=sum(shares) / len(shares)) if len(shares) >= k else line)
    return found


def exempt_until(today: date, people: QuerySet[Person]) -> list[date]:
    """Until when those owe nothing who were let off; how many and until when is all that is shown."""
    running = Exemption.objects.filter(person__in=people, starts_on__lte=today, until_on__gt=today)
    return list(running.order_by("until_on", "id").values_list("until_on", flat=True))


def _within_window(today: date) -> Q:
    return Q(starts_on__lte=today, until_on__gt=today - timedelta(days=WINDOW_DAYS))


Bound = tuple[int, Promise]


def _bound(today: date) -> dict[int, list[Bound]]:
    """By commitment: the people it binds, and what of it each of them promised."""
    found: dict[int, list[Bound]] = defaultdict(list)
    for one in bound_on(today):
        for promise in one.promises:
            found[promise.commitment].append((one.position.person_id, promise))
    return found


def _met(bound: Sequence[Bound], today: date) -> dict[frozenset[int], dict[int, list[date]]]:
    """By set of formats: the days on which each person met a customer in one of them."""
    people, since = {person for person, _ in bound}, today - timedelta(days=2 * WINDOW_DAYS)
    found = {promise.formats: defaultdict[int, list[date]](list) for _, promise in bound}
    for person, days in days_met(people, since, today).items() if NO_FORMATS in found else ():
        found[NO_FORMATS][person] = days
    named = days_met_by_format(people, since, today) if found.keys() - {NO_FORMATS} else {}
    for (person, format), days in named.items():
        for formats in found:
            if format in formats:
                found[formats][person] += days
    return found


def _kept(days: Iterable[date], promise: Promise, today: date) -> float | None:
    """The share of days kept since the promise began; nothing before it could first be late."""
    window = min(WINDOW_DAYS, (today - promise.starts_on).days)
    if window < promise.every_days:
        return None
    numbers = [window - (today - day).days for day in days]
    return adherence(numbers, cadence=promise.every_days, window=window).adherence
