"""Somebody's own calendar on a CalDAV server: when they are busy, and our encounters in it."""

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urljoin, urlsplit
from zoneinfo import ZoneInfo

import requests
from django.conf import settings
from requests import exceptions
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

from .busy import BROKEN, Stretch, Unreadable, first_of, joined, times_of
from .webhooks import NotDelivered, looked_up

if TYPE_CHECKING:
    from caldav import DAVClient
    from caldav.davclient import DAVResponse
    from lxml.etree import _Element

SECONDS: Final = (10, 60)  # until we are connected, and until the other side says something
LONGEST: Final = 60  # for one whole answer, and for working through what is in it
MOST_BYTES: Final = 40 * 2**20
MOST_STRETCHES: Final = 50_000
NO_DAV: Final = {404, 405, 410, 501}
DAV, CAL, CS = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}", "{http://calendarserver.org/ns/}"
SPACES: Final = (
    'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:S="http://calendarserver.org/ns/"'
)
WHERE: Final = (
    f"<D:propfind {SPACES}><D:prop><D:resourcetype/><D:displayname/><D:current-user-principal/>"
    "<C:calendar-home-set/><C:supported-calendar-component-set/></D:prop></D:propfind>"
)
MARK: Final = f"<D:propfind {SPACES}><D:prop><D:sync-token/><S:getctag/></D:prop></D:propfind>"
QUERY: Final = (
    f"<C:calendar-query {SPACES}><D:prop><D:getetag/><C:calendar-data/></D:prop><C:filter>"
    '<C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"><C:time-range start="{}" end="{}"/>'
    "</C:comp-filter></C:comp-filter></C:filter></C:calendar-query>"
)


class NotRead(Exception):
    """The calendar could not be asked: a code that says why."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class ChangedThere(Exception):
    """Somebody changed or removed the event since we saw it last."""


@dataclass(frozen=True, slots=True)
class Found:
    """A calendar, and what its owner calls it."""

    address: str
    name: str


@dataclass(frozen=True, slots=True)
class Written:
    """One of our events as it stands in the calendar; `starts_at` is None where it was cancelled there."""

    href: str
    etag: str
    starts_at: datetime | None
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reading:
    """When somebody is busy, in order and apart, without what was busy about; and our own events."""

    busy: tuple[Stretch, ...]
    ours: dict[str, Written]
    unread: int


class _Careful(HTTPAdapter):
    """Goes where our operator lets it, to the IP that was looked at; reads neither too much nor too long."""

    last = ""

    def send(self, request, *given, **named):  # type: ignore[no-untyped-def]
        """One request to one place; everything else as the library does it."""
        self.place = looked_up(request.url, private=_is_ours(request.url))
        request.headers["Host"] = urlsplit(request.url).netloc
        response = super().send(request, *given, **{**named, "stream": True})
        response._content = _whole(response)
        response._content_consumed = True
        self.last = request.url
        return response

    def build_connection_pool_key_attributes(
        self, request: requests.PreparedRequest, verify: object, cert: object = None
    ) -> tuple[dict, dict]:
        host, pool = super().build_connection_pool_key_attributes(request, verify, cert)
        if self.place.scheme == "https":
            pool |= {"assert_hostname": self.place.host, "server_hostname": self.place.host}
        return {**host, "host": self.place.ip}, pool


def _is_ours(address: str) -> bool:
    return (urlsplit(address).hostname or "").lower() in settings.CALENDAR_HOSTS


def _whole(response: requests.Response) -> bytes:
    """The answer, if it is one that we can read; of a page made for people nothing is kept."""
    from lxml import etree

    until, pieces, size = time.monotonic() + LONGEST, [], 0
    while piece := response.raw.read1(2**16, decode_content=True):  # what has come by now: it may be dripping
        pieces.append(piece)
        size += len(piece)
        if size > MOST_BYTES:
            raise NotRead("too_large")
        if time.monotonic() > until:
            raise NotRead("too_slow")
    body, kind = b"".join(pieces), response.headers.get("Content-Type", "")
    if kind.startswith("text/calendar"):
        return body
    try:
        etree.fromstring(body)
    except (etree.XMLSyntaxError, ValueError):
        return b""
    return body


class There:
    """One account on a server, open for asking."""

    def __init__(self, client: "DAVClient", adapter: _Careful) -> None:
        self.client, self.adapter = client, adapter

    def calendars(self, address: str) -> list[Found]:
        """The calendar at this address, or those of whoever signs in there."""
        try:
            found = self._look(address, depth=0)
        except NotRead as failure:
            if failure.kind != "no_calendar":
                raise
            found = self._look(urljoin(address, "/.well-known/caldav"), depth=0)
        if here := _calendars(found):
            return here
        principal = _href(found, f"{DAV}current-user-principal")
        home = _href(found, f"{CAL}calendar-home-set") or (
            principal and _href(self._look(principal, depth=0), f"{CAL}calendar-home-set")
        )
        calendars = _calendars(self._look(home, depth=1)) if home else []
        if not calendars:
            raise NotRead("no_calendar")
        return calendars

    def mark(self, address: str) -> str:
        """What changes whenever anything in the calendar does; blank where the server has no such thing."""
        tree = self._ask("PROPFIND", address, MARK, {"Depth": "0"}).tree
        texts = (
            ()
            if tree is None
            else (tree.findtext(f".//{name}") for name in (f"{DAV}sync-token", f"{CS}getctag"))
        )
        return next((text.strip()[:500] for text in texts if text and text.strip()), "")

    def read(
        self, address: str, *, since: datetime, until: datetime, zone: ZoneInfo, ours: Collection[str]
    ) -> Reading:
        """When its owner is busy in a stretch of time, and which of our events stand in it."""
        query = QUERY.format(_stamp(since), _stamp(until))
        tree = self._ask("REPORT", address, query, {"Depth": "1"}).tree
        if tree is None:
            raise NotRead("no_calendar")
        busy, mine, unread, deadline = [], {}, 0, time.monotonic() + LONGEST
        for href, etag, text in _events(tree, self.adapter.last):
            if time.monotonic() > deadline:
                raise NotRead("too_slow")
            try:
                uid, stretches = times_of(text, since=since, until=until, zone=zone)
            except Unreadable:
                unread += 1
                continue
            if uid in ours:
                mine[uid] = Written(href, etag, *(first_of(text, zone=zone) or (None, None)))
                continue
            busy += stretches
            if len(busy) > MOST_STRETCHES:
                busy = joined(busy)
        return Reading(tuple(joined(busy)), mine, unread)

    def one(self, href: str, zone: ZoneInfo) -> Written | None:
        """One of our events, wherever it was moved to; None where it was removed."""
        answer = self._ask("GET", href, "", {}, missing=True)
        if answer.status in {404, 410}:
            return None
        try:
            stretch = first_of(answer.raw, zone=zone)
        except Unreadable:
            return None
        return Written(href, answer.headers.get("ETag", ""), *(stretch or (None, None)))

    def write(self, href: str, event: str, *, etag: str) -> str:
        """Put an event there, or a new version in the place of the one we know; its new mark."""
        condition = {"If-Match": etag} if etag else {"If-None-Match": "*"}
        kind = {"Content-Type": "text/calendar; charset=utf-8"}
        try:
            answer = self._ask("PUT", href, event, kind | condition)
        except NotRead as failure:
            raise NotRead("read_only" if failure.kind == "refused" else failure.kind) from None
        return answer.headers.get("ETag", "") or self._etag(href)

    def remove(self, href: str) -> None:
        """Take our event away, whatever was done to it; gone already is as well."""
        self._ask("DELETE", href, "", {}, missing=True)

    def _etag(self, href: str) -> str:
        question = f"<D:propfind {SPACES}><D:prop><D:getetag/></D:prop></D:propfind>"
        tree = self._ask("PROPFIND", href, question, {"Depth": "0"}).tree
        return "" if tree is None else (tree.findtext(f".//{DAV}getetag") or "")

    def _look(self, address: str, *, depth: int) -> "dict[str, _Element]":
        tree = self._ask("PROPFIND", address, WHERE, {"Depth": str(depth)}).tree
        found = {} if tree is None else dict(_responses(tree, self.adapter.last))
        if not found:
            raise NotRead("no_calendar")
        return found

    def _ask(
        self, method: str, address: str, body: str, headers: dict[str, str], *, missing: bool = False
    ) -> "DAVResponse":
        from caldav.lib.error import AuthorizationError, DAVError

        try:
            answer = self.client.request(address, method, body, headers)
        except AuthorizationError as refused:
            raise NotRead("refused" if refused.reason == "Forbidden" else "wrong_password") from None
        except (exceptions.InvalidSchema, exceptions.InvalidURL, exceptions.MissingSchema):
            raise NotRead("no_address") from None
        except UnicodeEncodeError:  # refused, the library tries the password once more in an older writing
            raise NotRead("wrong_password") from None
        except (DAVError, NotImplementedError, AssertionError, *BROKEN):
            raise NotRead("no_calendar") from None
        except NotDelivered as refused:
            raise NotRead(refused.kind) from None
        except exceptions.SSLError:
            raise NotRead("tls") from None
        except (exceptions.RequestException, HTTPError, OSError):
            raise NotRead("not_reached") from None
        if answer.status == 412:
            raise ChangedThere(address)
        if answer.status >= 400 and not (missing and answer.status in {404, 410}):
            raise NotRead("no_calendar" if answer.status in NO_DAV else "refused")
        return answer


@contextmanager
def opened(address: str, *, user_name: str, password: str) -> Iterator[There]:
    """The account on the server of this address; nothing is asked before something is asked of it."""
    from caldav import DAVClient

    adapter = _Careful(max_retries=0)
    client = DAVClient(url=address, username=user_name, password=password, timeout=SECONDS)
    client.session.trust_env = False
    client.session.max_redirects = 5
    client.session.mount("https://", adapter)
    client.session.mount("http://", adapter)
    try:
        yield There(client, adapter)
    finally:
        client.close()


def place_of(address: str, uid: str) -> str:
    """Where in a calendar an event with this id is kept."""
    return f"{address.rstrip('/')}/{quote(uid, safe='@')}.ics"


def _responses(tree: "_Element", base: str) -> "Iterator[tuple[str, _Element]]":
    for response in tree.iter(f"{DAV}response"):
        if href := response.findtext(f"{DAV}href"):
            yield urljoin(base, href.strip()), response


def _events(tree: "_Element", base: str) -> Iterator[tuple[str, str, str]]:
    for href, response in _responses(tree, base):
        if text := response.findtext(f".//{CAL}calendar-data"):
            yield href, response.findtext(f".//{DAV}getetag") or "", text
        response.clear()


def _calendars(found: "dict[str, _Element]") -> list[Found]:
    """Those of what was found that are calendars for events."""
    calendars = []
    for address, response in found.items():
        kinds = [one.get("name") for one in response.iter(f"{CAL}comp")]
        if response.find(f".//{DAV}resourcetype/{CAL}calendar") is not None and (
            not kinds or "VEVENT" in kinds
        ):
            calendars.append(Found(address, (response.findtext(f".//{DAV}displayname") or "").strip()))
    return calendars


def _href(found: "dict[str, _Element]", name: str) -> str:
    """Where a property of what was found leads to."""
    for address, response in found.items():
        href = response.findtext(f".//{name}/{DAV}href")
        if href and href.strip():
            return urljoin(address, href.strip())
    return ""


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
