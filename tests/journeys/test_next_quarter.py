"""The next quarter: planned, published, seen by programs that read calendars, and planned anew."""

from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from icalendar import Calendar, Event

from coalface.console.work import work_once
from coalface.people.actions import leave
from coalface.plan.actions import commit_level, make_wanted, offer_slots
from coalface.records.models import Assignment, Person, Plan, Slot
from coalface.worker.actions import drain
from tests.edges.radicale import SECRET, USER, CalendarServer
from tests.journeys.conftest import Clock
from tests.people import Cast, client_for, welcome

STARTS, UNTIL = date(2026, 4, 1), date(2026, 7, 1)
FIRST = datetime(2026, 4, 2, 8, tzinfo=UTC)  # a Thursday, ten o'clock in Zurich


def send(person: Person, name: str, *args: object, **data: object) -> None:
    """Fill in a form of the plan's pages."""
    assert client_for(person).post(reverse(f"plan:{name}", args=args), data).status_code == 302


def made_and_published(cast: Cast, clock: Clock) -> Plan:
    """The worker makes the draft, the planner publishes it, then calendars have their turn."""
    assert make_wanted(now=clock.now) == 1
    plan = Plan.objects.latest("id")
    send(cast.mina, "publish", plan.pk)
    clock.wait(minutes=20)
    work_once()
    return plan


def planned_anew(cast: Cast, clock: Clock, plan: Plan, seed: int = 8) -> Plan:
    send(cast.mina, "plan_again", plan.pk, seed=seed)
    return made_and_published(cast, clock)


@pytest.fixture
def quarter(cast: Cast, clock: Clock, radicale: CalendarServer) -> Plan:
    """Olga and Rolf each meet a customer every month; her calendar is connected, he gets mails."""
    given = {"by": cast.mina, "now": clock.now}
    welcome(*(f"{letter}na Guest" for letter in "ABCDEFGHIJ"), unit=cast.north)
    commit_level(level="top", every_days=30, starts_on=date(2025, 3, 1), **given)
    offer_slots(format=cast.visit, unit=cast.north, starts_at=FIRST, repeat_until=UNTIL, **given)
    radicale.make()
    send(cast.olga, "connect_calendar", address=radicale.root, user_name=USER, password=SECRET)
    send(cast.mina, "want_plan", unit=cast.root.pk, starts_on=STARTS, until_on=UNTIL, seed=7)
    return made_and_published(cast, clock)


@pytest.fixture
def feed(cast: Cast, quarter: Plan) -> str:
    """The path that another program of Olga's reads."""
    answer = client_for(cast.olga).post(reverse("plan:calendar"))
    return urlsplit(answer.context["address"]).path


def read(feed: str) -> dict[str, Event]:
    calendar = Calendar.from_ical(Client().get(feed).content)
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def shown(radicale: CalendarServer) -> dict[str, Event]:
    return radicale.shown(STARTS, UNTIL)


def mailed(person: Person) -> list[tuple[str, str, int]]:
    """The method, the id and the sequence of each invitation that somebody got."""
    found = []
    for message in mail.outbox:
        if message.to == [person.email] and message.alternatives:
            calendar = Calendar.from_ical(message.alternatives[0].content)
            [event] = calendar.walk("VEVENT")
            found.append((str(calendar["METHOD"]), str(event["UID"]), int(event["SEQUENCE"])))
    return found


def matches(plan: Plan, person: Person) -> list[Assignment]:
    theirs = Assignment.objects.standing().filter(plan=plan, person=person)
    return list(theirs.select_related("slot", "encounter").order_by("slot__starts_at"))


def uid_of(match: Assignment, person: Person) -> str:
    return match.encounter.invitations.get(person=person).uid


def told(events: dict[str, Event]) -> dict[str, tuple[datetime, int]]:
    return {uid: (event.decoded("DTSTART"), int(event["SEQUENCE"])) for uid, event in events.items()}


def texts(events: dict[str, Event]) -> dict[str, bytes]:
    """Word for word, so that an event written anew with the same times would differ."""
    return {uid: event.to_ical() for uid, event in events.items()}


def planned(plan: Plan, person: Person) -> dict[str, datetime]:
    """When somebody is to meet whom, by the ids in their calendar."""
    return {uid_of(one, person): one.slot.starts_at for one in matches(plan, person)}


def test_published_it_stands_in_every_calendar(cast, quarter, radicale, feed):
    hers = {uid: (at, 0) for uid, at in planned(quarter, cast.olga).items()}
    assert (len(hers), told(shown(radicale)), told(read(feed))) == (3, hers, hers)
    assert mailed(cast.rolf) == [("REQUEST", uid, 0) for uid in planned(quarter, cast.rolf)]
    assert mailed(cast.olga) == []


def test_a_slot_that_vanishes_changes_what_stood_in_it_and_nothing_else(cast, clock, quarter, radicale, feed):
    before, fed, asked = texts(shown(radicale)), texts(read(feed)), mailed(cast.rolf)
    lost = {person: matches(quarter, person)[1] for person in (cast.olga, cast.rolf)}
    hers, his = (uid_of(match, person) for person, match in lost.items())
    for match in lost.values():
        send(cast.mina, "take_back", match.slot_id)
    again = planned_anew(cast, clock, quarter)
    after, feeds = shown(radicale), read(feed)
    [new] = after.keys() - before.keys()
    assert told({new: after[new]}) == {new: (planned(again, cast.olga)[new], 0)}
    assert texts(after) == {uid: text for uid, text in before.items() if uid != hers} | {
        new: after[new].to_ical()
    }
    changed = {uid: (str(feeds[uid]["STATUS"]), feeds[uid]["SEQUENCE"]) for uid in (hers, new)}
    assert changed == {hers: ("CANCELLED", 1), new: ("CONFIRMED", 0)}
    kept = fed.keys() - {hers}
    assert {uid: feeds[uid].to_ical() for uid in kept} == {uid: fed[uid] for uid in kept}
    [instead] = planned(again, cast.rolf).keys() - {uid for _, uid, _ in asked}
    assert mailed(cast.rolf)[len(asked) :] == [("CANCEL", his, 1), ("REQUEST", instead, 0)]
    assert (again.changed, again.kept) == (2, 4)


def test_moved_by_hand_it_is_the_same_event_at_another_time_and_planned_anew_it_stays(
    cast, clock, quarter, radicale, feed
):
    before = told(shown(radicale))
    match = matches(quarter, cast.olga)[0]
    free = Slot.objects.exclude(assignments__plan=quarter).order_by("starts_at").first()
    send(cast.mina, "move", match.pk, slot=free.pk)
    clock.wait(minutes=20)
    work_once()
    moved = before | {uid_of(match, cast.olga): (free.starts_at, 1)}
    assert told(shown(radicale)) == told(read(feed)) == moved
    there = texts(shown(radicale))
    again = planned_anew(cast, clock, quarter)
    assert texts(shown(radicale)) == there
    assert (again.changed, again.kept, told(read(feed))) == (0, 6, moved)


def test_what_somebody_had_who_leaves_is_handed_on_and_planned_anew_it_is_called_off(
    cast, clock, quarter, radicale, feed
):
    hers, asked = texts(shown(radicale)), mailed(cast.rolf)
    leave(person=cast.rolf, on=clock.now.date(), by=cast.mina, now=clock.now)
    drain(now=clock.now)
    clock.wait(minutes=20)
    work_once()
    handed_on = texts(shown(radicale))
    his = handed_on.keys() - hers.keys()
    assert len(his) == 3 and handed_on.items() >= hers.items()
    again = planned_anew(cast, clock, quarter)
    assert texts(shown(radicale)) == hers
    told_there = {uid: (str(one["STATUS"]), one["SEQUENCE"]) for uid, one in read(feed).items()}
    assert told_there == dict.fromkeys(hers, ("CONFIRMED", 0)) | dict.fromkeys(his, ("CANCELLED", 1))
    assert (again.changed, again.kept, mailed(cast.rolf)) == (3, 3, asked)
