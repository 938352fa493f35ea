"""My week: how near I am to customers, what waits for me, and what they say that I have not heard."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from coalface.act.queries import zone_of_all
from coalface.hear.queries import PassedOn, Way, my_reports, passed_on, thanks_due, way_of
from coalface.measure.queries import LATELY, Mine, Unheard, mine, unheard
from coalface.meet.queries import Brief, Call, briefs, call_today
from coalface.people.queries import Moved, moved_to, position_of
from coalface.permissions import Right, Rights
from coalface.records.models import (
    Basis,
    ContactRestriction,
    Customer,
    Decision,
    Depth,
    Encounter,
    Exemption,
    Feedback,
    Fix,
    FixOffer,
    Grant,
    Guest,
    HandOver,
    Kind,
    Mention,
    Outcome,
    Person,
    PromiseToCustomer,
    Remark,
    Role,
    Sighting,
    Telling,
)
from coalface.verify.queries import decidable_on

from .changes import Change, what_became

THANK_WITHIN = timedelta(days=30)
SHOWN = 5
WAYS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Pile:
    """The first few of something that waits, and how many there are in all."""

    first: Sequence
    count: int

    def __bool__(self) -> bool:
        return self.count > 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for this person, each with its rows."""

    hand_overs: Pile
    fixes: Pile
    offers: Pile
    decisions: Pile
    promises: Pile
    remarks: int
    unsaid: Pile
    encounters: Pile
    to_judge: list[Fix]
    unsure: int

    def __bool__(self) -> bool:
        piles = (
            self.hand_overs,
            self.fixes,
            self.offers,
            self.decisions,
            self.promises,
            self.unsaid,
            self.encounters,
        )
        return any(piles) or bool(self.to_judge or self.remarks or self.unsure)


@dataclass(frozen=True, slots=True)
class Thanks:
    """One customer to thank: a guest of mine, or somebody who praised us (then with their words)."""

    guest: Guest | None = None
    praise: Feedback | None = None


@dataclass(frozen=True, slots=True)
class Week:
    """Everything on the page *My week*."""

    mine: Mine | None
    exempt_until: date | None
    next: Encounter | None
    brief: Brief | None
    waiting: Waiting
    became: list[Change]
    call: Call | None
    thanks: Thanks | None
    unheard: list[Unheard]
    leading: bool
    passed_on: PassedOn
    ways: list[Way]
    changed: list[Telling]
    read: int
    customers: bool
    took_over: list[Moved]

    @property
    def newcomer(self) -> bool:
        """Whether this person has not met a customer yet."""
        return self.mine is None or (self.mine.direct is None and self.mine.observed is None)

    @property
    def at_the_counter(self) -> bool:
        """Whether this person serves customers every day: no encounters are counted, what they pass on is."""
        return self.newcomer and not self.leading and not (self.mine and self.mine.owed)


def week(person: Person, now: datetime, rights: Rights) -> Week:
    """My week as of now."""
    today = timezone.localdate(now)
    leading, coming = rights.has(Right.SEE_FEEDBACK), next_encounter(person, now)
    exempt = Exemption.objects.filter(person=person, starts_on__lte=today, until_on__gt=today)
    return Week(
        mine=mine(person, now),
        exempt_until=exempt.order_by("-until_on", "-id").values_list("until_on", flat=True).first(),
        next=coming,
        brief=next(iter(briefs(coming, now, today, person)), None) if coming else None,
        waiting=waiting(person, now, rights),
        became=what_became(person, now),
        call=call_today(person, rights, now) if rights.has(Right.SEE_CUSTOMERS) else None,
        thanks=whom_to_thank(person, now, rights),
        unheard=unheard(person, now, rights.within(Right.SEE_FEEDBACK)),
        leading=leading,
        passed_on=passed_on(person),
        ways=[] if leading else [way_of(one) for one in my_reports(person)[:WAYS_SHOWN]],
        changed=thanks_due(person, now),
        read=Sighting.objects.filter(
            person=person, depth=Depth.READING, at__range=(now - LATELY, now)
        ).count(),
        customers=Customer.objects.present().exists(),
        took_over=moved_to(person, now),
    )


def whom_to_ask(person: Person, today: date) -> Person | None:
    """Who plans encounters where the person works, for those who plan none themselves."""
    position = position_of(person, today)
    if position is None:
        return None
    plans = Grant.objects.in_force(today).filter(role=Role.PROGRAMME_MANAGER).exclude(person=person)
    plans = plans.exclude(person__email="").select_related("person", "unit").order_by("id")
    return next((one.person for one in plans if one.unit.contains(position.unit)), None)


def next_encounter(person: Person, now: datetime) -> Encounter | None:
    """The next planned encounter this person takes part in, with its guests at hand."""
    coming = Encounter.objects.to_come(now).filter(attendances__person=person)
    coming = coming.select_related("format", "unit").prefetch_related("guests__customer")
    return coming.order_by("starts_at", "id").first()


def waiting(person: Person, now: datetime, rights: Rights) -> Waiting:
    """Everything this person alone can move on, the most urgent of each first."""
    hand_overs = HandOver.objects.waiting().filter(receiver=person)
    hand_overs = hand_overs.select_related(
        "giver",
        "disposition__remark__verbatim",
        "disposition__remark__reading",
        "disposition__remark__encounter__unit",
    )
    promises = PromiseToCustomer.objects.filter(by=person, settled_at=None)
    encounters = Encounter.objects.open().filter(attendances__person=person, starts_at__lte=now)
    unsaid = Encounter.objects.unsaid(now).filter(attendances__person=person)
    return Waiting(
        hand_overs=_pile(hand_overs.order_by("answer_due_at", "id")),
        fixes=_pile(_to_work_on(person).select_related("issue").order_by("due_on", "id")),
        offers=_pile(
            FixOffer.objects.waiting()
            .filter(receiver=person)
            .select_related("giver", "fix__issue")
            .order_by("answer_due_at", "id")
        ),
        decisions=_pile(
            Decision.objects.waiting()
            .filter(decider=person)
            .select_related("asked_by", "fix__issue")
            .order_by("decide_by", "id")
        ),
        promises=_pile(promises.select_related("customer", "words").order_by("due_on", "id")),
        remarks=Remark.objects.open().filter(noted_by=person).count(),
        unsaid=_pile(unsaid.select_related("format", "unit").order_by("starts_at", "id")),
        encounters=_pile(encounters.select_related("format", "unit").order_by("starts_at", "id")),
        to_judge=evaluations_to_judge(person, now),
        unsure=Mention.objects.unsure().filter(rights.within(Right.SORT)).count()
        if rights.has(Right.SORT)
        else 0,
    )


def _to_work_on(person: Person) -> QuerySet:
    """Open fixes of theirs; those they gave to somebody who has not answered wait for the other."""
    given = FixOffer.objects.waiting().filter(fix=OuterRef("pk"))
    return Fix.objects.open().filter(owner=person).exclude(Exists(given) & Q(accepted_at=None))


def evaluations_to_judge(person: Person, now: datetime) -> list[Fix]:
    """Fixes without a verdict whose day has come, and which this person promised to judge."""
    today, elsewhere = timezone.localdate(now), zone_of_all()
    mine = Fix.objects.filter(
        evaluation_plan__judge=person,
        evaluation_plan__basis=Basis.COUNTS,
        shipped_at__isnull=False,
        verdicts=None,
    ).select_related("issue", "unit", "evaluation_plan")
    by_day = [(decidable_on(fix, elsewhere), fix) for fix in mine.order_by("shipped_at", "id")]
    return [fix for day, fix in by_day if day and day <= today]


def _pile(rows: QuerySet) -> Pile:
    first = list(rows[:SHOWN])
    return Pile(first, rows.count() if len(first) == SHOWN else len(first))


def whom_to_thank(person: Person, now: datetime, rights: Rights) -> Thanks | None:
    """Another customer each day, out of my guests not thanked yet, else of those who praised us where I lead.

    Restricted customers are left in peace.
    """
    today = timezone.localdate(now)
    in_peace = ~Exists(ContactRestriction.objects.in_force(today).filter(customer=OuterRef("customer")))
    guests = (
        Guest.objects.there()
        .filter(
            in_peace,
            encounter__outcome=Outcome.HELD,
            encounter__attendances__person=person,
            encounter__starts_at__range=(now - THANK_WITHIN, now),
            thanked_at=None,
            customer__erased_at=None,
        )
        .select_related("customer", "encounter__format")
    )
    if guest := _of_the_day(guests.order_by("encounter__starts_at", "id"), today):
        return Thanks(guest=guest)
    if not rights.has(Right.SEE_FEEDBACK):
        return None
    praise = (
        Feedback.objects.standing()
        .filter(
            in_peace,
            rights.within(Right.SEE_FEEDBACK),
            Q(customer__erased_at=None, verbatim__erased_at=None),
            kind=Kind.COMPLIMENT,
            customer__isnull=False,
            verbatim__isnull=False,
            received_at__range=(now - THANK_WITHIN, now),
        )
        .select_related("customer", "verbatim", "unit")
    )
    found = _of_the_day(praise.order_by("received_at", "id"), today)
    return Thanks(praise=found) if found else None


def _of_the_day(rows: QuerySet, today: date) -> Guest | Feedback | None:
    count = rows.count()
    return rows[today.toordinal() % count] if count else None
