"""Answers, compliments that reach whom they are about, and departments that are each other's customers."""

import pytest
import uuid_utils.compat as uuid
from django.core import mail
from django.urls import reverse

from coalface.hear.actions import IdTaken, NotPraise, NoWords, pass_praise, say, tell_a_department, withdraw
from coalface.hear.queries import told_of
from coalface.records.models import Event, Feedback, OutgoingMessage
from coalface.worker.actions import drain, send_messages
from tests.people import NOW, Cast, client_for


def praise(cast: Cast, kind: str = "compliment") -> Feedback:
    given = {"kind": kind, "language": "en", "unit": cast.north, "now": NOW}
    return say(id=uuid.uuid7(), text="Fay was so kind.", **given).receipt.feedback


def names(people: object) -> list[str]:
    return [person.name for person in people]


def page_of(feedback: Feedback) -> str:
    return reverse("hear:feedback", args=[feedback.pk])


def test_a_compliment_reaches_the_person_and_their_boss_once(cast: Cast):
    said = praise(cast)
    for _ in range(2):
        pass_praise(feedback=said, to=cast.fay, by=cast.olga, now=NOW)
    assert names(told_of(said)) == ["Fay Burns", "Sven Olsen"]
    assert Event.objects.filter(kind="feedback.passed_on").count() == 1
    send_messages(now=NOW)
    assert [(one.to, one.subject) for one in mail.outbox] == [
        (["fay@lindner.example"], "Somebody praised you"),
        (["sven@lindner.example"], "Somebody in your team was praised"),
    ]
    assert "Fay was so kind." not in "".join(one.body for one in mail.outbox)


def test_who_was_praised_may_read_it_and_nobody_else_of_the_front_line(cast: Cast):
    said = praise(cast)
    assert client_for(cast.fay).get(page_of(said)).status_code == 404
    pass_praise(feedback=said, to=cast.fay, by=cast.olga, now=NOW)
    status = [client_for(one).get(page_of(said)).status_code for one in (cast.fay, cast.sven, cast.gus)]
    assert status == [200, 200, 404]


def test_a_boss_who_passes_it_on_needs_no_mail_about_it(cast: Cast):
    said = praise(cast)
    pass_praise(feedback=said, to=cast.sven, by=cast.rolf, now=NOW)
    assert names(told_of(said)) == ["Sven Olsen"]


def test_only_a_standing_compliment_is_passed_on(cast: Cast):
    complaint, gone = praise(cast, "complaint"), praise(cast)
    withdraw(feedback=gone, now=NOW)
    for said in (complaint, gone):
        with pytest.raises(NotPraise):
            pass_praise(feedback=said, to=cast.fay, by=cast.olga, now=NOW)


def test_the_page_passes_praise_on_by_name(cast: Cast):
    said, olga = praise(cast), client_for(cast.olga)
    to = reverse("hear:praise", args=[said.pk])
    assert "Fay Burns hears it" in olga.post(to, {"to": "Fay Burns"}, follow=True).content.decode()
    assert "Nobody who works here is called" in olga.post(to, {"to": "Nemo"}).content.decode()
    complaint = reverse("hear:praise", args=[praise(cast, "complaint").pk])
    wrong = olga.post(complaint, {"to": "Fay Burns"}, follow=True)
    assert "Only a compliment is passed on" in wrong.content.decode()
    assert client_for(cast.fay).post(to, {"to": "Fay Burns"}).status_code == 403


def test_the_page_answers_once_and_says_when_it_is_too_late(cast: Cast):
    said, olga = praise(cast), client_for(cast.olga)
    to, body = reverse("hear:answer", args=[said.pk]), {"id": str(uuid.uuid7()), "text": "Thank you."}
    for _ in range(2):
        assert "Answered." in olga.post(to, body, follow=True).content.decode()
    assert said.messages.count() == 1
    assert "This field is required." in olga.post(to, {"id": body["id"]}).content.decode()
    again = client_for(cast.rolf).post(to, body, follow=True)
    assert "This answer had been sent already." in again.content.decode()
    withdraw(feedback=said, now=NOW)
    late = olga.post(to, body | {"id": str(uuid.uuid7())}, follow=True)
    assert "It has just been taken back" in late.content.decode()
    assert "Whoever said it took it back" in late.content.decode()
    internal = tell_a_department(
        id=uuid.uuid7(), text="Thanks!", kind="idea", unit=cast.north, by=cast.gus, now=NOW
    )
    assert olga.post(reverse("hear:answer", args=[internal.pk]), body).status_code == 404


def test_a_department_is_told_as_a_customer_would_tell_it(cast: Cast):
    gus = client_for(cast.gus)
    body = {
        "id": str(uuid.uuid7()),
        "unit": cast.office.pk,
        "kind": "complaint",
        "text": "The forms are long.",
    }
    page = gus.post(reverse("hear:tell"), body, follow=True).content.decode()
    assert "The forms are long." in page
    said = Feedback.objects.get()
    assert (said.channel, said.unit, said.reported_by, said.kind) == (
        "colleague", cast.office, cast.gus, "complaint",
    )  # fmt: skip
    gus.post(reverse("hear:tell"), body)
    assert Feedback.objects.count() == 1
    gus.post(reverse("hear:tell"), body | {"text": "And long."})
    assert Feedback.objects.count() == 2
    drain(now=NOW)
    assert "The forms are long." in client_for(cast.olga).get(reverse("hear:index")).content.decode()


def test_a_thank_you_to_a_colleague_reaches_them_and_their_boss_and_a_complaint_names_nobody(cast: Cast):
    gus = client_for(cast.gus)
    body = {"id": str(uuid.uuid7()), "unit": cast.north.pk, "text": "Thank you, Fay.", "praised": "Fay Burns"}
    gus.post(reverse("hear:tell"), body | {"kind": "compliment"})
    assert names(told_of(Feedback.objects.get())) == ["Fay Burns", "Sven Olsen"]
    refused = gus.post(reverse("hear:tell"), body | {"kind": "complaint"})
    assert "Only a thank-you goes to a person." in refused.content.decode()


def test_a_department_is_told_something_and_once(cast: Cast):
    given = {"kind": "idea", "unit": cast.north, "now": NOW}
    with pytest.raises(NoWords):
        tell_a_department(id=uuid.uuid7(), text=" ", by=cast.gus, **given)
    id = uuid.uuid7()
    tell_a_department(id=id, text="Label the boxes.", by=cast.gus, **given)
    with pytest.raises(IdTaken):
        tell_a_department(id=id, text="Label the boxes.", by=cast.fay, **given)
    assert OutgoingMessage.objects.count() == 0
