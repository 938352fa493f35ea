"""One customer at one glance: what they said last, what we owe them, and what else there is to know."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Count, Exists, Max, OuterRef, QuerySet
from django.utils import timezone

from coalface.policies import number
from coalface.records.models import (
    Approach,
    Attendance,
    Consent,
    ConsentWording,
    ContactRestriction,
    Customer,
    Encounter,
    Erasure,
    Event,
    Feedback,
    Kind,
    Merging,
    Outcome,
    Person,
    PromiseToCustomer,
    Remark,
    Speaker,
    Unit,
    Verbatim,
)

from .belongings import family

LAST_WORDS: Final = 5
LAST_EVENTS: Final = 20
OPEN: Final = ("verbatim", "reading", "noted_by", "encounter__unit")
TOLD: Final = (
    "customers.added", "customer.changed", "customers.changed", "customer.restricted",
    "customer.restriction_lifted", "customers.merged", "customers.taken_apart", "household.joined",
    "household.left", "customer.handed_out", "customer.acknowledged",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """Something the customer said, where, and who of us brought it in; without `channel` to one of us."""

    verbatim: Verbatim
    unit: Unit
    by: int | None
    at: datetime
    kind: str
    channel: str

    @property
    def language(self) -> str:
        return self.verbatim.language


@dataclass(frozen=True, slots=True)
class Glance:
    """All that one of us should know before saying hello."""

    words: list[Word]
    open_remarks: list[Remark]
    promises: list[PromiseToCustomer]
    next_encounter: Encounter | None
    last_encounter: Encounter | None
    restrictions: list[ContactRestriction]
    past_restrictions: list[ContactRestriction]
    consents: list[Consent]
    approaches: list[Approach]
    free_from: date | None
    bought: dict[str, object]
    household: list[Customer]
    mergings: list[Merging]
    wish: Erasure | None
    history: list[Event]


def glance(customer: Customer, me: Person, now: datetime) -> Glance:
    """The customer at one glance; an encounter carries `mine`: whether I was or will be there."""
    today = timezone.localdate(now)
    restrictions = list(customer.restrictions.select_related("set_by"))
    holding = [one for one in restrictions if one.until_on is None or one.until_on > today]
    approaches = list(customer.approaches.select_related("by")[:20])
    gap = timedelta(days=int(number("approach_gap_days")))
    free_from = timezone.localdate(approaches[0].at) + gap if approaches else None
    mergings = Merging.objects.filter(kept=customer, undone_at=None)
    return Glance(
        words=last_words(customer),
        open_remarks=_worst_first(_open_remarks(customer)),
        promises=list(customer.promises.filter(kept=None).select_related("words", "by", "encounter__unit")),
        next_encounter=_encounters(customer, me)
        .filter(outcome=Outcome.PLANNED, starts_at__gte=now)
        .order_by("starts_at", "id")
        .first(),
        last_encounter=_encounters(customer, me).filter(outcome=Outcome.HELD).first(),
        restrictions=holding,
        past_restrictions=[one for one in restrictions if one not in holding],
        consents=_consents(customer),
        approaches=approaches,
        free_from=free_from if free_from and free_from > today else None,
        bought=customer.purchases.aggregate(times=Count("pk"), last_on=Max("on")),
        household=_household(customer),
        mergings=list(mergings.select_related("gone", "by")),
        wish=Erasure.objects.filter(customer=customer, done_at=None, refused_at=None).first(),
        history=_history(customer),
    )


def _worst_first(remarks: QuerySet[Remark]) -> list[Remark]:
    """Complaints come first, whatever somebody is worth to us; then the oldest."""
    return sorted(remarks, key=lambda one: (one.kind != Kind.COMPLAINT, one.noted_at))


def _household(customer: Customer) -> list[Customer]:
    if customer.household_id is None:
        return []
    others = Customer.objects.present().filter(household=customer.household_id).exclude(pk=customer.pk)
    return list(others.order_by("name", "id")[:20])


def _consents(customer: Customer) -> list[Consent]:
    """Newest first; each carries `quoted`, the text as it read when they agreed, and who wrote that down."""
    consents = list(customer.consents.order_by("-given_at", "-id"))
    wordings = ConsentWording.objects.filter(version__in={one.wording for one in consents})
    texts = {(one.version, one.language): one for one in wordings}
    said = Event.objects.filter(about_type="consent", about_id__in=[str(one.pk) for one in consents])
    by = {(event.about_id, event.kind): event.by for event in said.select_related("by")}
    for one in consents:
        shown = texts.get((one.wording, customer.language))
        one.quoted = shown.text if shown and shown.written_at <= one.given_at else ""
        one.recorded_by = by.get((str(one.pk), "consents.recorded"))
        one.withdrawn_by = by.get((str(one.pk), "consent.withdrawn"))
    return consents


def _history(customer: Customer) -> list[Event]:
    ours = [str(one.pk) for one in family(customer)]
    events = Event.objects.filter(about_type="customer", about_id__in=ours, kind__in=TOLD)
    return list(events.select_related("by").order_by("-id")[:LAST_EVENTS])


def last_words(customer: Customer) -> list[Word]:
    """What the customer said last, to one of us or by any channel, newest first and without erased words."""
    said = Remark.objects.filter(customer=customer, said_by=Speaker.CUSTOMER).order_by("-noted_at", "-id")
    sent = Feedback.objects.standing().filter(customer=customer).order_by("-received_at", "-id")
    words = [
        Word(one.verbatim, one.encounter.unit, one.noted_by_id, one.noted_at, one.kind, "")
        for one in _with_words(said, "encounter__unit")[:LAST_WORDS]
    ]
    words += [
        Word(one.verbatim, one.unit, one.reported_by_id, one.received_at, one.kind, one.channel)
        for one in _with_words(sent, "unit")[:LAST_WORDS]
    ]
    return sorted(words, key=lambda word: word.at, reverse=True)[:LAST_WORDS]


def _with_words(rows: QuerySet, unit: str) -> QuerySet:
    return rows.filter(verbatim__erased_at=None).exclude(verbatim=None).select_related("verbatim", unit)


def _open_remarks(customer: Customer) -> QuerySet[Remark]:
    still_open = Remark.objects.open().filter(customer=customer)
    return still_open.select_related(*OPEN).order_by("-noted_at", "-id")[:20]


def _encounters(customer: Customer, me: Person) -> QuerySet[Encounter]:
    mine = Exists(Attendance.objects.filter(encounter=OuterRef("pk"), person=me))
    return (
        Encounter.objects.filter(guests__customer=customer)
        .annotate(mine=mine)
        .select_related("format", "unit")
        .prefetch_related("attendances__person")
    )
