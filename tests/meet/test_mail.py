"""What the receiver of a hand-over, or of praise, reads in the mail: where to look, never the words."""

from datetime import timedelta

from django.core import mail
from django.utils import timezone

from coalface.meet.actions import give_back, hand_over, pass_on, return_unanswered
from coalface.records.models import HandOverAnswer, OutgoingMessage
from coalface.worker.actions import send_messages
from tests.meet import LATER, at, held, said
from tests.people import client_for


def test_a_hand_over_is_announced(cast):
    cast.olga.name = "Olga O’Lindner & Co"
    cast.olga.save()
    hand_over(remark=said(held(cast), cast.olga), to=cast.sven, by=cast.olga, now=LATER)
    assert send_messages(now=LATER) == 1
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (
        ["sven@lindner.example"],
        "Olga O’Lindner & Co hands something over to you",
    )
    assert "goes back on 16 March 2026" in sent.body and "/meet/hand-overs/" in sent.body
    assert "Nobody told me." not in sent.body


def test_praise_is_announced(cast):
    remark = said(held(cast), cast.olga, "Fay was kind.", kind="compliment")
    pass_on(remark=remark, to=cast.fay, by=cast.olga, now=LATER)
    assert send_messages(now=LATER) == 1
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["fay@lindner.example"], "A customer said something about you")
    assert f"/meet/remarks/{remark.pk}/" in sent.body and "Fay was kind." not in sent.body


def offered(cast):
    remark = said(held(cast), cast.olga)
    return hand_over(remark=remark, to=cast.sven, by=cast.olga, now=LATER)


def what_olga_reads():
    OutgoingMessage.objects.exclude(template="meet/given_back").delete()
    assert send_messages(now=timezone.now()) == 1
    (sent,) = mail.outbox
    assert sent.to == ["olga@lindner.example"] and "/meet/remarks/" in sent.body
    return sent


def test_the_giver_is_told_when_it_comes_back_and_reads_why_on_the_page(cast):
    offer = offered(cast)
    sven = client_for(cast.sven)
    sven.post(at("answer_hand_over", offer.pk), {"answer": "return", "reason": " Ask the depot. "})
    sent = what_olga_reads()
    assert sent.subject == "Sven Olsen gave it back to you"
    assert "They said why" in sent.body and "Ask the depot." not in sent.body
    page = client_for(cast.olga).get(at("remark", offer.disposition.remark_id)).content.decode()
    assert "“Ask the depot.”" in page
    assert HandOverAnswer.objects.get().reason.text == "Ask the depot."


def test_without_a_reason_the_mail_promises_none(cast):
    give_back(hand_over=offered(cast), by=cast.sven, now=LATER)
    assert "They said why" not in what_olga_reads().body


def test_the_giver_is_told_when_nobody_answered(cast):
    offered(cast)
    return_unanswered(now=LATER + timedelta(days=20))
    assert what_olga_reads().subject == "Sven Olsen did not answer in time"


def test_a_reason_longer_than_a_reason_is_refused(cast):
    offer = offered(cast)
    sent = {"answer": "return", "reason": "x" * 10_001}
    page = client_for(cast.sven).post(at("answer_hand_over", offer.pk), sent, follow=True)
    assert "fewer words" in page.content.decode() and not HandOverAnswer.objects.exists()


def test_who_has_no_address_is_written_nothing_that_would_fail(cast):
    cast.sven.email = ""
    cast.sven.save()
    remark = said(held(cast), cast.olga)
    hand_over(remark=remark, to=cast.sven, by=cast.olga, now=LATER)
    assert (OutgoingMessage.objects.count(), send_messages(now=LATER)) == (0, 0)
    assert "asks you to take over" in client_for(cast.sven).get("/").content.decode()
