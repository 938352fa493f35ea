"""One customer at one glance: what they said last, and what we owe them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from coalface.policies import number
from coalface.records.models import (
    Approach,
    Attendance,
    Consent,
    ContactRestriction,
    Customer,
    Encounter,
    Feedback,
    Outcome,
    Person,
    PromiseToCustomer,
    Remark,
    Speaker,
)

LAST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Word:
    """Something the customer said; `channel` is empty when they said it to one of us."""

    text: str
    language: str
    at: datetime
    kind: str
    channel: str


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


def glance(customer: Customer, me: Person, now: datetime) -> Glance:
    """The customer at one glance; an encounter carries `mine`: whether I was or will be there."""
    today = timezone.localdate(now)
    restrictions = list(customer.restrictions.select_related("set_by"))
    holding = [one for one in restrictions if one.until_on is None or one.until_on > today]
    approaches = list(customer.approaches.select_related("by")[:20])
    gap = timedelta(days=int(number("approach_gap_days")))
    free_from = timezone.localdate(approaches[0].at) + gap if approaches else None
    return Glance(
        words=last_words(customer),
        open_remarks=list(_open_remarks(customer)),
        promises=list(customer.promises.filter(kept=None).select_related("words", "by")),
        next_encounter=_encounters(customer, me)
        .filter(outcome=Outcome.PLANNED, starts_at__gte=now)
        .order_by("starts_at", "id")
        .first(),
        last_encounter=_encounters(customer, me).filter(outcome=Outcome.HELD).first(),
        restrictions=holding,
        past_restrictions=[one for one in restrictions if one not in holding],
        consents=list(customer.consents.order_by("-given_at", "-id")),
        approaches=approaches,
        free_from=free_from if free_from and free_from > today else None,
    )


def last_words(customer: Customer) -> list[Word]:
    """What the customer said last, to one of us or by any channel, newest first and without erased words."""
    said = Remark.objects.filter(customer=customer, said_by=Speaker.CUSTOMER).order_by("-noted_at", "-id")
    sent = Feedback.objects.standing().filter(customer=customer).order_by("-received_at", "-id")
    words = [
        Word(one.verbatim.text, one.verbatim.language, one.noted_at, one.kind, "")
        for one in _with_words(said)[:LAST_WORDS]
    ]
    words += [
        Word(one.verbatim.text, one.verbatim.language, one.received_at, one.kind, one.channel)
        for one in _with_words(sent)[:LAST_WORDS]
    ]
    return sorted(words, key=lambda word: word.at, reverse=True)[:LAST_WORDS]


def _with_words(rows: QuerySet) -> QuerySet:
    return rows.filter(verbatim__erased_at=None).exclude(verbatim=None).select_related("verbatim")


def _open_remarks(customer: Customer) -> QuerySet[Remark]:
    still_open = Remark.objects.open().filter(customer=customer)
    return still_open.select_related("verbatim", "reading", "noted_by").order_by("-noted_at", "-id")[:20]


def _encounters(customer: Customer, me: Person) -> QuerySet[Encounter]:
    mine = Exists(Attendance.objects.filter(encounter=OuterRef("pk"), person=me))
    return (
        Encounter.objects.filter(guests__customer=customer)
        .annotate(mine=mine)
        .select_related("format", "unit")
        .prefetch_related("attendances__person")
    )
