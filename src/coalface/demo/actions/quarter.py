"""The quarter ahead at the demo companies: hours, slots, promises, and at the bank the plan, made twice."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from coalface.meet import actions as meet
from coalface.plan import actions as plan
from coalface.records.models import (
    Assignment,
    ChosenBy,
    Depth,
    Encounter,
    Format,
    FormatKind,
    Level,
    Person,
    Plan,
    Slot,
    Unit,
)

from .bank_people import MEETS_NOBODY
from .bank_year import DAYS, Year
from .chance import at

WEEKS: Final = 13
REPEATED: Final = timedelta(weeks=WEEKS - 1)
AHEAD: Final = 24
SEED: Final = 43
WORKING_DAYS: Final = range(5)
# Format, places, weekday (0 is Monday), hour, how many of us, customers asked by name for each.
OFFERED: Final = (
    ("counter-shift", ("altmatt", "bellerive", "corneau", "dornfeld", "eschental"), 1, 9, 1, 0),
    ("drop-in", ("altmatt", "corneau", "fontenay"), 3, 16, 1, 0),
    ("visit", ("altmatt", "bellerive", "corneau", "dornfeld", "eschental", "fontenay"), 2, 14, 2, 1),
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
    """The last evening at the bank: hours, promises, slots of thirteen weeks, an event, a plan made twice."""
    manager, now = year.bank.named["Mirjam Kofler"], at(year.day(DAYS), 20)
    formats = formats | add_remote_formats(by=manager, now=now)
    _open(year.bank.root, WORKING_DAYS, (8, 18), "CH", manager, now)
    _promise(year, formats, manager, now)
    _let_off(year, manager, now)
    for key, places, weekday, hour, seats, customers in OFFERED:
        for place in places:
            start = at(_next(year.day(DAYS), weekday), hour)
            plan.offer_slots(
                format=formats[key],
                unit=year.bank.units[place],
                starts_at=start,
                repeat_until=start.date() + REPEATED,
                by=manager,
                now=now,
                seats=seats,
                customers=customers,
            )
    _matchmaking(year, manager, now)
    _plan_again(year, _plan(year, manager, now), manager, at(year.day(DAYS), 21))
    meet.choose_calls(now=now)


def look_ahead_at_the_shop(*, owner: Person, shop: Unit, chat: Format, until: date) -> None:
    """The workshop: open on six days, half an hour for a customer each Tuesday and Friday."""
    now = at(until, 20)
    add_remote_formats(by=owner, now=now)
    _open(shop, range(6), (9, 17), "GB", owner, now)
    for weekday in (1, 4):
        start = at(_next(until, weekday), 11)
        again = {"repeat_until": start.date() + REPEATED, "by": owner, "now": now}
        plan.offer_slots(format=chat, unit=shop, starts_at=start, seats=1, customers=1, **again)
    meet.choose_calls(now=now)


def _open(
    unit: Unit, days: Sequence[int], hours: tuple[int, int], country: str, by: Person, now: datetime
) -> None:
    opens, closes = map(time, hours)
    week = [(day, opens, closes) for day in days]
    plan.set_hours_of_unit(unit=unit, week=week, country=country, subdivision="", by=by, now=now)


def _plan(year: Year, manager: Person, now: datetime) -> Plan:
    """Who meets whom in these weeks, published."""
    first = year.day(DAYS + 1)
    weeks = {"starts_on": first, "until_on": first + timedelta(weeks=WEEKS)}
    wanted = plan.want_plan(unit=year.bank.root, seed=SEED, by=manager, now=now, **weeks)
    return _publish(wanted, manager, now)


def _plan_again(year: Year, before: Plan, manager: Person, now: datetime) -> Plan:
    """A branch is rebuilt for a fortnight: who loses a visit gets another, and nobody else notices.

    Whoever met nobody all year has the first meeting locked.
    """
    theirs = Assignment.objects.standing().filter(plan=before, person=year.bank.named[MEETS_NOBODY])
    for match in theirs.order_by("slot__starts_at")[:1]:
        plan.lock_match(match=match, by=manager, now=now)
    fortnight = (at(year.day(DAYS + AHEAD), 0), at(year.day(DAYS + AHEAD + 14), 0))
    closed = Slot.objects.open().filter(unit=year.bank.units["altmatt"], starts_at__range=fortnight)
    for slot in closed.order_by("starts_at", "id"):
        plan.take_back(slot=slot, by=manager, now=now)
    return _publish(plan.plan_anew(plan=before, seed=SEED, by=manager, now=now), manager, now)


def _publish(wanted: Plan, manager: Person, now: datetime) -> Plan:
    plan.make(plan=wanted, now=now)
    plan.publish(plan=wanted, by=manager, now=now)
    return wanted


def _next(day: date, weekday: int) -> date:
    """The first such weekday after the day."""
    return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)


def _promise(year: Year, formats: dict[str, Format], manager: Person, now: datetime) -> None:
    given = {"starts_on": year.day(DAYS + 1), "by": manager, "now": now}
    plan.commit_level(level=Level.TOP, every_days=180, formats=[formats["counter-shift"]], **given)
    plan.commit_level(level=Level.MIDDLE, every_days=60, **given)
    plan.commit_job(job="Branch manager", every_days=90, formats=[formats["visit"]], **given)


def _let_off(year: Year, manager: Person, now: datetime) -> None:
    """A branch manager owes nothing for six weeks, a video conversation was offered; a leader is away."""
    today = year.day(DAYS)
    weeks = {"starts_on": today, "until_on": today + timedelta(weeks=6)}
    plan.exempt(person=year.bank.middle[-1], remote_offered_on=today, by=manager, now=now, **weeks)
    away = {"starts_at": at(year.day(DAYS + 10), 0), "ends_at": at(year.day(DAYS + 24), 0)}
    plan.be_away(by=year.bank.named["Paul Wyss"], now=now, **away)


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
