"""From the ledger to the question a plan answers: who owes what, in which slots, and whom they may meet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from django.db.models import Count, Max, Q
from django.utils import timezone

from coalface.customers.queries import allowed, approachable
from coalface.methods.meetings import Candidate, Match, Problem, Seeker
from coalface.policies import number
from coalface.records.models import (
    Assignment,
    Channel,
    ContactRestriction,
    Customer,
    Guest,
    Outcome,
    Plan,
    Purpose,
    Stage,
    Unit,
)
from coalface.records.models.them.customer import Customers

from .field import LOOK_BACK
from .hearing import Blind, blind_spots, what_they_raise, worth_hearing
from .owing import Owing, Window, owing
from .plans import ancestors, was_to_come
from .reach import openings_of, seekers_of, slots_of

CHANNELS: Final = (Channel.EMAIL, Channel.PHONE)
CONTINUITY: Final = timedelta(days=730)
KEPT: Final = 0  # the window of a match that stays although nothing is owed for it


@dataclass(frozen=True, slots=True)
class Question:
    """The problem, and what its answer is written down and explained with."""

    problem: Problem
    as_of: date | None
    base: Mapping[str, int]
    met: Mapping[str, int]
    among: Mapping[str, int]
    last_met: Mapping[str, date]
    windows: Mapping[str, Window]


def question(plan: Plan, now: datetime) -> Question:
    """Everything a plan rests on, read at one moment."""
    slots = slots_of(plan, now)
    weeks = {"starts_on": plan.starts_on, "until_on": plan.until_on}
    people = owing(unit=plan.unit, now=now, instead_of=ancestors(plan), **weeks)
    before = [match for match in was_to_come(plan) if match.withdrawn_at is None] if plan.follows else []
    blind = blind_spots(timezone.localdate(now))
    customers = _customers(plan, before, now)
    told, values = what_they_raise(segments={str(one.pk): one.segment for one in customers}, now=now)
    candidates = tuple(
        Candidate(
            key=str(one.pk),
            stratum=stratum_of(one.segment, one.stage),
            after_purchase=one.stage != Stage.BEFORE,
            at_most=1,
            raises=worth_hearing(told.of(str(one.pk), one.segment)),
        )
        for one in customers
    )
    base, met = _base(plan.unit), _met(plan.unit, now)
    openings = openings_of(slots, plan)
    open_ones = {int(one.key) for one in openings}
    slots = [slot for slot in slots if slot.pk in open_ones]
    seekers, has_time = seekers_of(people, slots, blind, plan, before, now)
    problem = Problem(
        seekers=seekers,
        openings=openings,
        candidates=candidates,
        has_time=has_time,
        values=values,
        blind=_blind(blind, values),
        shares={stratum: count / sum(base.values()) for stratum, count in base.items()},
        random_share=number("random_share"),
        continuity_share=number("continuity_share"),
        after_purchase_share=number("after_purchase_share"),
    )
    problem = _with_meetings(problem, people, customers, now)
    return Question(
        problem=_with_the_plan_before(problem, before),
        as_of=blind.as_of,
        base=base,
        met=met,
        among=_counted(candidates),
        windows={key: window for key, (_, window) in has_time.owed.items()},
        last_met=last_met_by(customers, now),
    )


def stratum_of(segment: str, stage: str) -> str:
    """The segment; of those who have not bought yet a stratum of their own."""
    return segment if stage != Stage.BEFORE else f"{segment[:57]}/before"


def person_of(seeker: str) -> int:
    """Who a seeker is: one of us is one seeker for each encounter they owe."""
    return int(seeker.partition(".")[0])


def _blind(blind: Blind, values: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """By group of levels; what has no stored figure nobody of the group has heard."""
    groups = {*blind.group_of.values()}
    return {
        group: {issue: blind.unheard.get(group, {}).get(issue, 1.0) for issue in values}
        for group in sorted(groups)
    }


def may_be_asked(now: datetime) -> Customers:
    """Who may be asked for a conversation by mail or by phone: consent, restrictions, the one cap."""
    may = Q(pk__in=())
    for channel in CHANNELS:
        may |= Q(pk__in=approachable(channel, Purpose.CONVERSATION, now).values("pk"))
    return Customer.objects.filter(may)


def _customers(plan: Plan, before: Sequence[Assignment], now: datetime) -> list[Customer]:
    """Who may be asked, at most so many of them drawn by chance; and who was asked for the plan before."""
    here = may_be_asked(now).filter(served_by(plan.unit))
    pks = list(here.order_by("pk").values_list("pk", flat=True))
    most = int(number("plan_most_customers"))
    drawn = set(Random(plan.seed).sample(pks, most)) if len(pks) > most else None
    shown = Customer.objects.only("pk", "segment", "stage", "language").order_by("pk")
    found = [one for one in shown.filter(pk__in=here.values("pk")) if drawn is None or one.pk in drawn]
    asked = {match.customer_id for match in before if match.customer_id} - {one.pk for one in found}
    protected = ContactRestriction.objects.in_force(timezone.localdate(now)).filter(customer__in=asked)
    agreed = allowed(CHANNELS[0], [Purpose.CONVERSATION]) | allowed(CHANNELS[1], [Purpose.CONVERSATION])
    still = Customer.objects.present().filter(agreed).exclude(pk__in=protected.values("customer"))
    return found + list(still.filter(pk__in=asked).order_by("pk"))


def served_by(unit: Unit) -> Q:
    """Which customers a unit serves; the whole organisation serves everybody."""
    if unit.parent_id is None:
        return Q()
    return Q(unit__path__startswith=unit.path)


def _with_meetings(
    problem: Problem, people: Sequence[Owing], customers: Sequence[Customer], now: datetime
) -> Problem:
    """Whom each of us may meet – those who speak their language –, and whom they have met before."""
    speaking: dict[str, set[str]] = {}
    for one in customers:
        speaking.setdefault(one.language[:2], set()).add(str(one.pk))
    known = {language: frozenset(who) for language, who in speaking.items()}
    persons = {one.position.person_id: one.position.person for one in people}
    met: dict[int, set[str]] = {}
    rows = Guest.objects.there().filter(
        encounter__outcome=Outcome.HELD,
        encounter__starts_at__gte=now - CONTINUITY,
        encounter__attendances__person__in=persons,
    )
    for person, customer in rows.values_list("encounter__attendances__person_id", "customer_id"):
        met.setdefault(person, set()).add(str(customer))
    may_meet, met_before = {}, set()
    there = {one.key for one in problem.candidates}
    for seeker in problem.seekers:
        person = person_of(seeker.key)
        may_meet[seeker.key] = known.get(persons[person].language[:2], frozenset())
        met_before |= {(seeker.key, customer) for customer in met.get(person, set()) & there}
    return replace(problem, may_meet=may_meet, met_before=frozenset(met_before))


def _with_the_plan_before(problem: Problem, before: Sequence[Assignment]) -> Problem:
    """What was planned: locked matches stay, even those nobody owes any more; the others where possible."""
    seekers = {one.key: one for one in problem.seekers}
    clashes = {one.key: one.clashes for one in problem.openings}
    candidates = {one.key for one in problem.candidates}
    may_meet = dict(problem.may_meet)
    locked, previous = [], []
    for match in before:
        slot, customer = str(match.slot_id), str(match.customer_id) if match.customer_id else None
        gone = match.person.has_left(timezone.localdate(match.slot.starts_at))
        if gone or slot not in clashes or (customer and customer not in candidates):
            continue
        theirs = [one for one in seekers.values() if person_of(one.key) == match.person_id]
        fits = next((one for one in theirs if slot in one.slots), None)
        if fits is None and not match.locked:
            continue
        if fits is None:
            fits = Seeker(f"{match.person_id}.{KEPT}.{slot}", "", 0, 1, frozenset({slot}))
            seekers[fits.key] = fits
        if customer:
            may_meet[fits.key] = may_meet.get(fits.key, frozenset()) | {customer}
        if match.locked:
            _nothing_beside(seekers, fits, slot, clashes[slot])
        stays = Match(fits.key, slot, customer, match.way, match.gain)
        (locked if match.locked else previous).append(stays)
    return replace(
        problem,
        seekers=tuple(seekers.values()),
        may_meet=may_meet,
        locked=tuple(locked),
        previous=tuple(previous),
    )


def _nothing_beside(seekers: dict[str, Seeker], stays: Seeker, slot: str, clashes: frozenset[str]) -> None:
    """The same person takes nothing else at the time of a match that stays."""
    for key, one in list(seekers.items()):
        if key != stays.key and person_of(key) == person_of(stays.key):
            seekers[key] = replace(one, slots=one.slots - clashes - {slot})


def _base(unit: Unit) -> dict[str, int]:
    there = Customer.objects.present().filter(served_by(unit)).order_by()
    return _by_stratum(there.values_list("segment", "stage").annotate(Count("pk")))


def _met(unit: Unit, now: datetime) -> dict[str, int]:
    met = Customer.objects.present().filter(
        Q(visits__came__isnull=True) | Q(visits__came=True),
        served_by(unit),
        visits__encounter__outcome__in=(Outcome.PLANNED, Outcome.HELD),
        visits__encounter__starts_at__gte=now - LOOK_BACK,
    )
    return _by_stratum(met.order_by().values_list("segment", "stage").annotate(Count("pk", distinct=True)))


def _by_stratum(rows: Sequence[tuple[str, str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for segment, stage, count in rows:
        stratum = stratum_of(segment, stage)
        found[stratum] = found.get(stratum, 0) + count
    return found


def _counted(candidates: Sequence[Candidate]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in candidates:
        found[one.stratum] = found.get(one.stratum, 0) + one.at_most
    return found


def last_met_by(customers: Sequence[Customer], now: datetime) -> dict[str, date]:
    """When one of us last met each of these customers; who was never met is missing."""
    held = Guest.objects.there().filter(encounter__outcome=Outcome.HELD, encounter__starts_at__lte=now)
    there = {one.pk for one in customers}
    rows = held.order_by().values_list("customer_id").annotate(Max("encounter__starts_at"))
    return {str(customer): timezone.localdate(at) for customer, at in rows if customer in there}
