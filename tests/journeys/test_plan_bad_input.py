"""Plans under bad input: nothing is double-booked, who said never hears nothing, and it is said plainly."""

from datetime import datetime, timedelta
from email.message import EmailMessage
from time import thread_time

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from icalendar import Calendar, Event

from coalface.customers.actions import restrict
from coalface.meet.actions import remind_guests
from coalface.plan.actions import (
    CannotMove,
    commit_person,
    make,
    move_encounter,
    move_match,
    offer_slots,
    plan_encounter,
    publish,
    refresh_calendars,
    want_plan,
)
from coalface.records.models import (
    Approach,
    Assignment,
    Attendance,
    Encounter,
    Guest,
    Invitation,
    OutgoingMessage,
    Person,
    Plan,
    Slot,
    Unavailability,
)
from coalface.worker.actions import drain, read_mailbox, send_messages
from tests.edges.dovecot import PostOffice
from tests.edges.radicale import SECRET, USER, CalendarServer
from tests.journeys.conftest import Clock
from tests.meet.coming import asked, link
from tests.people import NOW, Cast, client_for, welcome
from tests.plan.planned import STARTS, UNTIL, published, twice

OURS = "coalface@lindner.example"
MONDAYS = [NOW + timedelta(days=7 * n) for n in (1, 2, 3)]
LAST = NOW + timedelta(days=28, hours=-1)  # clocks are put forward the day before
LONG_AGO = STARTS.replace(year=2025)


@pytest.fixture
def cast(cast: Cast, clock: Clock) -> Cast:
    """Rosa has said that she never wants to hear from Lindner & Co."""
    restrict(customer=cast.rosa, kind="do_not_contact", by=cast.mina, now=NOW)
    return cast


def it_ends_well(cast: Cast) -> None:
    """Nobody is in two places, nor planned for when they cannot, and Rosa was left alone."""
    assert twice() == []
    for one in Attendance.objects.filter(encounter__outcome="planned").select_related("encounter"):
        until = one.encounter.starts_at + timedelta(minutes=one.encounter.minutes)
        absences = Unavailability.objects.filter(person=one.person_id, starts_at__lt=until)
        assert not absences.filter(ends_at__gt=one.encounter.starts_at).exists()
    for rows in (Approach, Guest, OutgoingMessage, Assignment):
        assert not rows.objects.filter(customer=cast.rosa).exists()


def page(person: Person, name: str, *args: object) -> str:
    return " ".join(client_for(person).get(reverse(name, args=args)).content.decode().split())


def told(now: datetime) -> list[tuple[str, str]]:
    """Who gets which mail now."""
    drain(now=now)
    before = len(mail.outbox)
    send_messages(now=now)
    return sorted((one.to[0].partition("@")[0], one.subject) for one in mail.outbox[before:])


def planned(cast: Cast, person: Person, at: datetime, now: datetime) -> Encounter:
    return plan_encounter(
        format=cast.visit, unit=cast.north, starts_at=at, person=person, customers=[cast.petra],
        chosen_by="planner", by=cast.mina, now=now,
    )  # fmt: skip


def planned_for_sven(cast: Cast, now: datetime) -> Plan:
    """Sven owes one encounter in four weeks; one is offered on each Monday at ten."""
    commit_person(person=cast.sven, every_days=28, starts_on=LONG_AGO, by=cast.mina, now=now)
    week = {"starts_at": MONDAYS[0], "repeat_until": LAST.date()}
    offer_slots(format=cast.visit, unit=cast.north, by=cast.mina, now=now, **week)
    wish = {"starts_on": STARTS, "until_on": UNTIL, "seed": 7, "by": cast.mina, "now": now}
    plan = want_plan(unit=cast.root, **wish)
    make(plan=plan, now=now)
    publish(plan=Plan.objects.get(pk=plan.pk), by=cast.mina, now=now)
    return Plan.objects.get(pk=plan.pk)


def of_sven() -> list[datetime]:
    """When he meets somebody."""
    rows = Encounter.objects.filter(attendances__person__name__startswith="Sven", outcome="planned")
    return list(rows.order_by("starts_at").values_list("starts_at", flat=True))


# ------------------------------------------------------------------ what is promised


def test_commitments_that_contradict_each_other(cast: Cast):
    """One of the top owes one in four weeks, by her own word one every three days; there are four seats."""
    commit_person(person=cast.olga, every_days=3, starts_on=LONG_AGO, by=cast.mina, now=NOW)
    welcome("Tim Blum", "Uma Graf", unit=cast.north)
    plan = published(cast)
    assert Assignment.objects.standing().filter(plan=plan).count() == 4
    said = page(cast.mina, "plan:plan", plan.pk)
    assert "2 people together want more than these slots hold" in said
    assert ("Olga Lindner" in said, "Rolf Huber" in said) == (True, True)
    it_ends_well(cast)


def test_a_person_in_two_time_zones(cast: Cast, clock: Clock):
    """Three in Zurich is ten in New York, and nine once only one of both has put its clocks forward."""
    cast.south.time_zone = "America/New_York"
    cast.south.save(update_fields=["time_zone"])
    cast.visit.remote = True
    cast.visit.save(update_fields=["remote"])
    commit_person(person=cast.olga, every_days=3, starts_on=LONG_AGO, by=cast.mina, now=NOW)
    welcome("Tim Blum", "Uma Graf", "Vera Egli", "Willi Good", unit=cast.north)
    for unit in (cast.north, cast.south):
        week = {"starts_at": MONDAYS[0] + timedelta(hours=5), "repeat_until": LAST.date()}
        offer_slots(format=cast.visit, unit=unit, by=cast.mina, now=NOW, **week)
    wish = {"starts_on": STARTS, "until_on": UNTIL, "seed": 7, "by": cast.mina, "now": NOW}
    plan = want_plan(unit=cast.root, **wish)
    make(plan=plan, now=NOW)
    plan = Plan.objects.get(pk=plan.pk)
    match = Assignment.objects.filter(plan=plan, slot__starts_at=MONDAYS[0] + timedelta(hours=5)).get()
    other = Slot.objects.filter(starts_at=match.slot.starts_at).exclude(pk=match.slot_id).get()
    another = Assignment.objects.filter(plan=plan).exclude(pk=match.pk).order_by("id").first()
    with pytest.raises(CannotMove) as refused:
        move_match(match=another, slot=other, by=cast.mina, now=NOW)
    assert "double_booked" in refused.value.codes
    publish(plan=plan, by=cast.mina, now=NOW)
    address = client_for(cast.olga).post(reverse("plan:calendar")).context["address"]
    events = Calendar.from_ical(Client().get(address.partition("8000")[2]).content).events
    stands = sorted((one.start, str(one.start.tzinfo)) for one in events)
    slots = Slot.objects.filter(assignments__person=cast.olga).select_related("unit")
    assert stands == sorted((one.starts_at, one.unit.time_zone) for one in slots)
    it_ends_well(cast)


def test_a_customer_who_is_restricted_after_being_invited(cast: Cast, clock: Clock):
    invitation = asked(cast, NOW)
    customer = invitation.guest.customer
    Client().post(link(invitation), {"answer": "comes"})
    told(NOW)
    now = clock.wait(days=1)
    told(now)
    answer = client_for(cast.mina).post(
        reverse("customers:restrict", args=[customer.pk]), {"kind": "do_not_contact"}, follow=True
    )
    assert "Nobody will approach them while this holds." in answer.content.decode()
    drain(now=now)
    assert {name for name, _ in told(now)} == {"mina", "olga"}
    assert Client().get(link(invitation)).context["state"] == "called_off"
    for days in range(12):
        later = now + timedelta(days=days)
        assert (remind_guests(now=later), told(later)) == (0, [])
    it_ends_well(cast)


def test_a_feed_whose_secret_was_revoked(cast: Cast, clock: Clock):
    planned(cast, cast.olga, MONDAYS[0], NOW)
    olga = client_for(cast.olga)
    first = olga.post(reverse("plan:calendar")).context["address"].partition("8000")[2]
    second = olga.post(reverse("plan:calendar")).context["address"].partition("8000")[2]
    olga.post(reverse("plan:revoke_calendar"))
    for address in (first, second):
        answer = Client().get(address)
        assert (answer.status_code, b"VEVENT" in answer.content) == (410, False)
        assert "This calendar address shows nothing any more." in answer.content.decode()
    assert "Make my address" in page(cast.olga, "plan:calendar")
    it_ends_well(cast)


# ------------------------------------------------------------------ what calendars say


def connected(cast: Cast, radicale: CalendarServer) -> None:
    radicale.make()
    given = {"address": radicale.root, "user_name": USER, "password": SECRET}
    assert client_for(cast.sven).post(reverse("plan:connect_calendar"), given).status_code == 302


@pytest.mark.parametrize(
    ("broken", "words"),
    [("down", "Nobody answers at this address."), ("password", "The user name or the password is wrong.")],
    ids=["down", "wrong password"],
)
def test_a_calendar_server_that_is_down_or_refuses_the_password(
    cast: Cast, clock: Clock, radicale: CalendarServer, broken: str, words: str
):
    """What it said last holds; what it cannot be told goes by mail, once."""
    connected(cast, radicale)
    for n, at in enumerate(MONDAYS):
        radicale.put(f"busy{n}", f"DTSTART:{at:%Y%m%dT%H%M%SZ}\nDURATION:PT1H")
    assert refresh_calendars(now=clock.wait(minutes=1)) == 1
    radicale.stop() if broken == "down" else radicale.change_password("another")
    try:
        planned_for_sven(cast, clock.now)
        assert of_sven() == [LAST]
        assert told(clock.now) == []
        now = clock.wait(minutes=20)
        for minutes in (0, 20, 600):
            assert refresh_calendars(now=now + timedelta(minutes=minutes)) == 0
        assert [name for name, _ in told(now)].count("sven") == 1
        said = page(cast.sven, "plan:my_times")
        assert (words in said, "It is tried again on" in said) == (True, True)
        it_ends_well(cast)
    finally:
        radicale.start() if broken == "down" else radicale.change_password(SECRET)


def test_a_rule_without_an_end(cast: Cast, clock: Clock, radicale: CalendarServer):
    """Every Monday for ever, and once a minute for ever, which nobody can be asked to count."""
    connected(cast, radicale)
    every = "DTSTART;TZID=Europe/Zurich:20200106T093000\nDURATION:PT2H\nRRULE:FREQ=WEEKLY"
    radicale.put("weekly", every)
    radicale.put("minutely", "DTSTART:20260302T000000Z\nDURATION:PT1M\nRRULE:FREQ=MINUTELY")
    assert refresh_calendars(now=clock.wait(minutes=1)) == 1
    assert Unavailability.objects.count() < 40
    plan = planned_for_sven(cast, clock.now)
    assert of_sven() == []
    assert "1 encounter finds no seat" in page(cast.mina, "plan:plan", plan.pk)
    assert "1 event in it could not be read" in page(cast.sven, "plan:my_times")
    it_ends_well(cast)


def test_a_calendar_with_ten_thousand_events(cast: Cast, clock: Clock, radicale: CalendarServer):
    """One every fifteen minutes, and one Monday is kept free."""
    connected(cast, radicale)
    times = (NOW + timedelta(minutes=15 * n) for n in range(10_000))
    events = {
        f"e{n}": f"DTSTART:{at:%Y%m%dT%H%M%SZ}\nDURATION:PT10M"
        for n, at in enumerate(times)
        if at.date() != MONDAYS[1].date()
    }
    radicale.put_all(events)
    began = thread_time()
    # A server that is busy with others is given up after a minute, and asked again.
    assert any(refresh_calendars(now=clock.wait(hours=hours)) for hours in range(1, 6))
    assert (Unavailability.objects.count(), thread_time() - began < 60) == (len(events), True)
    planned_for_sven(cast, clock.now)
    assert of_sven() == [MONDAYS[1]]
    assert "Connected" in page(cast.sven, "plan:my_times")
    it_ends_well(cast)


# ------------------------------------------------------------------ what mailboxes bring


@pytest.fixture
def invited(cast: Cast, post: PostOffice, settings, clock: Clock) -> Event:
    """What lies in Olga's mailbox: an encounter in a week, moved since it was planned."""
    settings.MAILBOX, settings.MAILBOX_ADDRESS = post.url(OURS), OURS
    planned(cast, cast.olga, MONDAYS[0], NOW)
    drain(now=NOW)
    assert send_messages(now=NOW) == 1
    return asked_of(post)


def asked_of(post: PostOffice) -> Event:
    [part] = [one for one in post.mails("olga@lindner.example")[-1].walk()
              if one.get_content_type() == "text/calendar"]  # fmt: skip
    return Calendar.from_ical(part.get_content()).events[0]


def answer(
    event: Event, said: str, *, sender: str = "olga@lindner.example", key: str = "", **changed: object
) -> EmailMessage:
    """As calendars answer: the event once more, with the attendee's word and when it was given."""
    event = Event.from_ical(event.to_ical())
    event["ATTENDEE"].params["PARTSTAT"] = said
    for name, value in changed.items():
        del event[name]
        event.add(name, value)
    calendar = Calendar(VERSION="2.0", PRODID="-//Somebody//EN", METHOD="REPLY")
    calendar.add_component(event)
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = f"Olga <{sender}>", OURS, f"{said}: Visit"
    letter["Message-ID"] = f"<{key or said}@{sender}>"
    letter.set_content("Olga has answered this invitation.")
    letter.add_alternative(calendar.to_ical().decode(), subtype="calendar", params={"method": "REPLY"})
    return letter


def stands(post: PostOffice, clock: Clock, *letters: EmailMessage) -> str:
    """What holds as Olga's answer once these were read, and that nothing follows from them."""
    before = list(Encounter.objects.values_list("pk", "starts_at", "outcome"))
    for letter in letters:
        post.deliver(OURS, letter)
    assert read_mailbox(address=post.url(OURS), now=clock.now) == len(letters)
    drain(now=clock.now)
    assert (
        send_messages(now=clock.now),
        list(Encounter.objects.values_list("pk", "starts_at", "outcome")),
    ) == (
        0,
        before,
    )
    return Invitation.objects.get().reply


def test_replies_from_strangers(cast: Cast, invited: Event, post: PostOffice, clock: Clock):
    strangers = (
        "stranger@elsewhere.example",
        "olga@lindner.example.elsewhere.example",
        "sven@lindner.example",
    )
    letters = [answer(invited, "DECLINED", sender=sender) for sender in strangers]
    assert stands(post, clock, *letters) == "none"
    said = page(cast.ada, "worker:index")
    assert said.count("It came from another address than the person’s.") == 3
    assert "declined" not in page(cast.mina, "plan:index")
    it_ends_well(cast)


def test_replies_that_are_forged(cast: Cast, invited: Event, post: PostOffice, clock: Clock):
    """Her address is written as the sender's; none knows what only her mailbox was told, or it is old."""
    clock.wait(hours=1)
    guessed = answer(invited, "DECLINED", key="guessed", UID=f"{Encounter.objects.get().pk}@lindner.example")
    assert stands(post, clock, guessed) == "none"
    accepted = answer(invited, "ACCEPTED", DTSTAMP=clock.now - timedelta(minutes=30))
    assert stands(post, clock, accepted) == "accepted"
    declined = answer(invited, "DECLINED", DTSTAMP=clock.now - timedelta(minutes=10))
    assert stands(post, clock, declined) == "declined"
    again = answer(invited, "ACCEPTED", key="again", DTSTAMP=clock.now - timedelta(minutes=30))
    assert stands(post, clock, accepted, again) == "declined"
    assert Invitation.objects.get().replied_at == clock.now - timedelta(minutes=10)
    said = page(cast.ada, "worker:index")
    assert "It answered an invitation that is not ours." in said
    assert "It was older than what the person answered since." in said
    assert "Olga Lindner declined." in page(cast.mina, "plan:index")
    it_ends_well(cast)


def test_replies_to_an_earlier_time(cast: Cast, invited: Event, post: PostOffice, clock: Clock):
    """She took part at ten; it was moved to two, and the old answer comes back."""
    now = clock.wait(hours=1)
    later = MONDAYS[0] + timedelta(hours=4)
    move_encounter(encounter=Encounter.objects.get(), starts_at=later, by=cast.mina, now=now)
    drain(now=now)
    assert send_messages(now=now) == 1
    assert (asked_of(post)["SEQUENCE"], asked_of(post).start) == (1, later)
    clock.wait(hours=1)
    assert stands(post, clock, answer(invited, "ACCEPTED", DTSTAMP=clock.now)) == "none"
    assert "It answered an invitation that has changed since." in page(cast.ada, "worker:index")
    it_ends_well(cast)
