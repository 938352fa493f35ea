"""What the receiver of a hand-over, or of praise, reads in the mail: where to look, never the words."""

from django.core import mail

from coalface.meet.actions import hand_over, pass_on
from coalface.worker.actions import send_messages
from tests.meet import LATER, held, said


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
