"""A real calendar server on this machine, with a calendar of one person, looked at by its own protocol."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import mkdtemp

import pytest
import requests
from caldav import DAVClient
from icalendar import Calendar, Event
from lxml import etree

from tests.edges.dovecot import free_port

USER, SECRET = "sven", "a word between: us – ünd"
CONFIGURATION = """
[server]
hosts = 127.0.0.1:{port}
max_content_length = 100000000
[auth]
type = htpasswd
htpasswd_filename = {home}/users
htpasswd_encryption = plain
delay = 0
[rights]
type = owner_only
[storage]
filesystem_folder = {home}/collections
[web]
type = none
[logging]
level = error
"""
MAKE = """<C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:set><D:prop>
<D:displayname>{name}</D:displayname><C:supported-calendar-component-set><C:comp name="{kind}"/>
</C:supported-calendar-component-set></D:prop></D:set></C:mkcalendar>"""


class CalendarServer:
    """One account with whatever calendars a test makes; it can be stopped and started again."""

    def __init__(self, home: Path, port: int) -> None:
        self.home, self.port = home, port
        self.running: subprocess.Popen | None = None

    @property
    def root(self) -> str:
        """The address somebody types."""
        return f"http://127.0.0.1:{self.port}/"

    def calendar(self, name: str = "work") -> str:
        """The address of a calendar."""
        return f"{self.root}{USER}/{name}/"

    def ask(self, method: str, address: str, body: str = "", **headers: str) -> requests.Response:
        """Ask the server as the owner's own program does."""
        with requests.Session() as session:
            session.trust_env = False
            answer = session.request(
                method, address, data=body.encode(), headers=headers, auth=(USER.encode(), SECRET.encode()),
                timeout=600,
            )  # fmt: skip
        answer.raise_for_status()
        return answer

    def make(self, name: str = "work", kind: str = "VEVENT") -> str:
        """A new calendar, empty."""
        self.ask("MKCALENDAR", self.calendar(name), MAKE.format(name=name.title(), kind=kind))
        return self.calendar(name)

    def change_password(self, password: str) -> None:
        """Let in only who knows this one."""
        (self.home / "users").write_text(f"{USER}:{password}\n")

    def empty(self) -> None:
        """Throw away every calendar."""
        whole = self.ask("PROPFIND", f"{self.root}{USER}/", Depth="1").content
        hrefs = [one.text for one in etree.fromstring(whole).iter("{DAV:}href")]
        for href in hrefs:
            if href.count("/") > 2:
                self.ask("DELETE", self.root.rstrip("/") + href)

    def put(self, name: str, event: str, calendar: str = "work") -> str:
        """An event as another program puts it there; `event` is what stands inside of it."""
        address = f"{self.calendar(calendar)}{name}.ics"
        self.ask("PUT", address, calendar_of(name, event), **{"Content-Type": "text/calendar"})
        return address

    def put_all(self, events: dict[str, str], calendar: str = "work") -> None:
        """Very many at once, as a file that is brought in."""
        inside = "".join(_event(name, event) for name, event in events.items())
        whole = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n{inside}END:VCALENDAR\r\n"
        self.ask("PUT", self.calendar(calendar), whole, **{"Content-Type": "text/calendar"})

    def texts(self, calendar: str = "work") -> dict[str, str]:
        """Everything that stands in a calendar, by its address."""
        found = {}
        for href in self._hrefs(calendar):
            found[href] = self.ask("GET", f"{self.root.rstrip('/')}{href}").text
        return found

    def ours(self, summary: str = "Visit") -> Event:
        """The only event with these words."""
        [(_, whole)] = self._called(summary)
        return whole.events[0]

    def drag(self, starts_at: datetime, summary: str = "Visit") -> None:
        """Drag it to another time, as a calendar program does."""
        [(href, whole)] = self._called(summary)
        event = whole.events[0]
        lasts = event.end - event.start
        event.start, event.end = starts_at, starts_at + lasts
        text = whole.to_ical().decode()
        self.ask("PUT", self.root.rstrip("/") + href, text, **{"Content-Type": "text/calendar"})

    def _called(self, summary: str) -> list[tuple[str, Calendar]]:
        read = [(href, Calendar.from_ical(text)) for href, text in self.texts().items()]
        return [(href, whole) for href, whole in read if whole.events[0].get("SUMMARY") == summary]

    def shown(self, start: date, end: date) -> dict[str, Event]:
        """By id what a CalDAV program shows of some weeks, finding the calendar by itself from the root."""
        with DAVClient(url=self.root, username=USER, password=SECRET) as program:
            program.session.trust_env = False
            [calendar] = program.principal().calendars()
            first, last = (datetime(day.year, day.month, day.day, tzinfo=UTC) for day in (start, end))
            found = calendar.search(event=True, start=first, end=last)
            events = [one.icalendar_component for one in found]
        return {str(event["UID"]): event for event in events}

    def _hrefs(self, calendar: str) -> list[str]:
        tree = etree.fromstring(self.ask("PROPFIND", self.calendar(calendar), Depth="1").content)
        hrefs = [one.text for one in tree.iter("{DAV:}href")]
        return sorted({href for href in hrefs if href.endswith(".ics")})

    def start(self) -> None:
        """Listen, on the same port as before."""
        quiet = {"stdout": subprocess.DEVNULL, "stderr": (self.home / "log").open("ab")}
        command = [sys.executable, "-m", "radicale", "--config", str(self.home / "configuration")]
        self.running = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": ""}, **quiet)
        quiet["stderr"].close()
        for _ in range(1200):
            with suppress(requests.ConnectionError):
                requests.get(self.root, timeout=60, allow_redirects=False)
                return
            if self.running.poll() is not None:
                break
            time.sleep(0.05)
        raise RuntimeError((self.home / "log").read_text())

    def stop(self) -> None:
        """Answer nobody any more."""
        if self.running:
            self.running.terminate()
            try:
                self.running.wait(10)
            except subprocess.TimeoutExpired:  # still at work for somebody who does not listen any more
                self.running.kill()
                self.running.wait(10)
            self.running = None


def calendar_of(name: str, event: str) -> str:
    """A file with one event in it."""
    inside = _event(name, event)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n{inside}END:VCALENDAR\r\n"


def _event(name: str, event: str) -> str:
    lines = "\r\n".join(event.strip().splitlines())
    fixed = f"BEGIN:VEVENT\r\nUID:{name}\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:Nobody’s business"
    return f"{fixed}\r\n{lines}\r\nEND:VEVENT\r\n"


@pytest.fixture(scope="session")
def radicale_server() -> Iterator[CalendarServer]:
    """Started once; ended by its own process id."""
    home = Path(mkdtemp(prefix="coalface-radicale-"))
    server = CalendarServer(home, free_port())
    server.change_password(SECRET)
    (home / "configuration").write_text(CONFIGURATION.format(home=home, port=server.port))
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def radicale(radicale_server: CalendarServer, settings: object) -> CalendarServer:
    """An account without calendars, on a server our operator named."""
    settings.CALENDAR_HOSTS = {"127.0.0.1"}
    if radicale_server.running is None or radicale_server.running.poll() is not None:
        radicale_server.start()
    radicale_server.empty()
    return radicale_server
