"""A customer who is drawn, agreed to mails, and is asked to come."""

from datetime import datetime, timedelta

from django.urls import reverse

from coalface.customers.actions import NewConsent, record_consents
from coalface.meet.actions import ask_guest
from coalface.meet.queries import secret_of
from coalface.plan.actions import draw
from coalface.records.models import Channel, Customer, Encounter, Guest, GuestInvitation, Purpose
from tests.people import NOW, Cast

IN_TEN_DAYS = timedelta(days=10)


def agree_to_mail(*customers: Customer) -> None:
    """They said that we may ask them by mail."""
    rows = [
        NewConsent(customer=one, channel=Channel.EMAIL, purpose=Purpose.CONVERSATION, wording="2026-01")
        for one in customers
    ]
    record_consents(rows=rows, by=None, now=NOW)


def drawn(cast: Cast, now: datetime, *, seed: int = 1, days: int = 10) -> Guest:
    """Olga is to meet whom the draw chose, in the north."""
    draw(
        person=cast.olga,
        format=cast.visit,
        unit=cast.north,
        starts_at=(now + timedelta(days=days)).replace(minute=0, second=0, microsecond=0),
        by=cast.mina,
        now=now,
        seed=seed,
    )
    return Guest.objects.select_related("customer", "encounter").latest("id")


def asked(cast: Cast, now: datetime, *, language: str = "fr", mail: bool = True) -> GuestInvitation:
    """Drawn, and asked to come."""
    everybody = [cast.petra, cast.quentin, cast.rosa]
    if mail:
        agree_to_mail(*everybody)
    Customer.objects.filter(pk__in=[one.pk for one in everybody]).update(language=language)
    return ask_guest(guest=drawn(cast, now), by=cast.mina, now=now)


def link(invitation: GuestInvitation) -> str:
    """The address of their own."""
    return reverse("meet_public:come", args=[secret_of(invitation)])


def again(row: GuestInvitation | Encounter | Guest) -> GuestInvitation | Encounter | Guest:
    """The row as it is now."""
    return type(row).objects.get(pk=row.pk)
