"""One encounter of each kind with guests, seats and questions, made through the users' actions."""

from datetime import datetime, timedelta

import uuid_utils.compat as uuid
from django.urls import reverse

from coalface.meet.actions import ask_guest, give_tokens, hold, invite, keep, set_quota, take_question
from coalface.meet.queries import question_token, secret_of
from coalface.plan.actions import file_notice
from coalface.records.models import Encounter, Guest, GuestInvitation, TableSeat
from tests.meet.formats import of_kind
from tests.people import Cast, welcome


def gathering_addresses(there: dict[str, Encounter]) -> dict[str, str]:
    """The page of each, and the pages about it."""
    pages = {kind: reverse("meet:encounter", args=[one.pk]) for kind, one in there.items()}
    stage, group = there["town_hall"], there["event"]
    asked = GuestInvitation.objects.order_by("id").first()
    return pages | {
        "come to us": reverse("meet_public:come", args=[secret_of(asked)]),
        "words of an invitation": reverse("meet:guest_words", args=[asked.guest_id]),
        "whom to invite": pages["focus_group"] + "?find=guest",
        "ask all at once": reverse("meet:ask_all", args=[there["focus_group"].pk]),
        "sheet of names": reverse("meet:sheet", args=[group.pk]),
        "tables and rounds": reverse("meet:tables", args=[group.pk]),
        "sheets of tables": reverse("meet:tables_sheet", args=[group.pk]),
        "poster": reverse("meet:poster", args=[stage.pk]),
        "ask a question": reverse("meet_public:ask", args=[question_token(stage)]),
    }


def gatherings(cast: Cast, now: datetime) -> dict[str, Encounter]:
    """One encounter of each kind: a focus group and a walk to come, the others held."""
    told_on = now.date() - timedelta(days=60)
    file_notice(unit=cast.root, text="Some will come.", published_on=told_on, by=cast.mina, now=now)
    there: dict[str, Encounter] = {}
    for kind in ("focus_group", "event", "drop_in", "town_hall", "incognito"):
        to_come = kind == "focus_group"
        at = now + timedelta(days=9) if to_come else now - timedelta(hours=2)
        planned = of_kind(cast, kind, person=cast.mina, seats=200, starts_at=at)
        there[kind] = planned if to_come else hold(encounter=planned, by=cast.mina, now=now)
    set_quota(encounter=there["focus_group"], segment="private", wanted=150, by=cast.mina, now=now)
    return there


def gather(cast: Cast, meetings: dict[str, Encounter], number: int, now: datetime) -> None:
    """One more guest at each table, one more question from the hall, one more notice."""
    here, there = welcome(f"Invited{number} Lang", f"Seated{number} Kurz", unit=cast.north)
    group = meetings["focus_group"]
    ask_guest(
        guest=invite(encounter=group, customer=here, channel="phone", by=cast.mina, now=now),
        by=cast.mina,
        now=now,
    )
    Guest.objects.create(encounter=group, customer=there)
    event, table = meetings["event"], number % 4 + 1
    guest = Guest.objects.create(encounter=event, customer=there, came=True, table=table)
    mug = {"token": "A mug", "value": 1200, "currency": "CHF"}
    give_tokens(encounter=event, guests=[guest], by=cast.mina, now=now, **mug)
    TableSeat.objects.bulk_create(
        TableSeat(encounter=event, round=turn, table=table, guest=guest) for turn in (1, 2)
    )
    text = f"Why is it so, number {number}?"
    given = {"text": text, "said_by": "customer", "language": "en", "now": now}
    asked = take_question(id=uuid.uuid7(), encounter=meetings["town_hall"], **given)
    if number % 3:
        keep(remark=asked, by=cast.mina, now=now)
    told_on = now.date() - timedelta(days=number)
    file_notice(unit=cast.north, text=f"Once more {number}.", published_on=told_on, by=cast.mina, now=now)
