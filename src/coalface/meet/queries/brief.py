"""What to know about a customer before meeting them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet, Window
from django.db.models.functions import RowNumber

from coalface.records.models import (
    Attendance,
    Channel,
    Consent,
    ContactRestriction,
    Customer,
    Encounter,
    Feedback,
    Guest,
    Kind,
    Mention,
    Outcome,
    Person,
    PromiseToCustomer,
    Purpose,
    Remark,
    Speaker,
    Telling,
    Unit,
    Verbatim,
)

LAST_WORDS = 3
OPEN_THINGS = 5
A_YEAR = timedelta(days=365)
SAID: Final = {"verbatim__isnull": False, "verbatim__erased_at": None}


@dataclass(frozen=True, slots=True)
class Words:
    """Something a customer said, to us or of their own accord, where, and who of us brought it in."""

    id: UUID
    verbatim: Verbatim
    unit: Unit
    by: int | None
    at: datetime
    kind: str
    channel: str = ""
    waits: bool = False

    @property
    def language(self) -> str:
        return self.verbatim.language


@dataclass(frozen=True, slots=True)
class Brief:
    """One customer: last words, what else they wait for, what we promised, and when to take care."""

    customer: Customer
    last_words: list[Words] = field(default_factory=list)
    open_remarks: list[Remark] = field(default_factory=list)
    promises: list[PromiseToCustomer] = field(default_factory=list)
    restrictions: list[ContactRestriction] = field(default_factory=list)
    complaints: list[Words] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    met_by_me: Encounter | None = None
    met_last: Encounter | None = None

    @property
    def may_call(self) -> bool:
        return any(one.channel == Channel.PHONE for one in self.consents)

    @property
    def may_write(self) -> bool:
        return any(one.channel in (Channel.EMAIL, Channel.LETTER) for one in self.consents)


def briefs(encounter: Encounter, now: datetime, today: date, reader: Person) -> list[Brief]:
    """The brief for each guest of an encounter, in as many queries for eight as for one."""
    customers = [guest.customer for guest in encounter.guests.select_related("customer__unit")]
    earlier = Remark.objects.filter(customer__in=customers).exclude(encounter=encounter)
    still = _by_customer(_first(earlier.asking().unresolved(now), "-noted_at", OPEN_THINGS))
    spoken = _by_customer(_first(earlier.filter(**SAID, said_by=Speaker.CUSTOMER), "-noted_at", LAST_WORDS))
    written = Feedback.objects.standing().filter(**SAID, customer__in=customers)
    sent = _by_customer(_first(written, "-received_at", LAST_WORDS))
    unheard = _by_customer(_first(_without_an_answer(written, now), "-received_at", OPEN_THINGS))
    promised = PromiseToCustomer.objects.filter(customer__in=customers, settled_at=None)
    promises = _by_customer(promised.select_related("words", "by", "encounter__unit"))
    restrictions = _by_customer(ContactRestriction.objects.in_force(today).filter(customer__in=customers))
    agreed = Consent.objects.filter(customer__in=customers, withdrawn_at=None)
    consents = _by_customer(agreed.exclude(purpose=Purpose.RECORDING))
    met = _met(customers, encounter, reader)
    found = []
    for one in customers:
        waiting = {row.pk for row in (*still[one.pk], *unheard[one.pk])}
        last = _last_words(spoken[one.pk], sent[one.pk], waiting)
        quoted = {words.id for words in last}
        found.append(
            Brief(
                one,
                last,
                [remark for remark in still[one.pk] if remark.pk not in quoted],
                promises[one.pk],
                restrictions[one.pk],
                [_sent(row, waits=True) for row in unheard[one.pk] if row.pk not in quoted],
                consents[one.pk],
                met.get((one.pk, True)),
                _latest(met.get((one.pk, True)), met.get((one.pk, False))),
            )
        )
    return found


def _without_an_answer(written: QuerySet, now: datetime) -> QuerySet:
    """Complaints of the last year after which no fix shipped and we told the customer of none."""
    fix = "issue__fixes__shipped_at"
    after = {f"{fix}__gt": OuterRef("received_at"), f"{fix}__lte": now}
    shipped = Mention.objects.counted().filter(feedback=OuterRef("pk"), **after)
    told = Telling.objects.filter(customer=OuterRef("customer"), at__gt=OuterRef("received_at"))
    told = told.filter(message__gave_up_at=None)
    rows = written.filter(kind=Kind.COMPLAINT, received_at__gt=now - A_YEAR, received_at__lte=now)
    return rows.exclude(Exists(shipped)).exclude(Exists(told))


def _met(customers: list[Customer], but: Encounter, reader: Person) -> dict[tuple[UUID, bool], Encounter]:
    """By customer, and by whether the reader was there: the last time one of us met them."""
    mine = Exists(Attendance.objects.filter(encounter=OuterRef("encounter"), person=reader))
    held = Guest.objects.filter(customer__in=customers, encounter__outcome=Outcome.HELD)
    rows = held.exclude(encounter=but).exclude(came=False).annotate(mine=mine)
    place = Window(
        RowNumber(), partition_by=[F("customer"), F("mine")], order_by=["-encounter__starts_at", "-id"]
    )
    last = rows.annotate(place=place).filter(place=1).select_related("encounter__format")
    last = last.prefetch_related("encounter__attendances__person")
    return {(guest.customer_id, guest.mine): guest.encounter for guest in last}


def _latest(*met: Encounter | None) -> Encounter | None:
    return max(filter(None, met), key=lambda one: one.starts_at, default=None)


def _first(rows: QuerySet, order: str, most: int) -> QuerySet:
    """The first few rows of each customer."""
    place = Window(RowNumber(), partition_by=[F("customer")], order_by=[order, "-id"])
    first = rows.annotate(place=place).filter(place__lte=most)
    unit = "encounter__unit" if rows.model is Remark else "unit"
    return first.select_related("verbatim", unit).order_by(order, "-id")


def _last_words(spoken: list[Remark], sent: list[Feedback], waiting: set[UUID]) -> list[Words]:
    """What was said to us and what was sent to us, the latest few of both."""
    words = [
        Words(
            one.pk,
            one.verbatim,
            one.encounter.unit,
            one.noted_by_id,
            one.noted_at,
            one.kind,
            waits=one.pk in waiting,
        )
        for one in spoken
    ]
    words += [_sent(one, waits=one.pk in waiting) for one in sent]
    return sorted(words, key=lambda one: one.at, reverse=True)[:LAST_WORDS]


def _sent(one: Feedback, *, waits: bool) -> Words:
    where, by = one.unit, one.reported_by_id
    return Words(one.pk, one.verbatim, where, by, one.received_at, one.kind, one.channel, waits)


def _by_customer(rows: Iterable) -> dict[UUID, list]:
    found: dict[UUID, list] = defaultdict(list)
    for row in rows:
        found[row.customer_id].append(row)
    return found
