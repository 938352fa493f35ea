"""Telling other systems what happened: which events go where, each delivered once, or given up and shown."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from coalface.edges.webhooks import NotDelivered, deliver, looked_up, new_secret
from coalface.policies import number
from coalface.records.history import note
from coalface.records.models import (
    Delivery,
    Event,
    InboundHook,
    Person,
    SeenSignature,
    TakenBatch,
    Unit,
    Webhook,
)

AT_ONCE: Final = 50
TAKES_AT_MOST: Final = timedelta(minutes=15)
KEYS_KEPT: Final = timedelta(days=30)
SIGNATURES_KEPT: Final = timedelta(hours=1)
PAUSED_AFTER_FAILURES: Final = 5
TEST: Final = "webhook.tested"
# What another system may be told of: that it happened and to what, never in which words.
TOLD: Final = (
    "feedback.taken_in",
    "remark.noted",
    "issue.confirmed",
    "issue.merged",
    "fix.opened",
    "fix.accepted",
    "fix.shipped",
    "fix.declined",
    "fix.judged",
    "customers.added",
    "customer.written",
    "exposures.recorded",
)


class NoSuchKind(ValueError):
    """Nobody may be told of events of this kind, or no kind was chosen."""


class AddressRefused(ValueError):
    """The address cannot be told anything; `args` holds the code that says why."""


class AlreadyStopped(Exception):
    """Nothing goes to this address any more."""


def back_off(tries: int) -> timedelta:
    """One minute, then twice as long each time, a day at most."""
    return min(timedelta(minutes=2**tries), timedelta(days=1))


def add_webhook(*, name: str, address: str, kinds: Sequence[str], by: Person, now: datetime) -> Webhook:
    """Tell an address of events of these kinds from now on; it is looked at before anything is written."""
    if not kinds or set(kinds) - set(TOLD):
        raise NoSuchKind(*kinds)
    try:
        looked_up(address)
    except NotDelivered as refused:
        raise AddressRefused(refused.kind) from None
    with transaction.atomic():
        hook = Webhook.objects.create(
            name=name, address=address, kinds=sorted(kinds), secret=new_secret(), made_by=by, made_at=now
        )
        note("webhook.added", about=hook, by=by, at=now)
    return hook


@transaction.atomic
def stop_webhook(*, webhook: Webhook, by: Person | None, now: datetime) -> Webhook:
    """Tell an address nothing more; what waits for it waits until it is started again."""
    held = Webhook.objects.select_for_update().get(pk=webhook.pk)
    if held.stopped_at:
        raise AlreadyStopped(webhook)
    held.stopped_at = now
    held.save(update_fields=["stopped_at"])
    note("webhook.stopped", about=held, by=by, at=now)
    return held


@transaction.atomic
def start_webhook(*, webhook: Webhook, by: Person, now: datetime) -> Webhook:
    """Tell an address again, first of all what waited or was given up."""
    held = Webhook.objects.select_for_update().get(pk=webhook.pk)
    held.stopped_at = None
    held.save(update_fields=["stopped_at"])
    held.deliveries.filter(sent_at=None).update(gave_up_at=None, tries=0, due_at=now)
    note("webhook.started", about=held, by=by, at=now)
    return held


@transaction.atomic
def try_webhook(*, webhook: Webhook, by: Person, now: datetime) -> Delivery:
    """Send a delivery that says nothing but that it is a trial."""
    event = note(TEST, about=webhook, by=by, at=now)
    return Delivery.objects.create(webhook=webhook, event=event, due_at=now)


@transaction.atomic
def retry_delivery(*, delivery: Delivery, by: Person, now: datetime) -> None:
    """Let a delivery that was given up be tried again, from the first try on."""
    Delivery.objects.filter(pk=delivery.pk, sent_at=None).update(gave_up_at=None, tries=0, due_at=now)
    note("delivery.retried", about=delivery, by=by, at=now)


def plan_deliveries(*, events: Sequence[Event]) -> int:
    """Write down who is to be told of these events; part of the transaction that relays them."""
    hooks = list(Webhook.objects.filter(stopped_at=None).order_by("id")) if events else []
    planned = [
        Delivery(webhook=hook, event=event, due_at=event.at)
        for event in events
        for hook in hooks
        if event.kind in hook.kinds and event.at >= hook.made_at
    ]
    Delivery.objects.bulk_create(planned, ignore_conflicts=True)
    return len(planned)


def send_deliveries(*, now: datetime) -> int:
    """Tell whom there is to be told; how many that were. The network is used outside any transaction."""
    return sum(_send_one(one, now) for one in _claim(now))


@transaction.atomic
def _claim(now: datetime) -> list[Delivery]:
    due = Delivery.objects.due(now).filter(webhook__stopped_at=None)
    claimed = due.select_for_update(skip_locked=True, of=("self",)).select_related("webhook", "event")
    some = list(claimed.order_by("due_at", "id")[:AT_ONCE])
    Delivery.objects.filter(pk__in=[one.pk for one in some]).update(due_at=now + TAKES_AT_MOST)
    return some


def body_of(delivery: Delivery) -> bytes:
    """What happened to what, in ids: whoever is told fetches the rest by its own rights."""
    event = delivery.event
    ids = event.payload.get("ids")
    about = {"type": event.about_type, "id": event.about_id}
    whole = {
        "type": event.kind,
        "timestamp": event.at.isoformat(),
        "data": {"about": about, "ids": ids or []},
    }
    return json.dumps(whole, separators=(",", ":")).encode()


def _send_one(delivery: Delivery, now: datetime) -> bool:
    hook, failure = delivery.webhook, None
    delivery.tries += 1
    try:
        delivery.status = deliver(
            address=hook.address,
            secret=hook.secret,
            id=str(delivery.pk),
            timestamp=int(now.timestamp()),
            body=body_of(delivery),
        )
        delivery.sent_at, delivery.error = now, ""
    except NotDelivered as refused:
        failure = refused
        delivery.status, delivery.error = refused.status, refused.kind
        delivery.due_at = now + back_off(delivery.tries)
        if refused.for_good or delivery.tries >= number("tries_before_giving_up"):
            delivery.gave_up_at = now
    delivery.save(update_fields=["tries", "status", "sent_at", "error", "due_at", "gave_up_at"])
    if failure and delivery.gave_up_at:
        _pause_if_hopeless(hook, now, at_once=failure.for_good)
    return delivery.sent_at is not None


def _pause_if_hopeless(hook: Webhook, now: datetime, *, at_once: bool) -> None:
    """When several in a row were given up nobody is there: a person looks, and starts it again."""
    settled = hook.deliveries.exclude(sent_at=None, gave_up_at=None).order_by("-id")
    last = list(settled[:PAUSED_AFTER_FAILURES])
    hopeless = len(last) == PAUSED_AFTER_FAILURES and all(one.gave_up_at for one in last)
    if (at_once or hopeless) and not Webhook.objects.get(pk=hook.pk).stopped_at:
        stop_webhook(webhook=hook, by=None, now=now)


def forget_keys(*, now: datetime) -> int:
    """Forget keys of batches and signatures that are too old to come again."""
    batches, _ = TakenBatch.objects.filter(at__lt=now - KEYS_KEPT).delete()
    seen, _ = SeenSignature.objects.filter(at__lt=now - SIGNATURES_KEPT).delete()
    return batches + seen


@transaction.atomic
def add_inbound(
    *, name: str, source: str, unit: Unit, mapping: Mapping[str, str], by: Person, now: datetime
) -> InboundHook:
    """Let another system tell us of feedback; `mapping` says which field of its body means what."""
    hook = InboundHook.objects.create(
        name=name,
        source=source,
        unit=unit,
        mapping=dict(mapping),
        secret=new_secret(),
        made_by=by,
        made_at=now,
    )
    note("inbound_hook.added", about=hook, by=by, at=now)
    return hook


@transaction.atomic
def stop_inbound(*, hook: InboundHook, by: Person, now: datetime) -> InboundHook:
    """Take nothing in from there any more."""
    held = InboundHook.objects.select_for_update().get(pk=hook.pk)
    if held.stopped_at:
        raise AlreadyStopped(hook)
    held.stopped_at = now
    held.save(update_fields=["stopped_at"])
    note("inbound_hook.stopped", about=held, by=by, at=now)
    return held


@transaction.atomic
def renew_secret(*, hook: Webhook | InboundHook, by: Person, now: datetime) -> str:
    """A new secret, from this moment on; the old one signs nothing any more."""
    held = type(hook).objects.select_for_update().get(pk=hook.pk)
    held.secret = new_secret()
    held.save(update_fields=["secret"])
    note("secret.renewed", about=held, by=by, at=now)
    return str(held.secret)
