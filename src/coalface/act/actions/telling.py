"""Telling those who raised it what became of it: customers by letter, those of us at once."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from coalface.act.queries import (
    batch_customers,
    fixes_with_news,
    letter,
    letters,
    people_to_tell,
    reachable_for,
)
from coalface.act.queries.letters import TEMPLATE, stop_address
from coalface.act.queries.news import LEFT_OUT, PUT_BACK
from coalface.customers.actions import NoConsent, Restricted, TooSoon, approach
from coalface.permissions import Right, rights_of
from coalface.policies import number
from coalface.records.history import note
from coalface.records.models import (
    Channel,
    Customer,
    Event,
    Fix,
    News,
    OutgoingMessage,
    Person,
    Purpose,
    Telling,
)

NOT_REACHED = {NoConsent: "no_consent", Restricted: "restricted", TooSoon: "too_soon"}
AT_ONCE: Final = 100
WANTED: Final = "telling.wanted"


class NothingToTell(ValueError):
    """There is no news of this fix, or it became another since somebody looked."""


@transaction.atomic
def tell_those_who_raised_it(*, event: Event, now: datetime) -> int:
    """Tell those of us who brought it in, at once: each once of each news; a second attempt of its first.

    Colleagues without an address are not written to: they read it on their own page. Customers wait until
    somebody has looked at the letters, or `tell_after_days`.
    """
    rows = fixes_with_news(now).filter(Q(pk=event.about_id) | Q(followed_by=event.about_id))
    fixes = list(rows.select_for_update(of=("self",)))
    waiting = people_to_tell(fixes)
    return sum(_tell_ours(fix, waiting[fix.pk], now) for fix in fixes if waiting[fix.pk])


def _tell_ours(fix: Fix, people: Collection[int], now: datetime) -> int:
    there = Person.objects.working(timezone.localdate(now)).filter(pk__in=people).order_by("id")
    told = [_tell_one_of_us(fix, person, now) for person in there]
    if told:
        note("fix.told", about=fix, by=None, at=now, news=fix.news, people=len(told))
    return len(told)


def _tell_one_of_us(fix: Fix, person: Person, now: datetime) -> Telling:
    message = None
    if person.email:
        message = OutgoingMessage.objects.create(
            key=f"told-{fix.pk}-{fix.news}-p{person.pk}",
            template="act/told_person",
            person=person,
            about={"fix": fix.pk, "news": fix.news, "answers": fix.owner_id},
            due_at=now,
        )
    return Telling.objects.create(fix=fix, person=person, news=fix.news, message=message, at=now)


@transaction.atomic
def send_news(*, fix: Fix, news: str, by: Person | None, now: datetime) -> Event:
    """Let the letters go out to the customers in reach of who sends them; twice is harmless.

    The worker writes them, a hundred at a time.
    """
    if not fixes_with_news(now).filter(pk=fix.pk, news=news).exists():
        raise NothingToTell(fix)
    return note(WANTED, about=fix, by=by, at=now, news=news)


@transaction.atomic
def leave_out(
    *, fix: Fix, news: str, customers: Collection[UUID], by: Person, now: datetime, again: bool = False
) -> Event:
    """Do not tell these customers this news; `again` takes it back."""
    ids = sorted(str(one) for one in customers)
    return note(PUT_BACK if again else LEFT_OUT, about=fix, by=by, at=now, news=news, customers=ids)


@transaction.atomic
def write_letters(*, event: Event, now: datetime) -> Counter[str]:
    """Write to the next hundred customers who are to hear the news of a fix, and then to the others.

    Each gets one letter with everything they raised that has news.
    """
    fix = fixes_with_news(now).filter(pk=event.about_id, news=event.payload["news"]).first()
    if fix is None:
        return Counter()
    within = rights_of(event.by, now).within(Right.ANSWER_FEEDBACK) if event.by else Q()
    waiting = batch_customers(fix, within, now).filter(bar="").order_by("pk")
    if last := event.payload.get("after"):
        waiting = waiting.filter(pk__gt=last)
    some = list(waiting[: AT_ONCE + 1])
    counts = Counter(write_letter(customer=one, by=event.by, now=now) for one in some[:AT_ONCE])
    if counts:
        note("fix.told", about=fix, by=event.by, at=now, news=fix.news, **counts)
    if len(some) > AT_ONCE:
        after = str(some[AT_ONCE - 1].pk)
        note(WANTED, about=fix, by=event.by, at=now, news=fix.news, after=after)
    return counts


@transaction.atomic
def write_letter(*, customer: Customer, by: Person | None, now: datetime) -> str:
    """One letter with all a customer has to be told, as things are now; “told”, or the reason why not.

    The row is locked first: of two who send at once one finds nothing left to tell.
    """
    customer = Customer.objects.select_for_update().get(pk=customer.pk)
    there = reachable_for(Customer.objects.present(), now).filter(pk=customer.pk)
    bar = there.values_list("bar", flat=True).first()
    news = letters([customer.pk], now)[customer.pk]
    if bar is None or not news:
        return "nothing"
    if bar:
        return bar
    try:
        approach(customer=customer, channel=Channel.EMAIL, purpose=Purpose.TELLING, by=by, now=now)
    except tuple(NOT_REACHED) as refusal:
        return NOT_REACHED[type(refusal)]
    _put_aside(customer)
    message = letter(customer, news, now)
    message.save(force_insert=True)
    Telling.objects.bulk_create(
        Telling(fix_id=one.fix, customer=customer, news=one.news, message=message, at=now) for one in news
    )
    return "told"


def _put_aside(customer: Customer) -> None:
    """A letter that was given up has told nothing: this one takes its place."""
    old = OutgoingMessage.objects.filter(customer=customer, template=TEMPLATE, gave_up_at__isnull=False)
    given_up = list(old.select_for_update(of=("self",)).values_list("pk", flat=True))
    Telling.objects.filter(message__in=given_up).delete()
    OutgoingMessage.objects.filter(pk__in=given_up).delete()


@transaction.atomic
def say_not_told(*, message: OutgoingMessage, bar: str, by: Person | None, now: datetime) -> int:
    """Write into the history of each fix a letter tells of that it did not leave, and why."""
    tellings = Telling.objects.filter(message=message).select_related("fix").order_by("id")
    for telling in tellings:
        note("telling.kept_back", about=telling.fix, by=by, at=now, news=telling.news, bar=bar)
    return len(tellings)


@transaction.atomic
def send_what_lies(*, now: datetime) -> list[Event]:
    """Let the news go out that nobody sent for `tell_after_days`, and tell whoever of us was missed."""
    before = now - timedelta(days=int(number("tell_after_days")))
    fixes = list(fixes_with_news(now))
    waiting = people_to_tell(fixes)
    for fix in fixes:
        _tell_ours(fix, waiting[fix.pk], now)
    return [
        send_news(fix=fix, news=fix.news, by=None, now=now)
        for fix in fixes
        if fix.news_at <= before and batch_customers(fix, Q(), now).filter(bar="").exists()
    ]


def tell_customer(
    *,
    fix: Fix,
    customer: Customer,
    now: datetime,
    template: str,
    about: dict[str, object] | None = None,
) -> str:
    """Tell one customer that a fix is live in a message of its own; “told” or the reason why not."""
    if not customer.email:
        return "no_address"
    try:
        approach(customer=customer, channel=Channel.EMAIL, purpose=Purpose.TELLING, by=fix.owner, now=now)
    except tuple(NOT_REACHED) as refusal:
        return NOT_REACHED[type(refusal)]
    message = OutgoingMessage.objects.create(
        key=f"told-{fix.pk}-{customer.pk}",
        template=template,
        customer=customer,
        about={
            "fix": fix.pk,
            "answers": fix.owner_id,
            "unsubscribe": stop_address(customer),
            **(about or {}),
        },
        due_at=now,
    )
    heard = {"message": message, "at": now}
    Telling.objects.get_or_create(fix=fix, customer=customer, news=News.SHIPPED, defaults=heard)
    return "told"
