"""A real mail server on this machine that keeps what arrives, and knows not everybody."""

import socket
from collections.abc import Callable, Iterator
from email.message import Message as Letter

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message


class Mailbox(Message):
    """Keeps what arrives; refuses those it does not know; does something before a second mail, if told so."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[Letter] = []
        self.strangers: set[str] = set()
        self.before_second: Callable[[], None] | None = None

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 (its own name)
        if self.mails and self.before_second:
            self.before_second()
            self.before_second = None
            return "451 not now"
        if address in self.strangers:
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    def handle_message(self, message: Letter) -> None:
        self.mails.append(message)

    def to(self, address: str) -> list[str]:
        """What somebody was sent, word for word."""
        return [words_of(one) for one in self.mails if one["To"] == address]


def words_of(mail: Letter, kind: str = "text/plain") -> str:
    """The part of a mail that is of this kind."""
    return next(
        part.get_payload(decode=True).decode() for part in mail.walk() if part.get_content_type() == kind
    )


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
