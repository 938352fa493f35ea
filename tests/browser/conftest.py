"""One Lindner & Co for all browser tests, and windows that hide nothing that goes wrong."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response
from pytest_django.live_server_helper import LiveServer

from coalface.records.models import Person
from tests.journeys.rows import House, add_rows, house
from tests.people import client_for, lindner

# Playwright keeps a loop running in this thread; our own queries are as synchronous as ever.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

ROWS = 12


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What was built for the first test of the group, and the file it is kept in for the others."""
    return {"file": tmp_path_factory.mktemp("kept") / "lindner.sqlite3"}


@pytest.fixture
def ours(transactional_db: None, kept: dict[str, object]) -> House:
    """The company with a dozen rows in every list: built once, and put back as it was before each test."""
    if "house" in kept:
        _copy(sqlite3.connect(kept["file"]), _here())
    else:
        kept["house"] = house(lindner(), timezone.now() - timedelta(hours=8))
        add_rows(kept["house"], 0, ROWS)
        _copy(_here(), sqlite3.connect(kept["file"]))
    return kept["house"]


def _here() -> sqlite3.Connection:
    connection.ensure_connection()
    return connection.connection


def _copy(whole: sqlite3.Connection, into: sqlite3.Connection) -> None:
    whole.backup(into)
    for one in (whole, into):
        if one is not connection.connection:
            one.close()


@pytest.fixture
def site(live_server: LiveServer, ours: House) -> str:
    """Where the company is served."""
    return live_server.url


class Window:
    """One tab, and everything it complained about."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site
        self.complaints: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "status of 4" not in message.text:
            self.complaints.append(f"console: {message.text}")

    def _failed(self, request: Request) -> None:
        self.complaints.append(f"failed: {request.url} {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            self.complaints.append(f"{response.status}: {response.url}")

    def open(self, address: str) -> int:
        """Go there; the status of the answer."""
        answer = self.page.goto(self.site + address)
        return answer.status if answer else 0


@pytest.fixture
def signed_in(browser: Browser, site: str) -> Iterator[Callable[..., Window]]:
    """Open a window in which somebody has signed in."""
    contexts: list[BrowserContext] = []

    def window(person: Person | None, **more: object) -> Window:
        context = browser.new_context(**more)
        contexts.append(context)
        if person:
            session = client_for(person).cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
        return Window(context.new_page(), site)

    yield window
    for context in contexts:
        context.close()
