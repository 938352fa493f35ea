"""What a guest is asked about us: who may be asked, and which question a signed link belongs to."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet

from coalface.records.models import GROUPS, Encounter, FormatKind, Guest, Outcome
from coalface.shell.links import Expired, Forged, signed, unsigned

EXPIRES_AFTER: Final = timedelta(days=90)
CODE_LASTS: Final = timedelta(days=1)
ASKED_WITHIN: Final = timedelta(days=14)
# Whoever was not spoken to, or does not know with whom, is asked nothing.
NEVER_ASKED: Final = (FormatKind.INCOGNITO, FormatKind.LISTENING, FormatKind.OWN_WALK, FormatKind.CARE_WALK)
BY_MAIL: Final = "coalface.meet.heard"
ON_THE_SPOT: Final = "coalface.meet.heard.now"


def token_of(guest: Guest) -> str:
    """The part of a link in our mail."""
    return signed(guest.pk, BY_MAIL)


def code_of(guest: Guest) -> str:
    """The part of a link shown on our own device; good for a day, so that the mail has the last word."""
    return signed(guest.pk, ON_THE_SPOT)


def guest_of(token: str, now: datetime) -> Guest:
    """The guest a link belongs to, with the encounter and the format at hand."""
    pk, lasts = _read(token)
    rows = Guest.objects.select_related("customer", "encounter__format", "encounter__unit")
    guest = rows.filter(_asked(), pk=pk, customer__erased_at=None).first()
    if guest is None:
        raise Forged(token)
    if (guest.asked_at or guest.encounter.outcome_at) + lasts < now:
        raise Expired(token)
    return guest


def _read(token: str) -> tuple[str, timedelta]:
    try:
        return unsigned(token, BY_MAIL), EXPIRES_AFTER
    except Forged:
        return unsigned(token, ON_THE_SPOT), CODE_LASTS


def _asked() -> Q:
    held = Q(encounter__outcome=Outcome.HELD) & ~Q(came=False)
    return held & ~Q(encounter__format__kind__in=NEVER_ASKED)


def guests_to_ask(now: datetime, today_began: datetime) -> QuerySet:
    """Guests of encounters held on an earlier day, not long ago, whom we have not written to."""
    rows = Guest.objects.filter(_asked(), asked_at=None, customer__erased_at=None)
    rows = rows.filter(~Q(encounter__format__kind__in=GROUPS) | Q(came=True))
    rows = rows.exclude(customer__email="").filter(
        encounter__outcome_at__lt=today_began, encounter__outcome_at__gte=now - ASKED_WITHIN
    )
    return rows.order_by("id")


def may_show_code(encounter: Encounter, now: datetime) -> bool:
    """Whether guests may be asked on the spot: it was held within the last day, and they know of us."""
    if encounter.outcome != Outcome.HELD or encounter.format.kind in NEVER_ASKED:
        return False
    return encounter.outcome_at + CODE_LASTS >= now
