"""Somebody's calendar on a real Radicale: only when they are busy, whatever else stands there."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from coalface.edges.busy import Unreadable, joined, times_of
from coalface.edges.caldav import ChangedThere, Found, NotRead, Reading, Written, opened, place_of
from tests.edges.dovecot import free_port
from tests.edges.listener import listening
from tests.edges.radicale import SECRET, USER, CalendarServer, calendar_of

ZURICH = ZoneInfo("Europe/Zurich")
SINCE, UNTIL = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)


def z(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def account(server: CalendarServer, password: str = SECRET):
    return opened(server.root, user_name=USER, password=password)


def reading(server: CalendarServer, *ours: str) -> Reading:
    with account(server) as there:
        return there.read(server.calendar(), since=SINCE, until=UNTIL, zone=ZURICH, ours=ours)


def refusal(address: str, password: str = SECRET) -> str:
    with opened(address, user_name=USER, password=password) as there, pytest.raises(NotRead) as refused:
        there.calendars(address)
    return refused.value.kind


def times(event: str) -> list[tuple[datetime, datetime]]:
    return times_of(calendar_of("x", event), since=SINCE, until=UNTIL, zone=ZURICH)[1]


def test_calendars_are_found_from_the_address_of_the_server_and_from_their_own(radicale: CalendarServer):
    radicale.make()
    with account(radicale) as there:
        assert there.calendars(radicale.root) == [Found(radicale.calendar(), "Work")]
    radicale.make("home")
    radicale.make("to-do", kind="VTODO")
    with account(radicale) as there:
        assert {one.name for one in there.calendars(radicale.root)} == {"Work", "Home"}
        assert there.calendars(radicale.calendar("home")) == [Found(radicale.calendar("home"), "Home")]


def test_it_is_said_why_a_calendar_cannot_be_read(radicale: CalendarServer, settings):
    assert refusal(radicale.root) == "no_calendar"
    assert refusal(radicale.root, "another") == "wrong_password"
    assert refusal(f"http://127.0.0.1:{free_port()}/") == "not_reached"
    with listening() as other:
        assert refusal(other.address) == "no_calendar"
    assert refusal("ftp://127.0.0.1/") == "no_address"
    settings.CALENDAR_HOSTS = {"localhost"}
    assert refusal(radicale.root) == "no_address"
    assert refusal(f"https://127.0.0.1:{radicale.port}/") == "private_address"


def test_busy_times_are_read_and_nothing_else(radicale: CalendarServer):
    radicale.make()
    radicale.put("one", "DTSTART:20260303T090000Z\nDTEND:20260303T100000Z")
    radicale.put("beside", "DTSTART:20260303T093000Z\nDURATION:PT1H")
    radicale.put("free", "DTSTART:20260304T090000Z\nDTEND:20260304T100000Z\nTRANSP:TRANSPARENT")
    radicale.put("off", "DTSTART:20260305T090000Z\nDTEND:20260305T100000Z\nSTATUS:CANCELLED")
    radicale.put("day", "DTSTART;VALUE=DATE:20260306\nDTEND;VALUE=DATE:20260307")
    radicale.put("old", "DTSTART:20250306T090000Z\nDTEND:20250306T100000Z")
    radicale.put("ours", "DTSTART:20260310T090000Z\nDTEND:20260310T100000Z")
    read = reading(radicale, "ours", "never written")
    assert read.busy == ((z(3, 9), z(3, 10, 30)), (z(5, 23), z(6, 23)))
    (mine,) = read.ours.items()
    href = f"{radicale.calendar()}ours.ics"
    assert mine == ("ours", Written(href, read.ours["ours"].etag, z(10, 9), z(10, 10)))
    assert (bool(mine[1].etag), read.unread) == (True, 0)


def test_a_rule_without_an_end_goes_on_through_the_change_of_clocks_and_leaves_out_what_it_says(
    radicale: CalendarServer,
):
    radicale.make()
    radicale.put(
        "weekly",
        "DTSTART;TZID=Europe/Zurich:20250106T090000\nDTEND;TZID=Europe/Zurich:20250106T100000\n"
        "RRULE:FREQ=WEEKLY\nEXDATE;TZID=Europe/Zurich:20260316T090000",
    )
    assert [one[0] for one in reading(radicale).busy] == [
        z(2, 8), z(9, 8), z(23, 8), z(30, 7), *(z(day, 7, month=4) for day in (6, 13, 20, 27))
    ]  # fmt: skip


def test_an_event_is_written_moved_and_removed_and_nobody_is_overwritten(radicale: CalendarServer):
    address = radicale.make()
    href = place_of(address, "a-1@coalface")
    text = calendar_of("a-1@coalface", "DTSTART:20260303T090000Z\nDTEND:20260303T100000Z")
    with account(radicale) as there:
        empty = there.mark(address)
        first = there.write(href, text, etag="")
        assert there.mark(address) not in {"", empty}
        with pytest.raises(ChangedThere):
            there.write(href, text, etag="")
        second = there.write(href, text.replace("T09", "T08"), etag=first)
        with pytest.raises(ChangedThere):
            there.write(href, text, etag=first)
        assert there.one(href, ZURICH) == Written(href, second, z(3, 8), z(3, 10))
        there.remove(href)
        there.remove(href)
        assert there.one(href, ZURICH) is None


def test_days_and_times_without_a_zone_are_of_the_persons_zone():
    assert times("DTSTART;VALUE=DATE:20260329") == [(z(28, 23), z(29, 22))]
    assert times("DTSTART:20260330T090000\nDURATION:PT30M") == [(z(30, 7), z(30, 7, 30))]


def test_zones_as_outlook_names_them():
    outlook = "DTSTART;TZID=W. Europe Standard Time:20260330T090000\nDURATION:PT30M"
    assert times(outlook) == [(z(30, 7), z(30, 7, 30))]
    unknown = "DTSTART;TZID=Somewhere of mine:20260330T090000\nDURATION:PT30M"
    assert times(unknown) == [(z(30, 7), z(30, 7, 30))]


def test_one_of_a_series_that_was_moved_and_one_that_was_called_off():
    series = (
        "DTSTART:20260302T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:x\nDTSTAMP:20260101T000000Z\nRECURRENCE-ID:20260303T090000Z\n"
        "DTSTART:20260303T150000Z\nDURATION:PT1H\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:x\nDTSTAMP:20260101T000000Z\nRECURRENCE-ID:20260304T090000Z\n"
        "DTSTART:20260304T090000Z\nDURATION:PT1H\nSTATUS:CANCELLED"
    )
    assert sorted(times(series)) == [(z(2, 9), z(2, 10)), (z(3, 15), z(3, 16))]


HOSTILE = {
    "no calendar": "BEGIN:VEVENT",
    "no event": "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n",
    "no beginning": calendar_of("x", "SUMMARY:never"),
    "huge": calendar_of("x", "DTSTART:20260303T090000Z\nDESCRIPTION:" + "a" * 600_000),
    "every second": calendar_of("x", "DTSTART:20260303T090000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY"),
    "every second of a minute": calendar_of(
        "x",
        "DTSTART:20260303T090000Z\nDURATION:PT1S\nRRULE:FREQ=DAILY;BYSECOND=" + ",".join(map(str, range(60))),
    ),
    "two rules": calendar_of(
        "x", "DTSTART:20260303T090000Z\nDURATION:PT1S\nRRULE:FREQ=DAILY\nRRULE:FREQ=WEEKLY"
    ),
    "no such rule": calendar_of("x", "DTSTART:20260303T090000Z\nDURATION:PT1H\nRRULE:FREQ=SOMETIMES"),
    "no such day": calendar_of("x", "DTSTART:20260231T090000Z\nDURATION:PT1H"),
    "rubbish": "\x00\x01\x02" * 100,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_no_readable_event_is_said_to_be_none(text: str):
    with pytest.raises(Unreadable):
        times_of(text, since=SINCE, until=UNTIL, zone=ZURICH)


ENDLESS = {
    "till the end of days": "DTSTART:19700101T000000Z\nDTEND:99991231T235959Z",
    "since the beginning": "DTSTART:00010101T000000Z\nDTEND:99991231T235959Z",
    "never": "DTSTART:20260303T090000Z\nDURATION:PT1H\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "backwards": "DTSTART:20260303T090000Z\nDTEND:20260303T080000Z",
}


@pytest.mark.parametrize(("name", "busy"), [("till the end of days", 1), ("since the beginning", 1),
                                            ("never", 0), ("backwards", 0)], ids=str)  # fmt: skip
def test_times_without_measure_are_cut_to_what_we_look_at(name: str, busy: int):
    assert [one for one in times(ENDLESS[name]) if one != (z(3, 9), z(3, 10))] == [(SINCE, UNTIL)] * busy


def test_stretches_that_touch_are_one():
    assert joined([(z(3, 10), z(3, 11)), (z(3, 9), z(3, 10)), (z(3, 12), z(3, 13))]) == [
        (z(3, 9), z(3, 11)), (z(3, 12), z(3, 13))
    ]  # fmt: skip
