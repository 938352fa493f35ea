"""The letters of all news at a real mail server: language, parts, ways out and back, each of them once."""

import os
import signal
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from coalface.act.actions import decline_fix, send_what_lies
from coalface.records.models import (
    Approach,
    Customer,
    OutgoingMessage,
    Ruling,
    Telling,
    Verdict,
)
from coalface.verify.actions import reopen
from coalface.worker.actions import drain, send_messages
from tests.act.test_telling import LATER, LIVE, live, raised
from tests.edges.smtp import Mailbox, words_of
from tests.people import Cast
from tests.verify import proposed_fix, said

SITE = "http://localhost:8000"


def post(now: datetime) -> int:
    """The worker goes once round."""
    send_what_lies(now=now)
    drain(now=now)
    return send_messages(now=now)


def news_of(cast: Cast, news: str, *customers: Customer) -> datetime:
    """A fix that these customers raised, with this news; when that was."""
    about = raised(cast, f"The bell {news}", *customers)
    if news == "declined":
        decline_fix(fix=proposed_fix(cast, about), reason="Too dear.", by=cast.sven, now=LIVE)
        return LIVE
    fix = live(cast, about)
    if news == "verdict":
        Verdict.objects.create(
            fix=fix, ruling=Ruling.VERIFIED, basis="customers", judged_by=cast.adam, judged_at=LATER
        )
        return LATER
    if news == "reopened":
        post(LIVE + timedelta(days=3))
        then = LIVE + timedelta(days=120)
        reopen(fix=fix, by=cast.adam, now=then)
        return then
    return LIVE


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "de"])
@pytest.mark.parametrize("news", ["shipped", "declined", "verdict", "reopened"])
def test_each_news_arrives_in_the_customers_language_with_both_parts_and_both_ways(
    cast: Cast, mailbox: Mailbox, language: str, news: str
):
    Customer.objects.filter(pk=cast.petra.pk).update(language=language)
    then = news_of(cast, news, cast.petra)
    drain(now=then)
    mailbox.mails.clear()
    assert post(then + timedelta(days=3)) >= 1
    [letter] = [mail for mail in mailbox.mails if mail["To"] == "petra@home.example"]
    kinds = [part.get_content_type() for part in letter.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html"]
    plain, page = words_of(letter), words_of(letter, "text/html")
    way_out = letter["List-Unsubscribe"].strip("<>\r\n ").removeprefix(SITE)
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"{SITE}{way_out}" in plain
    assert f'href="{SITE}{way_out}"' in page
    assert f'<html lang="{language}">' in page
    assert letter["Reply-To"] == "sven@lindner.example"
    english = ("Dear Petra", "Thank you", "You told us", "It did not last", "No such mails")
    assert not [words for words in english if words in plain or words in page]
    for line in plain.splitlines():
        assert line.strip().replace("'", "&#x27;") in page.replace("&#39;", "&#x27;") or "http" in line
    assert Client().post(way_out, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert post(then + timedelta(days=200)) == 0


@pytest.mark.django_db
def test_whoever_brought_it_in_hears_every_news_once_by_mail(cast: Cast, mailbox: Mailbox):
    for news in ("shipped", "declined", "verdict", "reopened"):
        now = news_of(cast, news)
        for _ in range(2):
            post(now)
    to_fay = [mail for mail in mailbox.mails if mail["To"] == "fay@lindner.example"]
    news = sorted(mail["Message-ID"].split("-")[2] for mail in to_fay)
    assert news == ["declined", "reopened", "shipped", "shipped", "verdict"]
    for mail in to_fay:
        assert mail["Reply-To"] == "sven@lindner.example"
        assert "<html" in words_of(mail, "text/html")


@pytest.mark.django_db
def test_five_complaints_are_one_letter_and_the_cap_holds_the_next_news_back(cast: Cast, mailbox: Mailbox):
    about = raised(cast, "The bell", cast.petra)
    for place in range(12, 16):
        said(about, cast.north, [1], first=place, customer=cast.petra)
    live(cast, about)
    soon = LIVE + timedelta(days=3)
    for _ in range(2):
        post(soon)
    assert len(mailbox.to("petra@home.example")) == 1
    declined = proposed_fix(cast, raised(cast, "The queue", cast.petra))
    decline_fix(fix=declined, reason="Too dear.", by=cast.sven, now=soon)
    for days in (3, 10, 89):
        post(soon + timedelta(days=days))
    assert len(mailbox.to("petra@home.example")) == 1
    post(soon + timedelta(days=91))
    assert len(mailbox.to("petra@home.example")) == 2
    assert Approach.objects.filter(customer=cast.petra).count() == 2


SEND = """
import sys, django
django.setup()
from datetime import datetime
from coalface.worker.actions import send_messages
sys.stdin.readline()
print(send_messages(now=datetime.fromisoformat(sys.argv[1])))
"""


def a_worker(tmp_path: Path, port: int, now: datetime) -> subprocess.Popen:
    """A process of its own that sends what waits in this ledger, once it gets a line."""
    given = connection.settings_dict
    there = f"sqlite:///{given['NAME']}"
    if connection.vendor == "postgresql":
        there = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**given)
    own = {
        "COALFACE_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "coalface.settings",
        "DATABASE_URL": there,
        "COALFACE_MAIL": f"smtp://127.0.0.1:{port}",
    }
    command = [sys.executable, "-c", SEND, now.isoformat()]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, env=os.environ | own, **pipes)


@pytest.mark.django_db(transaction=True)
def test_killed_between_two_letters_none_is_lost_and_none_doubled(
    cast: Cast, mailbox: Mailbox, settings, tmp_path: Path
):
    box = mailbox
    live(cast, raised(cast, "The bell", cast.petra, cast.quentin, cast.rosa))
    soon = LIVE + timedelta(days=3)
    send_what_lies(now=soon)
    drain(now=soon)
    worker = a_worker(tmp_path, settings.EMAIL_PORT, soon)
    box.before_second = worker.kill
    worker.communicate("go\n", timeout=120)
    assert worker.returncode == -signal.SIGKILL
    assert len(box.mails) == 1
    for minutes in (1, 11, 12, 60):
        send_messages(now=soon + timedelta(minutes=minutes))
    assert sorted(mail["To"] for mail in box.mails) == [
        "fay@lindner.example", "petra@home.example", "quentin@home.example", "rosa@home.example",
    ]  # fmt: skip
    assert OutgoingMessage.objects.filter(sent_at=None).count() == 0
    assert Telling.objects.count() == 4
