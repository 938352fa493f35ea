"""What the outside world gives a story: a clock by which months pass in a second, and a real mail server."""

import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import Message as Letter

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from django.utils import timezone

from tests.people import NOW


class Clock:
    """What the wall clock shows; a story sets it forward and nothing ever sets it back."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **passing: int) -> datetime:
        """Let time pass."""
        self.now += timedelta(**passing)
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A Monday in March at Lindner & Co, until the story goes on."""
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock)
    return clock


class Mailbox(Message):
    """Keeps what arrives."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[Letter] = []

    def handle_message(self, message: Letter) -> None:
        self.mails.append(message)

    def to(self, address: str) -> list[str]:
        """What somebody was sent, word for word."""
        return [one.get_payload(decode=True).decode() for one in self.mails if one["To"] == address]


@pytest.fixture
def mailbox(settings) -> Iterator[Mailbox]:
    box = Mailbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield box
    server.stop()
