"""What calendars are told is read back by a library: right in every zone, whatever the words are."""

from bisect import bisect
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from coalface.edges.calendar_replies import Answer, answers_in, answers_of
from coalface.edges.invitations import Appointment, Party, feed, invitation

AT = datetime(2026, 3, 27, 13, tzinfo=UTC)
OURS = Party("Coalface", "coalface@lindner.example")
OLGA = Party("Olga Lindner", "olga@lindner.example")
ZONES = (
    "Europe/Zurich", "America/New_York", "America/Sao_Paulo", "Asia/Tokyo", "Asia/Kolkata", "Asia/Kathmandu",
    "Africa/Casablanca", "Africa/Cairo", "Australia/Lord_Howe", "Pacific/Apia", "America/St_Johns", "UTC",
)  # fmt: skip
LINES = ("\r", "\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029")


def appointment(**more: object) -> Appointment:
    usual = {
        "uid": "1@lindner.example",
        "sequence": 2,
        "starts_at": AT,
        "minutes": 45,
        "zone": "Europe/Zurich",
        "summary": "Visit – North",
        "place": "North",
        "words": "The brief:\nhttps://coalface.example/meet/1/",
        "address": "https://coalface.example/meet/1/",
        "told_at": AT - timedelta(days=9),
    }
    return Appointment(**usual | more)


def told(**more: object) -> str:
    return invitation(appointment(**more), organizer=OURS, attendee=OLGA)


def read(text: str) -> Calendar:
    return Calendar.from_ical(text)


def test_an_invitation_says_who_asks_whom_when_and_where():
    calendar = read(told())
    [event] = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["SEQUENCE"], event["STATUS"]) == ("REQUEST", 2, "CONFIRMED")
    assert (str(event["ORGANIZER"]), event["ORGANIZER"].params["CN"]) == (f"mailto:{OURS.email}", "Coalface")
    asked = event["ATTENDEE"]
    assert (str(asked), asked.params["RSVP"], asked.params["PARTSTAT"]) == (
        f"mailto:{OLGA.email}",
        "TRUE",
        "NEEDS-ACTION",
    )
    assert event.decoded("DTSTART") == datetime(2026, 3, 27, 14, tzinfo=ZoneInfo("Europe/Zurich"))
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(minutes=45)
    assert event.decoded("DTSTAMP") == AT - timedelta(days=9)
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == ("Visit – North", "North")
    assert str(event["DESCRIPTION"]) == "The brief:\nhttps://coalface.example/meet/1/"


def test_what_is_called_off_is_taken_out_of_the_calendar():
    calendar = read(told(cancelled=True, sequence=3))
    [event] = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["SEQUENCE"], event["STATUS"]) == ("CANCEL", 3, "CANCELLED")


@pytest.mark.parametrize(
    ("starts_at", "lines"),
    [
        ("00:37", ("DTSTART;TZID=Europe/Zurich:20271031T023700", "DTEND:20271031T010700Z")),
        ("01:37", ("DTSTART:20271031T013700Z", "DTEND;TZID=Europe/Zurich:20271031T030700")),
    ],
)
def test_in_the_night_of_the_clocks_the_hour_that_comes_twice_is_told_apart(starts_at, lines):
    """The second time round it is said in UTC: a time that comes twice is read as its first."""
    moment = datetime.fromisoformat(f"2027-10-31T{starts_at}:00+00:00")
    text = told(starts_at=moment, minutes=30)
    assert tuple(line for line in text.splitlines() if line.startswith("DT") and "20271031" in line) == lines


def test_a_feed_has_each_zone_once_and_what_was_called_off_as_such():
    calendar = read(
        feed([appointment(uid="1"), appointment(uid="2", cancelled=True), appointment(uid="3", zone="UTC")],
             name="Encounters of Olga")
    )  # fmt: skip
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Zurich"]
    assert [(str(event["UID"]), event["STATUS"]) for event in calendar.walk("VEVENT")] == [
        ("1", "CONFIRMED"),
        ("2", "CANCELLED"),
        ("3", "CONFIRMED"),
    ]
    assert (str(calendar["METHOD"]), str(calendar["X-WR-CALNAME"])) == ("PUBLISH", "Encounters of Olga")


def offsets_told(text: str, until: datetime) -> list[tuple[datetime, timedelta]]:
    """Since when which offset holds, for a reader who knows no zones but the one spelled out in the text."""
    [zone] = read(text).walk("VTIMEZONE")
    onsets = []
    for part in zone.subcomponents:
        start, rule = part.decoded("DTSTART"), part.get("RRULE")
        if rule:
            days = rrulestr(rule.to_ical().decode(), dtstart=start).between(start, until, inc=True)
        else:
            days = [start, *(one for one, _ in part.rdates)]
        onsets += [(one, part.decoded("TZOFFSETTO")) for one in days]
    return sorted(onsets)


@pytest.mark.parametrize("name", ZONES[:-1])
def test_every_half_hour_of_four_years_has_the_offset_that_its_zone_has(name: str):
    zone, midnight = ZoneInfo(name), datetime.fromisoformat("2026-01-01")
    onsets = offsets_told(told(zone=name), midnight + timedelta(days=4 * 365))
    since = [one for one, _ in onsets]
    wrong = []
    for half_hours in range(4 * 365 * 48):
        wall = midnight + timedelta(minutes=30 * half_hours)
        true = wall.replace(tzinfo=zone).utcoffset()
        shown = (wall - true).replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None) == wall
        wrong += [wall] if shown and onsets[bisect(since, wall) - 1][1] != true else []
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("Europe/Zurich", [("DAYLIGHT", "BYMONTH=3;BYDAY=-1SU"), ("STANDARD", "BYMONTH=10;BYDAY=-1SU")]),
        ("Europe/Dublin", [("DAYLIGHT", "BYMONTH=3;BYDAY=-1SU"), ("STANDARD", "BYMONTH=10;BYDAY=-1SU")]),
        ("America/New_York", [("DAYLIGHT", "BYMONTH=3;BYDAY=2SU"), ("STANDARD", "BYMONTH=11;BYDAY=1SU")]),
        ("Asia/Kolkata", [("STANDARD", "")]),
    ],
    ids=["Zurich", "Dublin", "New York", "Kolkata"],
)
def test_office_programs_find_the_rules_they_read(name: str, changes: list[tuple[str, str]]):
    """Of a zone they read nothing but yearly rules: [MS-STANOICAL] 2.2.47."""
    [zone] = read(told(zone=name)).walk("VTIMEZONE")
    found = []
    for part in zone.subcomponents:
        rule = part.get("RRULE")
        found += [(part.name, "BYMONTH={BYMONTH[0]};BYDAY={BYDAY[0]}".format(**rule) if rule else "")]
    assert found == changes


@settings(deadline=None)
@given(words=st.text(max_size=300), zone=st.sampled_from(ZONES))
def test_no_word_becomes_a_line_of_its_own(words: str, zone: str):
    hostile = f"{words}\r\nEND:VEVENT\r\nMETHOD:CANCEL\r{words}"
    more = {"summary": hostile, "place": hostile, "words": hostile, "zone": zone, "address": hostile}
    name = Party(hostile, OLGA.email)
    text = invitation(appointment(**more), organizer=name, attendee=name)
    names = [str(item) for item, _ in read(text).property_items()]
    plain = [str(item) for item, _ in read(told(zone=zone)).property_items()]
    assert names == plain
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert not any(mark in line for line in text.split("\r\n") for mark in LINES)


@settings(deadline=None)
@given(words=st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), max_size=300))
def test_what_can_be_written_is_read_as_it_was_written(words: str):
    assume("\\N" not in words)  # the library takes these two for a line break
    [event] = read(told(summary=words)).walk("VEVENT")
    assert str(event["SUMMARY"]) == words


def reply(method: str = "REPLY", said: str = "ACCEPTED", more: str = "", attendees: int = 1) -> bytes:
    who = "".join(f"ATTENDEE;PARTSTAT={said}:MAILTO:Olga@lindner.example\r\n" for _ in range(attendees))
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nUID:1@x\r\n"
        f"SEQUENCE:2\r\n{who}{more}END:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


@pytest.mark.parametrize("said", ["accepted", "declined", "tentative"])
def test_an_answer_is_read(said: str):
    assert answers_in(reply(said=said.upper())) == (Answer("1@x", 2, "olga@lindner.example", said),)


def test_another_time_is_read_also_as_office_programs_name_zones():
    zone = "DTSTART;TZID=W. Europe Standard Time:20260327T150000\r\n"
    [answer] = answers_in(reply("COUNTER", "TENTATIVE", zone))
    assert answer.said == "countered"
    assert answer.other_start.replace(tzinfo=None) == datetime.fromisoformat("2026-03-27T15:00")
    [floating] = answers_in(reply("COUNTER", "TENTATIVE", "DTSTART:20260327T150000\r\n"))
    assert floating.other_start == datetime.fromisoformat("2026-03-27T15:00")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"BEGIN:VCALENDAR",
        reply("REQUEST"),
        reply(said="DELEGATED"),
        reply("COUNTER"),
        reply("COUNTER", more="DTSTART;VALUE=DATE:20260327\r\n"),
        reply("COUNTER", more="DTSTART:99999999T999999\r\n"),
        reply(attendees=0),
        reply(attendees=2),
        reply().replace(b"SEQUENCE:2", b"SEQUENCE:two"),
        b"BEGIN:VEVENT\r\n" * 5000,
    ],
    ids=range(11),
)
def test_what_is_no_answer_is_none(content: bytes):
    assert answers_in(content) == ()


@settings(deadline=None)
@given(st.binary(max_size=400), st.integers(0, 180))
def test_nothing_that_comes_breaks_the_reader(noise: bytes, place: int):
    good = reply("COUNTER", "TENTATIVE", "DTSTART:20260327T150000\r\nRRULE:FREQ=SECONDLY\r\n")
    assert isinstance(answers_in(good[:place] + noise + good[place:]), tuple)


def test_an_answer_is_found_in_its_mail():
    mail = EmailMessage()
    mail.set_content("Olga takes part.")
    mail.add_alternative(reply().decode(), subtype="calendar", params={"method": "REPLY"})
    assert [one.said for one in answers_of(BytesParser().parsebytes(mail.as_bytes()))] == ["accepted"]
