"""Whether the customers who were met resemble those we serve, the unhappy ones included."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from coalface.methods.contact import Representativeness, UnderSampling, representativeness, under_sampled
from coalface.records.models import Customer, Feedback, Guest, Outcome, Person

DETRACTOR_UP_TO = 6  # of 10, the published border of the Net Promoter Score
DISSATISFIED_UP_TO = 2  # of 5, the two lowest answers
A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Base:
    """Everybody we serve, by segment, and how many of those who were ever asked are unhappy."""

    segments: dict[str, int]
    scored: int
    unhappy: int


@dataclass(frozen=True, slots=True)
class Fairness:
    """Two looks at one choice of customers; `unhappy` is None while no met customer had ever been asked."""

    segments: Representativeness | None
    met: dict[str, int]
    base: dict[str, int]
    unhappy: UnderSampling | None
    guests: int
    guests_scored: int
    guests_unhappy: int


def base_of(now: datetime) -> Base:
    """Everybody we serve today: two queries, one of them over all scores ever given."""
    counts = Customer.objects.present().order_by().values_list("segment").annotate(Count("pk"))
    latest = {row[0]: _unhappy(row[2], row[3]) for row in _scores(now)}
    return Base(dict(counts), len(latest), sum(latest.values()))


def first_met(now: datetime, person: Person | None = None) -> dict[UUID, tuple[str, datetime]]:
    """Each customer met within a year, with their segment and when they were first met in it."""
    rows = Guest.objects.there().filter(
        encounter__outcome=Outcome.HELD,
        encounter__starts_at__gt=now - A_YEAR,
        encounter__starts_at__lte=now,
        customer__erased_at=None,
    )
    if person is not None:
        rows = rows.filter(encounter__attendances__person=person)
    rows = rows.order_by("encounter__starts_at", "id")
    met: dict[UUID, tuple[str, datetime]] = {}
    for customer, segment, at in rows.values_list("customer_id", "customer__segment", "encounter__starts_at"):
        met.setdefault(customer, (segment, at))
    return met


def fairness(*, base: Base, now: datetime, person: Person | None = None) -> Fairness:
    """Customers met within a year against the base: by segment, and by how unhappy they were beforehand.

    Only a score given before the encounter counts: a good conversation makes no unhappy customer happy
    in hindsight. The base is everybody with a score; those met stand in it as they were when they were met.
    """
    met = first_met(now, person)
    before, after = _states(met, now)
    segments = dict(Counter(segment for segment, _ in met.values()))
    everybody = {segment: count for segment, count in base.segments.items() if count}
    scored = max(base.scored - len(after) + len(before), len(before))
    unhappy = max(base.unhappy - sum(after.values()) + sum(before.values()), sum(before.values()))
    unhappy = min(unhappy, scored)
    return Fairness(
        segments=representativeness(segments, everybody) if everybody and segments else None,
        met=segments,
        base=everybody,
        unhappy=_under_sampled(scored, unhappy, before) if before else None,
        guests=len(met),
        guests_scored=len(before),
        guests_unhappy=sum(before.values()),
    )


def _under_sampled(scored: int, unhappy: int, before: dict[UUID, bool]) -> UnderSampling:
    met, marked = len(before), sum(before.values())
    # The stored base may be a day older than the encounters: never fewer happy ones in it than were met.
    scored = max(scored, unhappy + met - marked)
    return under_sampled(base=scored, base_marked=unhappy, met=met, met_marked=marked)


def _states(
    met: dict[UUID, tuple[str, datetime]], now: datetime
) -> tuple[dict[UUID, bool], dict[UUID, bool]]:
    """Whether each guest was unhappy when first met, and is now; those never asked are absent."""
    before: dict[UUID, bool] = {}
    after: dict[UUID, bool] = {}
    for customer, at, nps, csat in _scores(now, Q(customer__in=met)) if met else ():
        after[customer] = _unhappy(nps, csat)
        if at < met[customer][1]:
            before[customer] = after[customer]
    return before, after


def _scores(now: datetime, where: Q | None = None) -> QuerySet:
    scored = Q(nps__isnull=False) | Q(csat__isnull=False)
    rows = Feedback.objects.standing().filter(scored, customer__isnull=False, customer__erased_at=None)
    rows = rows.filter(received_at__lte=now).order_by("received_at", "id")
    if where is not None:
        rows = rows.filter(where)
    return rows.values_list("customer_id", "received_at", "nps", "csat")


def _unhappy(nps: int | None, csat: int | None) -> bool:
    return (nps is not None and nps <= DETRACTOR_UP_TO) or (csat is not None and csat <= DISSATISFIED_UP_TO)
