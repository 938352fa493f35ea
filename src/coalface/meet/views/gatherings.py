"""What the page of an encounter shows when several come, nobody knows who came, or everybody may ask."""

from datetime import datetime
from random import SystemRandom

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from coalface.customers.queries import segments
from coalface.meet.forms import DisclosureForm, DrawGuestsForm, QuotaForm, SeatsForm, TokenForm
from coalface.meet.queries import (
    both_sides,
    findable,
    guests_of,
    question_state,
    question_token,
    questions,
    quotas,
    seats_left,
    tokens,
)
from coalface.people.queries import position_of
from coalface.plan.queries import incognito_from
from coalface.records.models import Disclosure, Encounter, Outcome

from .access import within_reach

CHANCE = SystemRandom()


def group(request: HttpRequest, meeting: Encounter, now: datetime) -> dict[str, object]:
    """Seats, quotas and invitations before; who came, what they agreed to and were given, after."""
    guests, held = guests_of(meeting), meeting.outcome == Outcome.HELD
    ours = list(meeting.attendances.select_related("person"))
    shown: dict[str, object] = {
        "group": True,
        "seats_left": seats_left(meeting),
        "quotas": quotas(meeting),
        "seats_form": SeatsForm(guests=guests, ours=ours, held=held),
    }
    if held:
        last = next((guest for guest in reversed(guests) if guest.token_currency), None)
        usual = last.token_currency if last else next((g.customer.currency for g in guests), "") or "EUR"
        shown |= {
            "tokens": tokens(meeting),
            "token_form": TokenForm(guests=guests, initial={"currency": usual}),
            "came": [guest for guest in guests if guest.came],
        }
    elif meeting.outcome == Outcome.PLANNED:
        shown |= _inviting(request, meeting, shown["seats_left"], now)
    return shown


def _inviting(request: HttpRequest, meeting: Encounter, left: int, now: datetime) -> dict[str, object]:
    words = request.GET.get("find", "").strip()
    position = position_of(request.person, timezone.localdate(now))
    first = {"count": left, "seed": CHANCE.randrange(2**31)}
    return {
        "find": words,
        "found": findable(words, within_reach(request, position), meeting) if words else (),
        "quota_form": QuotaForm(segments=segments()),
        "draw_form": DrawGuestsForm(left=left, initial=first, auto_id="draw_%s"),
    }


def drop_in(request: HttpRequest, meeting: Encounter, now: datetime) -> dict[str, object]:
    """How many customers and how many of us were heard so far."""
    return {"heard": both_sides(meeting)}


def visit(request: HttpRequest, meeting: Encounter, now: datetime) -> dict[str, object]:
    """From when on the visit may take place, and whether it was disclosed."""
    told = Disclosure.objects.select_related("disclosed_by", "debrief").filter(encounter=meeting).first()
    return {
        "incognito_from": incognito_from(meeting.unit),
        "disclosure": told,
        "disclosure_form": DisclosureForm(),
    }


def town_hall(request: HttpRequest, meeting: Encounter, now: datetime) -> dict[str, object]:
    """The link for questions, whether it takes any now, and how many came in."""
    address = reverse("meet_public:ask", args=[question_token(meeting)])
    return {
        "question_state": question_state(meeting, now),
        "question_address": f"{settings.SITE}{address}",
        "asked": questions(meeting).count(),
    }
