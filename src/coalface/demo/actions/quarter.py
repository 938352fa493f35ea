"""The quarter ahead at the demo companies: when places are open, customers can be met, and who promised."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from coalface.meet import actions as meet
from coalface.plan import actions as plan
from coalface.records.models import (
    ChosenBy,
    Depth,
    Encounter,
    Format,
    FormatKind,
    Level,
    Person,
    Slot,
    Unit,
    WorkingHours,
)

from .bank_year import DAYS, Year
from .chance import at

WEEKS: Final = 13
AHEAD: Final = 24
SEED: Final = 43
WORKING_DAYS: Final = range(5)
# Format, places, weekday (0 is Monday), hour, how many of us, customers asked by name for each.
OFFERED: Final = (
    ("counter-shift", ("altmatt", "bellerive", "corneau", "dornfeld", "eschental"), 1, 9, 1, 0),
    ("drop-in", ("altmatt", "corneau", "fontenay"), 3, 16, 1, 0),
    ("visit", ("altmatt", "bellerive", "corneau", "dornfeld"), 2, 14, 2, 1),
    ("listening-in", ("Cards",), 0, 10, 2, 0),
    ("video", ("Retail", "Channels"), 4, 11, 2, 1),
)  # fmt: skip
FROM_ANYWHERE: Final = (
    (
        "video",
        "A video conversation",
        30,
        (
            "Does the picture suit you, or shall we speak without it?",
            "Tell me about the last time you needed us.",
            "Could you show me where it got stuck?",
            "What would you change first?",
        ),
    ),
    (
        "thank-you-call",
        "A thank-you call",
        10,
        (
            "Call to thank them, and for nothing else.",
            "What should we never change?",
            "What should we do better?",
            "Offer nothing. Wish them a good day.",
        ),
    ),
)


def add_remote_formats(*, by: Person, now: datetime) -> dict[str, Format]:
    """What everybody can do from anywhere."""
    told = {"depth": Depth.CONVERSING, "remote": True, "by": by, "now": now}
    return {
        key: plan.add_format(key=key, name=name, minutes=minutes, guide="\n".join(guide), **told)
        for key, name, minutes, guide in FROM_ANYWHERE
    }


def look_ahead(year: Year, formats: dict[str, Format]) -> None:
    """The last evening at the bank: hours, promises, slots of thirteen weeks, an event with its tables.

    Whoever plans the quarter from these slots and publishes it continues here.
    """
    manager, now = year.bank.named["Mirjam Kofler"], at(year.day(DAYS), 20)
    formats = formats | add_remote_formats(by=manager, now=now)
    open_hours(unit=year.bank.root, days=WORKING_DAYS, opens=8, closes=18, country="CH")
    _promise(year, formats, manager, now)
    for key, places, weekday, hour, seats, customers in OFFERED:
        for place in places:
            offer_weekly(
                format=formats[key],
                unit=year.bank.units[place],
                starts_at=at(_next(year.day(DAYS), weekday), hour),
                by=manager,
                now=now,
                seats=seats,
                customers=customers,
            )
    _matchmaking(year, manager, now)
    meet.choose_calls(now=now)


def look_ahead_at_the_shop(*, owner: Person, shop: Unit, chat: Format, until: date) -> None:
    """The workshop: open on six days, half an hour for a customer each Tuesday and Friday."""
    now = at(until, 20)
    add_remote_formats(by=owner, now=now)
    open_hours(unit=shop, days=range(6), opens=9, closes=17, country="GB")
    for weekday in (1, 4):
        start = at(_next(until, weekday), 11)
        offer_weekly(format=chat, unit=shop, starts_at=start, by=owner, now=now, seats=1, customers=1)
    meet.choose_calls(now=now)


def open_hours(*, unit: Unit, days: Sequence[int], opens: int, closes: int, country: str) -> None:
    """When a unit and all below it works, and whose public holidays it has."""
    unit.country = country
    unit.save(update_fields=["country"])
    WorkingHours.objects.bulk_create(
        WorkingHours(unit=unit, weekday=day, from_time=time(opens), until_time=time(closes)) for day in days
    )


def offer_weekly(
    *, format: Format, unit: Unit, starts_at: datetime, by: Person, now: datetime, seats: int, customers: int
) -> None:
    """The same hour each week of the quarter."""
    Slot.objects.bulk_create(
        Slot(
            format=format,
            unit=unit,
            starts_at=starts_at + timedelta(weeks=week),
            minutes=format.minutes,
            seats=seats,
            customers=customers,
            offered_by=by,
            offered_at=now,
        )
        for week in range(WEEKS)
    )


def _next(day: date, weekday: int) -> date:
    """The first such weekday after the day."""
    return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)


def _promise(year: Year, formats: dict[str, Format], manager: Person, now: datetime) -> None:
    given = {"starts_on": year.day(DAYS + 1), "by": manager, "now": now}
    plan.commit_level(level=Level.TOP, every_days=180, formats=[formats["counter-shift"]], **given)
    plan.commit_level(level=Level.MIDDLE, every_days=60, **given)
    plan.commit_job(job="Branch manager", every_days=90, formats=[formats["visit"]], **given)


def _matchmaking(year: Year, manager: Person, now: datetime) -> Encounter:
    """Eight customers and eight of ours who seldom meet one, at four tables, four rounds."""
    format = plan.add_format(
        key="matchmaking",
        name="A matchmaking event",
        depth=Depth.GROUP,
        minutes=120,
        guide="Say in one sentence what you do.\nWhat did you last want from us, and how did it go?"
        "\nWhich letter or form of ours did you not understand?\nAt the bell everybody moves on.",
        kind=FormatKind.EVENT,
        seats=8,
        by=manager,
        now=now,
    )
    ours = year.bank.middle[:8]
    event = plan.plan_encounter(
        format=format,
        unit=year.bank.units["bellerive"],
        starts_at=at(year.day(DAYS + AHEAD), 17),
        person=ours[0],
        customers=[],
        chosen_by=ChosenBy.PLANNER,
        by=manager,
        now=now,
    )
    asked = {"encounter": event, "by": manager, "now": now}
    meet.draw_guests(count=8, channel="phone", seed=SEED, **asked)
    meet.ask_ours(people=ours[1:], **asked)
    meet.seat_event(tables=4, rounds=4, per_table=4, seed=SEED, **asked)
    return event
