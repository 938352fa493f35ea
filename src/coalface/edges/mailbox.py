"""Mail in: unread letters of one IMAP mailbox, marked as read once they were taken in."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from imaplib import IMAP4
from typing import Final
from urllib.parse import unquote, urlsplit

from imap_tools import AND, BaseMailBox, MailBox, MailBoxUnencrypted, MailMessage, MailMessageFlags
from imap_tools.errors import ImapToolsError

from coalface.edges.letters import Letter, letter_of

PATIENCE_SECONDS: Final = 20
AT_ONCE: Final = 50


class NotReached(Exception):
    """The mailbox does not answer, or does not let us in; later it may."""


@dataclass(frozen=True, slots=True)
class Unread:
    """An open mailbox."""

    box: BaseMailBox
    most_bytes: int

    def letters(self) -> Iterator[Letter]:
        """The oldest unread letters; of one that is too large only the headers are fetched."""
        unread = self.box.fetch(AND(seen=False), headers_only=True, mark_seen=False, limit=AT_ONCE, bulk=True)
        for head in list(unread):
            if head.size_rfc822 > self.most_bytes:
                yield letter_of(head.obj, uid=head.uid, too_large=True)
            else:
                yield from (letter_of(mail.obj, uid=head.uid) for mail in self._whole(head))

    def _whole(self, head: MailMessage) -> Iterator[MailMessage]:
        return self.box.fetch(AND(uid=head.uid), mark_seen=False)

    def settle(self, letter: Letter) -> None:
        """Mark a letter as read, now that what it says is kept."""
        self.box.flag([letter.uid], MailMessageFlags.SEEN, True)


@contextmanager
def opened(address: str, *, most_bytes: int) -> Iterator[Unread]:
    """The mailbox at `imaps://user:password@host:993/FOLDER`, its connection closed again in every case."""
    try:
        box = _reached(address)
        try:
            _sign_in(box, address)
            yield Unread(box, most_bytes)
            box.logout()
        finally:
            with suppress(OSError):  # closed already, or the other end was quicker
                box.client.shutdown()
    except (ImapToolsError, IMAP4.error, OSError) as failure:
        raise NotReached(type(failure).__name__) from failure


def _reached(address: str) -> BaseMailBox:
    parts = urlsplit(address)
    host = parts.hostname or "localhost"
    if parts.scheme == "imaps":
        return MailBox(host, parts.port or 993, timeout=PATIENCE_SECONDS)
    return MailBoxUnencrypted(host, parts.port or 143, timeout=PATIENCE_SECONDS)


def _sign_in(box: BaseMailBox, address: str) -> None:
    parts = urlsplit(address)
    folder = unquote(parts.path.strip("/")) or "INBOX"
    box.login(unquote(parts.username or ""), unquote(parts.password or ""), initial_folder=folder)
