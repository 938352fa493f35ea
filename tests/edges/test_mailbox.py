"""Replies come out of a real mailbox: taken in once, marked as read, and no dead server stops the worker."""

from datetime import timedelta
from email.message import EmailMessage

import pytest
from imap_tools import AND

from coalface.console import work
from coalface.edges.mailbox import NotReached, opened
from coalface.meet.actions import remind_to_note
from coalface.records.models import InboundMail, Remark
from coalface.worker.actions import read_mailbox, send_messages
from tests.edges.dovecot import PostOffice, free_port
from tests.meet import held
from tests.people import NOW, Cast

ADDRESS = "coalface@lindner.example"
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def inbox(post: PostOffice, settings) -> PostOffice:
    settings.MAILBOX, settings.MAILBOX_ADDRESS = post.url(ADDRESS), ADDRESS
    return post


def asked(cast: Cast, inbox: PostOffice) -> EmailMessage:
    """The mail that Olga finds in her mailbox the morning after."""
    held(cast)
    remind_to_note(now=TOMORROW)
    assert send_messages(now=TOMORROW) == 1
    [mail] = inbox.mails("olga@lindner.example")
    return mail


def answer(question: EmailMessage, body: str, number: int = 1) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"] = question["To"], question["Reply-To"]
    mail["Message-ID"], mail["In-Reply-To"] = f"<{number}@phone>", question["Message-ID"]
    mail["Subject"] = f"Re: {question['Subject']}"
    quoted = "".join(f"> {line}\n" for line in question.get_content().splitlines())
    mail.set_content(f"{body}\n\nOn Tue, 3 Mar 2026 at 07:00, Coalface <{ADDRESS}> wrote:\n{quoted}")
    return mail


def unread(inbox: PostOffice) -> int:
    with inbox.open(ADDRESS) as box:
        return len(box.uids(AND(seen=False)))


def test_a_reply_to_the_reminder_becomes_remarks(cast: Cast, inbox: PostOffice, settings):
    question = asked(cast, inbox)
    inbox.deliver(question["Reply-To"], answer(question, "Nobody called her back.\n\nThe fee is odd."))
    assert read_mailbox(address=settings.MAILBOX, now=TOMORROW) == 1
    assert list(Remark.objects.order_by("sequence").values_list("verbatim__text", flat=True)) == [
        "Nobody called her back.",
        "The fee is odd.",
    ]
    assert (unread(inbox), read_mailbox(address=settings.MAILBOX, now=TOMORROW)) == (0, 0)
    assert send_messages(now=TOMORROW) == 1
    thanks = inbox.mails("olga@lindner.example")[-1]
    assert thanks["Subject"] == "2 things are written down"
    assert thanks["Reply-To"] == question["Reply-To"]


def test_the_same_letter_twice_is_taken_in_once(cast: Cast, inbox: PostOffice, settings):
    question = asked(cast, inbox)
    for _ in range(2):
        inbox.deliver(ADDRESS, answer(question, "Nobody called her back."))
    assert read_mailbox(address=settings.MAILBOX, now=TOMORROW) == 2
    assert (Remark.objects.count(), InboundMail.objects.count()) == (1, 1)


def test_of_a_letter_that_is_too_large_only_the_headers_are_fetched(cast: Cast, inbox: PostOffice, settings):
    question = asked(cast, inbox)
    large = answer(question, "See the film.")
    large.add_attachment(b"0" * 8 * 2**20, maintype="video", subtype="mp4", filename="till.mp4")
    inbox.deliver(ADDRESS, large)
    inbox.deliver(ADDRESS, answer(question, "Nobody called her back.", number=2))
    read_mailbox(address=settings.MAILBOX, now=TOMORROW)
    assert dict(InboundMail.objects.values_list("message_id", "refusal")) == {
        "<1@phone>": "too_large",
        "<2@phone>": "",
    }


def test_an_out_of_office_note_is_not_answered(cast: Cast, inbox: PostOffice, settings):
    away = answer(asked(cast, inbox), "I am away until Friday.")
    away["Auto-Submitted"] = "auto-replied"
    inbox.deliver(ADDRESS, away)
    read_mailbox(address=settings.MAILBOX, now=TOMORROW)
    assert (InboundMail.objects.get().refusal, send_messages(now=TOMORROW)) == ("automatic", 0)


def test_bytes_that_are_hardly_a_mail_stop_no_other(cast: Cast, inbox: PostOffice, settings):
    question = asked(cast, inbox)
    inbox.deliver(ADDRESS, b"\xff\xfe\x01: =?x?\r\nFrom: <\r\n\r\n\x80\x81")
    inbox.deliver(ADDRESS, answer(question, "Nobody called her back."))
    assert read_mailbox(address=settings.MAILBOX, now=TOMORROW) == 2
    assert Remark.objects.count() == 1


def test_a_server_that_is_away_or_refuses_us_is_named(inbox: PostOffice):
    for address, kind in (
        (f"imap://a:b@127.0.0.1:{free_port()}/INBOX", "ConnectionRefusedError"),
        (f"imaps://a:b@127.0.0.1:{inbox.port}", "SSLError"),
        (inbox.url(ADDRESS).replace("a-word", "no-word"), "MailboxLoginError"),
        (inbox.url(ADDRESS, folder="Nowhere"), "MailboxFolderSelectError"),
    ):
        with pytest.raises(NotReached) as away, opened(address, most_bytes=1):
            pass
        assert str(away.value) == kind


def test_the_worker_looks_once_a_minute_and_outlives_a_dead_server(
    cast: Cast, inbox: PostOffice, settings, monkeypatch: pytest.MonkeyPatch, capsys
):
    question = asked(cast, inbox)
    settings.MAILBOX = f"imap://a:b@127.0.0.1:{free_port()}/INBOX"
    monkeypatch.setattr(work, "_next_look", 0.0)
    work.work_once()
    assert "The mailbox cannot be read (ConnectionRefusedError)" in capsys.readouterr().err
    settings.MAILBOX = inbox.url(ADDRESS)
    inbox.deliver(ADDRESS, answer(question, "Nobody called her back."))
    work.work_once()
    assert Remark.objects.count() == 0
    monkeypatch.setattr(work, "_next_look", 0.0)
    work.work_once()
    assert Remark.objects.count() == 1
