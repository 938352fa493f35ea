"""Whom we can reach with the news, whom not and why, and what each letter says."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils import timezone

from coalface.customers.queries import with_bars
from coalface.edges.mail import REFUSED
from coalface.policies import number
from coalface.records.models import Channel, Customer, Fix, OutgoingMessage, Purpose
from coalface.records.tables import Column, Of, Table
from coalface.shell.links import Forged, signed, unsigned

from .news import ToTell, customers_to_tell, fixes_with_news, standing_tellings

STOP: Final = "coalface.act.told"
TEMPLATE: Final = "act/told_customer"
NOT_REACHED: Final = ("no_address", "refused", "language", "restricted", "no_consent", "too_soon")
TELLS: Final = frozenset({TEMPLATE, "verify/better"})

BATCHES = Table(
    "to-tell",
    (
        Column("fix", read="fix.title"),
        Column("news"),
        Column("news_at", Of.MOMENT),
        Column("told", Of.WHOLE),
        Column("to_be_told", Of.WHOLE, "reached"),
        Column("not_reached", Of.WHOLE),
    ),
)
WAITING = Table("to-be-told", (Column("customer", read="name"), Column("language"), Column("bar")))


@dataclass(frozen=True, slots=True)
class Batch:
    """The news of one fix: how many were told, how many will be, and how many cannot be reached, why.

    It goes out by itself on `by_itself_on`; None when nobody is left.
    """

    fix: Fix
    news: str
    news_at: datetime
    told: int
    reached: int
    bars: dict[str, int] = field(default_factory=dict)
    by_itself_on: date | None = None

    @property
    def not_reached(self) -> int:
        return sum(self.bars.values())

    @property
    def whole(self) -> int:
        """Everybody there is to tell, told or not."""
        return self.told + self.reached + self.not_reached


def reachable_for(customers: QuerySet[Customer], now: datetime) -> QuerySet[Customer]:
    """Customers with what keeps their letter from going out, as a code: as in NOT_REACHED, or empty."""
    spoken = {*settings.PUBLIC_LANGUAGES, *dict(settings.LANGUAGES), ""}
    barred = with_bars(customers, Channel.EMAIL, Purpose.TELLING, now)
    refused = OutgoingMessage.objects.filter(
        customer=OuterRef("pk"), gave_up_at__isnull=False, sent_at=None, error=REFUSED
    )
    return barred.annotate(
        bar=Case(
            When(email="", then=Value("no_address")),
            When(Exists(refused), then=Value("refused")),
            When(~Q(language__in=spoken), then=Value("language")),
            default=F("barred"),
            output_field=CharField(),
        )
    )


def kept_back(message: OutgoingMessage, now: datetime) -> str:
    """Why a letter that tells a customer something must not leave after all, as a code; empty: it may.

    Asked at the last moment, as who agreed when it was written may have said no since. The cap is not: the
    letter itself counts under it.
    """
    if message.template not in TELLS:
        return ""
    there = reachable_for(Customer.objects.present(), now).filter(pk=message.customer_id)
    bar = there.values_list("bar", flat=True).first()
    if bar is None:
        return "no_consent"
    return "" if bar == "too_soon" else bar


def batches(fixes: Collection[Fix], within: Q, now: datetime) -> list[Batch]:
    """How far the telling of each fix is, among the customers `within`; five queries for any number."""
    waiting = customers_to_tell(fixes)
    everybody = {one for some in waiting.values() for one in some}
    there = reachable_for(Customer.objects.present().filter(within), now)
    bars = dict(there.filter(pk__in=everybody).values_list("pk", "bar"))
    heard = standing_tellings().filter(_within(within), fix__in=fixes, customer__isnull=False)
    told = Counter(heard.values_list("fix", "news"))
    days = timedelta(days=int(number("tell_after_days")))
    return [_batch(fix, [bars[one] for one in waiting[fix.pk] if one in bars], told, days) for fix in fixes]


def _within(within: Q) -> Q:
    return Q(customer__in=Customer.objects.filter(within).values("pk"))


def _batch(fix: Fix, bars: list[str], told: Counter, days: timedelta) -> Batch:
    counts = Counter(bars)
    reached = counts.pop("", 0)
    on = timezone.localdate(fix.news_at + days) if reached else None
    in_order = {bar: counts[bar] for bar in NOT_REACHED if counts[bar]}
    return Batch(fix, fix.news, fix.news_at, told[fix.pk, fix.news], reached, in_order, on)


def batch_customers(fix: Fix, within: Q, now: datetime) -> QuerySet[Customer]:
    """Those who wait for the news of one fix: who will be told first, then the others, by name."""
    there = reachable_for(Customer.objects.present().filter(within), now)
    return there.filter(pk__in=customers_to_tell([fix])[fix.pk]).order_by("bar", "name", "pk")


def letters(customers: Iterable[UUID], now: datetime) -> dict[UUID, list[ToTell]]:
    """What each of these customers has to be told: all of it in one letter, the newest first."""
    fixes = list(fixes_with_news(now))
    waiting = customers_to_tell(fixes, among=list(customers))
    found: dict[UUID, list[ToTell]] = defaultdict(list)
    for fix in fixes:
        for one in waiting[fix.pk]:
            found[one].append(ToTell(fix.pk, fix.news, fix.owner_id))
    return found


def letter(customer: Customer, news: list[ToTell], now: datetime) -> OutgoingMessage:
    """The message itself, not kept: ids alone, put into words in the customer's language when it is sent."""
    first = news[0]
    return OutgoingMessage(
        key=f"told-{first.fix}-{first.news}-{customer.pk}",
        template=TEMPLATE,
        customer=customer,
        about={
            "news": [{"of": one.fix, "news": one.news} for one in news],
            "unsubscribe": stop_address(customer),
            "answers": first.owner,
        },
        due_at=now,
    )


def stop_address(customer: Customer) -> str:
    """The address in such a letter that stops them; only we can make one."""
    return reverse("act_public:no_news", args=[signed(customer.pk, STOP)])


def customer_behind(token: str) -> Customer:
    """Whose letter the link stands in; of somebody who was erased it leads nowhere."""
    pk = unsigned(token, STOP)
    found = Customer.objects.filter(pk=pk, erased_at=None).select_related("merged_into").first()
    if found is None:
        raise Forged(token)
    return found.merged_into or found
