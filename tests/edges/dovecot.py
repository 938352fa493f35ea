"""A real post office on this machine: what is sent by SMTP lies in a real mailbox and is read by IMAP."""

import getpass
import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import quote

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from imap_tools import MailBoxUnencrypted

SECRET = "a-word-between-us"
MAILS_BELONG_TO = "mail"  # where tests run as root: dovecot reads no mail as root
CONFIGURATION = """
protocols = imap
listen = 127.0.0.1
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/dovecot.log
ssl = no
disable_plaintext_auth = no
auth_username_chars =
mail_location = maildir:{home}/mails/%u
mail_uid = {uid}
mail_gid = {gid}
first_valid_uid = 1
mail_max_userip_connections = 50
default_internal_user = {internal}
default_login_user = {login}
default_internal_group = {group}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service stats {{
  chroot =
}}
passdb {{
  driver = static
  args = password={secret}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/mails/%u
}}
namespace inbox {{
  inbox = yes
}}
"""


class PostOffice:
    """Every address has a mailbox; what comes after a plus only says what the mail is about."""

    def __init__(self, home: Path, port: int) -> None:
        self.home, self.port = home, port
        self.strangers: set[str] = set()

    def url(self, address: str, folder: str = "INBOX") -> str:
        """Where the mails of an address are read, as `COALFACE_MAILBOX` wants it."""
        return f"imap://{quote(address)}:{SECRET}@127.0.0.1:{self.port}/{folder}"

    def open(self, address: str) -> MailBoxUnencrypted:
        """The mailbox of an address; `with` closes it."""
        return MailBoxUnencrypted("127.0.0.1", self.port).login(_owner(address), SECRET)

    def deliver(self, address: str, mail: bytes | EmailMessage) -> None:
        """Put a mail where its receiver finds it."""
        with self.open(address) as box:
            box.append(mail if isinstance(mail, bytes) else mail.as_bytes(policy=policy.SMTP), "INBOX")

    def mails(self, address: str) -> list[EmailMessage]:
        """What lies in the mailbox of an address, the oldest first."""
        with self.open(address) as box:
            raw = [one.obj.as_bytes() for one in box.fetch(mark_seen=False)]
        return [message_from_bytes(one, policy=policy.default) for one in raw]

    def empty(self) -> None:
        """Throw away everything that lies there."""
        for folder in (self.home / "mails").iterdir():
            shutil.rmtree(folder)

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's own name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.strangers:
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        for address in envelope.rcpt_tos:
            self.deliver(address, envelope.content)
        return "250 OK"


def _owner(address: str) -> str:
    name, _, domain = address.lower().rpartition("@")
    return f"{name.partition('+')[0]}@{domain}"


@pytest.fixture(scope="session")
def dovecot() -> Iterator[PostOffice]:
    """The server, started once and stopped by its own process id.

    Its folder is not one of pytest's: those are closed to others, again and again, and dovecot reads mails as
    somebody else than root.
    """
    program = shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    if not program:
        pytest.skip("no dovecot (Debian: apt install dovecot-imapd)")
    home, port = Path(mkdtemp(prefix="post-")), free_port()
    settings = _settings(home, port)
    with (home / "output").open("wb") as output:
        server = subprocess.Popen(
            [program, "-F", "-c", str(settings)], stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
    try:
        _wait(server, port, home)
        yield PostOffice(home, port)
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(home, ignore_errors=True)


def _settings(home: Path, port: int) -> Path:
    root = os.geteuid() == 0
    me = getpass.getuser()
    owner = pwd.getpwnam(MAILS_BELONG_TO if root else me)
    (home / "mails").mkdir()
    if root:
        shutil.chown(home / "mails", owner.pw_uid, owner.pw_gid)
        home.chmod(0o755)
    names = ("dovecot", "dovenull", "dovecot") if root else (me, me, str(os.getegid()))
    internal, login, group = names
    path = home / "dovecot.conf"
    path.write_text(
        CONFIGURATION.format(
            home=home,
            port=port,
            uid=owner.pw_uid,
            gid=owner.pw_gid,
            internal=internal,
            login=login,
            group=group,
            secret=SECRET,
        )
    )
    return path


def _wait(server: subprocess.Popen, port: int, home: Path) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if server.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError((home / "output").read_text() + _log(home))


def _log(home: Path) -> str:
    path = home / "dovecot.log"
    return path.read_text() if path.exists() else ""


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def post(dovecot: PostOffice, settings: object) -> Iterator[PostOffice]:
    """An empty post office; the product sends by SMTP, and each receiver's mails are read back by IMAP."""
    dovecot.empty()
    dovecot.strangers = set()
    server = Controller(dovecot, hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield dovecot
    server.stop()
