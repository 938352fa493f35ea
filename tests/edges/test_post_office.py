"""The post office the tests use is a real one: in by SMTP, out by IMAP."""

from smtplib import SMTPRecipientsRefused

import pytest
from django.core.mail import EmailMessage

from coalface.worker.actions import send_messages
from tests.edges.dovecot import PostOffice
from tests.edges.test_mail import offer_a_hand_over
from tests.people import NOW, Cast


def test_a_mail_sent_lies_in_its_receivers_mailbox(post: PostOffice):
    EmailMessage("Hello", "Grüezi\n", "a@lindner.example", ["Olga+x@lindner.example"]).send()
    [mail] = post.mails("olga@lindner.example")
    assert (mail["Subject"], mail.get_content().strip()) == ("Hello", "Grüezi")
    assert post.mails("sven@lindner.example") == []


def test_whom_it_does_not_know_it_refuses(post: PostOffice):
    post.strangers = {"nobody@lindner.example"}
    with pytest.raises(SMTPRecipientsRefused):
        EmailMessage("Hello", "Grüezi\n", "a@lindner.example", ["nobody@lindner.example"]).send()


def test_what_the_product_sends_arrives_there(cast: Cast, post: PostOffice):
    message = offer_a_hand_over(cast)
    assert send_messages(now=NOW) == 1
    [mail] = post.mails("sven@lindner.example")
    assert mail["Message-ID"] == f"<{message.key}@localhost>"
