"""What the worker could not do."""

from datetime import datetime, timedelta

from django.db.models import Count, Max, Q, QuerySet

from coalface.records.models import (
    Consequence,
    Delivery,
    InboundHook,
    InboundMail,
    OutgoingMessage,
    Tick,
    Webhook,
)
from coalface.records.models.us.unit import Units
from coalface.records.tables import Column, Of, Table

CONSEQUENCES = Table(
    "consequences",
    (
        Column("id", Of.WHOLE),
        Column("event", read="event.kind"),
        Column("event_at", Of.MOMENT, "event.at"),
        Column("reaction"),
        Column("tries", Of.WHOLE),
        Column("gave_up_at", Of.MOMENT),
        Column("error"),
    ),
)
MESSAGES = Table(
    "messages",
    (
        Column("id", Of.WHOLE),
        Column("template"),
        Column("due_at", Of.MOMENT),
        Column("tries", Of.WHOLE),
        Column("gave_up_at", Of.MOMENT),
        Column("error"),
    ),
)
LETTERS = Table(
    "letters",
    (Column("received_at", Of.MOMENT), Column("sent_by", read="person.name"), Column("refusal")),
)
DELIVERIES = Table(
    "deliveries",
    (
        Column("id"),
        Column("event", read="event.kind"),
        Column("event_at", Of.MOMENT, "event.at"),
        Column("due_at", Of.MOMENT),
        Column("tries", Of.WHOLE),
        Column("sent_at", Of.MOMENT),
        Column("gave_up_at", Of.MOMENT),
        Column("status", Of.WHOLE),
        Column("error"),
    ),
)
TICKS = Table("ticks", (Column("name"), Column("failed_at", Of.MOMENT)))


def failed_consequences() -> QuerySet[Consequence]:
    """Consequences that were tried often enough and wait for a person, the oldest first."""
    return Consequence.objects.failed().select_related("event").order_by("gave_up_at", "id")


def failed_messages() -> QuerySet[OutgoingMessage]:
    """Messages that could not be sent, the oldest first; those their receivers stopped are no failures."""
    failed = OutgoingMessage.objects.failed()
    return failed.select_related("person", "customer").order_by("gave_up_at", "id")


def backlog() -> int:
    """How many consequences and messages still wait for their turn."""
    waiting = Consequence.objects.filter(done_at=None, gave_up_at=None).count()
    return waiting + OutgoingMessage.objects.filter(sent_at=None, gave_up_at=None).count()


def failed_ticks() -> QuerySet[Tick]:
    """Daily jobs that failed when last tried; they are tried again every hour."""
    return Tick.objects.filter(failed_at__isnull=False).order_by("name")


def refused_letters(now: datetime) -> QuerySet[InboundMail]:
    """Mails of the last month of which nothing was written down, except those a machine wrote."""
    recent = InboundMail.objects.filter(received_at__gte=now - timedelta(days=30))
    return recent.exclude(refusal__in=("", "automatic")).select_related("person")


def webhooks() -> QuerySet[Webhook]:
    """Whom we tell, with how many deliveries wait and how many were given up."""
    waiting = Q(deliveries__sent_at=None, deliveries__gave_up_at=None, deliveries__isnull=False)
    given_up = Q(deliveries__sent_at=None, deliveries__gave_up_at__isnull=False)
    counts = {
        "waiting": Count("deliveries", filter=waiting, distinct=True),
        "given_up": Count("deliveries", filter=given_up, distinct=True),
    }
    return Webhook.objects.annotate(**counts, last_at=Max("deliveries__sent_at")).order_by("name", "id")


def deliveries_of(webhook: Webhook) -> QuerySet[Delivery]:
    """What an address was told, or is to be told, the newest first."""
    return webhook.deliveries.select_related("event").order_by("-id")


def inbound_hooks(units: Units) -> QuerySet[InboundHook]:
    """Who may tell us for these units."""
    return InboundHook.objects.filter(unit__in=units).select_related("unit").order_by("name", "id")
