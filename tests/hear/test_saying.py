"""Saying something in public: once, against a receipt, kept apart from machines that send and send."""

from datetime import timedelta

import pytest
import uuid_utils.compat as uuid
from django.db import IntegrityError
from django.test import Client, override_settings
from django.urls import reverse

from coalface.customers.actions import erase_receipt
from coalface.hear import actions
from coalface.hear.queries import places, receipt_for
from coalface.hear.queries.receipts import LETTERS, secret_of
from coalface.permissions import Right, rights_of
from coalface.records.models import Erasure, Event, Feedback, Message, Policy, Receipt, SayPlace, Verbatim
from coalface.shell import proof
from coalface.understand.actions import see
from coalface.worker.actions import drain
from tests.journeys.conftest import Clock, clock  # noqa: F401  (a fixture)
from tests.people import NOW, Cast
from tests.understand import issue_of, mentions_of

ID = uuid.UUID("01900000-0000-7000-8000-000000000001")
WORDS = "The till was closed and the line was long."


def said(cast: Cast, text: str = WORDS, *, id: object = None, place: SayPlace | None = None, **more: object):
    given = {"kind": "complaint", "language": "en", "unit": cast.north, "now": NOW} | more
    return actions.say(id=id or uuid.uuid7(), text=text, place=place, **given)


def door(cast: Cast, name: str = "Door", **more: object) -> SayPlace:
    return actions.open_place(unit=cast.north, name=name, by=cast.mina, now=NOW, **more)


def form(text: str = WORDS, **more: object) -> dict[str, object]:
    return {"id": str(uuid.uuid7()), "kind": "complaint", "text": text} | more


def sent(body: dict[str, object], path: str = "/c/say/", address: str = "192.0.2.7", **headers: str):
    return Client().post(path, body, REMOTE_ADDR=address, headers=headers)


def choose(cast: Cast, **numbers: int) -> None:
    for key, value in numbers.items():
        Policy.objects.create(key=key, value=value, set_by=cast.mina, set_at=NOW)


def test_what_is_said_is_feedback_with_a_receipt(cast: Cast):
    place = door(cast)
    first = said(cast, f"  {WORDS} ", place=place)
    row = Feedback.objects.get()
    assert (row.channel, row.kind, row.verbatim.text, row.unit, row.customer) == (
        "say", "complaint", WORDS, cast.north, None,
    )  # fmt: skip
    receipt = Receipt.objects.get()
    assert (receipt.feedback, receipt.place, receipt.language, receipt.email) == (row, place, "en", "")
    assert first.receipt == receipt_for(number=receipt.number, secret=first.secret) == receipt
    assert first.secret not in (receipt.digest, row.source_id)
    assert [event.kind for event in Event.objects.filter(about_type="feedback")] == ["feedback.taken_in"]


def test_sent_twice_it_is_said_once_and_the_receipt_is_the_same(cast: Cast):
    id = uuid.uuid7()
    assert said(cast, id=id) == said(cast, id=id)
    assert Feedback.objects.count() == 1
    with pytest.raises(actions.IdTaken):
        said(cast, "Something else.", id=id)
    with pytest.raises(actions.NoWords):
        said(cast, "  \n ")


def test_a_number_that_is_taken_leads_to_another(cast: Cast):
    numbers = ["111111111", "222222222", "333333333", "444444444", "555555555"]
    given = {"numbered": lambda id, attempt: numbers[attempt]}
    assert [said(cast, **given).receipt.number, said(cast, **given).receipt.number] == numbers[:2]
    assert Feedback.objects.count() == 2


def test_what_breaks_a_rule_of_the_ledger_is_not_tried_for_ever(cast: Cast):
    given = {"numbered": lambda id, attempt: "111111111"}
    said(cast, **given)
    with pytest.raises(IntegrityError):
        said(cast, **given)
    assert Feedback.objects.count() == 1


def test_number_and_secret_are_read_as_people_write_them(cast: Cast):
    first = said(cast)
    number, secret = first.receipt.number, first.secret
    assert (
        receipt_for(number=f" {number[:3]}-{number[3:6]} {number[6:]}", secret=secret.lower())
        == first.receipt
    )
    assert receipt_for(number=number, secret=secret[:-1] + ("A" if secret[-1] != "A" else "B")) is None
    assert receipt_for(number="000000000", secret=secret) is None
    assert receipt_for(number="", secret="") is None
    assert set(secret) <= set(LETTERS)


def test_one_cannot_look_up_with_what_the_ledger_holds(cast: Cast):
    first = said(cast)
    row = first.receipt.feedback
    for found in (row.source_id, first.receipt.digest, str(row.pk)):
        assert receipt_for(number=first.receipt.number, secret=found) is None


def test_more_words_and_answers_stand_in_one_thread_each_once(cast: Cast):
    first, id = said(cast).receipt, uuid.uuid7()
    more = actions.add_words(receipt=first, text="On Friday, too.", id=id, now=NOW)
    assert actions.add_words(receipt=first, text="On Friday, too.", id=id, now=NOW) == more
    with pytest.raises(actions.IdTaken):
        actions.answer(feedback=first.feedback, text="Yes.", id=id, by=cast.olga, now=NOW)
    with pytest.raises(actions.NoWords):
        actions.add_words(receipt=first, text=" ", id=uuid.uuid7(), now=NOW)
    assert [(one.verbatim.text, one.by) for one in Message.objects.all()] == [("On Friday, too.", None)]


def test_an_answer_goes_by_mail_only_where_an_address_was_left(cast: Cast):
    silent, asking = said(cast).receipt, said(cast).receipt
    actions.ask_for_answer(receipt=asking, email="a@home.example", now=NOW)
    for one in (silent, asking):
        actions.answer(feedback=one.feedback, text="Thank you.", id=uuid.uuid7(), by=cast.olga, now=NOW)
    assert (silent.outgoing.count(), asking.outgoing.count()) == (0, 1)


def test_taken_back_it_is_gone_from_every_list_and_count(cast: Cast):
    issue_of(cast, "Tills are closed", "till was closed")
    receipt = said(cast).receipt
    actions.ask_for_answer(receipt=receipt, email="a@home.example", now=NOW)
    actions.answer(feedback=receipt.feedback, text="Thanks.", id=uuid.uuid7(), by=cast.olga, now=NOW)
    drain(now=NOW)
    see(person=cast.olga, depth="reading", feedback=receipt.feedback, now=NOW)
    assert mentions_of(receipt.feedback) != []
    for _ in range(2):
        actions.withdraw(feedback=receipt.feedback, now=NOW + timedelta(hours=1))
    drain(now=NOW + timedelta(hours=1))
    receipt.refresh_from_db()
    row = receipt.feedback
    assert (receipt.email, receipt.withdrawn_at) == ("", NOW + timedelta(hours=1))
    assert not Feedback.objects.standing().exists()
    assert (row.mentions.count(), row.sightings.count(), receipt.outgoing.count()) == (0, 0, 0)
    assert Event.objects.filter(kind="feedback.withdrawn").count() == 1
    for refused in (
        lambda: actions.add_words(receipt=receipt, text="More", id=uuid.uuid7(), now=NOW),
        lambda: actions.ask_for_answer(receipt=receipt, email="b@home.example", now=NOW),
        lambda: actions.answer(feedback=row, text="Oh", id=uuid.uuid7(), by=cast.olga, now=NOW),
    ):
        with pytest.raises(actions.Withdrawn):
            refused()


def test_what_was_taken_back_before_it_was_sorted_is_not_sorted(cast: Cast):
    issue_of(cast, "Tills are closed", "till was closed")
    receipt = said(cast).receipt
    actions.withdraw(feedback=receipt.feedback, now=NOW)
    drain(now=NOW)
    assert receipt.feedback.mentions.count() == 0


def test_erased_and_sent_once_more_it_is_not_said_again(cast: Cast):
    id = uuid.uuid7()
    first = said(cast, id=id)
    erase_receipt(receipt=first.receipt, by=None, now=NOW)
    assert said(cast, id=id) == first
    assert [one.text for one in Verbatim.objects.all()] == [""]


def test_the_wish_to_be_forgotten_is_one_wish_with_a_last_day(cast: Cast):
    receipt = said(cast, id=ID).receipt
    carried = {"number": receipt.number, "secret": secret_of(ID)}
    for _ in range(2):
        assert (
            "Your words will be erased by" in Client().post(reverse("say:forget"), carried).content.decode()
        )
    assert Erasure.objects.get().receipt == receipt


def test_the_page_takes_it_without_a_cookie_and_shows_the_receipt_once_more_when_sent_again(cast: Cast):
    body = form()
    client = Client(enforce_csrf_checks=True)
    first, again = (client.post("/c/say/", body) for _ in range(2))
    assert (first.status_code, first.headers["Cache-Control"], len(client.cookies)) == (200, "no-store", 0)
    assert first.context["said"] == again.context["said"]
    assert Feedback.objects.get().unit == cast.root
    other = client.post("/c/say/", body | {"text": "In other words."})
    assert "You had sent this before" in other.content.decode()
    assert other.context["form"]["id"].value() != body["id"]
    assert client.post("/c/say/", form("Text", kind="")).context["form"].errors["kind"] == [
        "Please choose one of these."
    ]


def test_a_place_speaks_its_own_language_to_who_asks_for_none_of_ours(cast: Cast):
    door(cast, code="k7mqp2", languages=["fr"])
    for header, language in (("", "fr"), ("it", "fr"), ("nl", "nl")):
        response = Client().get("/c/say/k7mqp2/", headers={"accept-language": header})
        assert (response.headers["Content-Language"], f'lang="{language}"' in response.content.decode()) == (
            language, True,
        )  # fmt: skip


def test_a_closed_place_leads_to_the_general_page(cast: Cast):
    place = door(cast, code="k7mqp2")
    actions.close_place(place=place, by=cast.mina, now=NOW)
    response = Client().get("/c/say/k7mqp2/")
    assert (response.status_code, 'href="/c/say/"' in response.content.decode()) == (404, True)
    actions.open_again(place=place, by=cast.mina, now=NOW)
    assert Client().get("/c/say/K7MQP2/kiosk/").headers["Cache-Control"] == "no-store"


def test_after_a_burst_a_little_work_or_a_little_patience_is_asked(cast: Cast, clock: Clock):  # noqa: F811  (the same)
    choose(cast, say_calm_per_address=2)
    assert [sent(form()).status_code for _ in range(2)] == [200, 200]
    body = form("Not lost.")
    asked = sent(body)
    task = asked.context["task"]
    assert (asked.status_code, asked.headers["Retry-After"], task.wait) == (429, "20", 20)
    assert "Not lost." in asked.content.decode()
    number = next(str(n) for n in range(1, 10**7) if proof.solves(task.token, str(n), task.bits))
    assert sent(body | {"token": task.token, "number": number}).status_code == 200
    patient = form("Neither is this.")
    token = sent(patient).context["task"].token
    assert sent(patient | {"token": token}).context["task"].wait == 40
    clock.wait(seconds=35)
    assert sent(patient | {"token": token}).context["task"].wait == 5
    clock.wait(seconds=6)
    assert sent(patient | {"token": token}).status_code == 200
    assert Feedback.objects.count() == 4


def test_a_flood_from_one_address_is_cut_and_others_are_not(cast: Cast):
    choose(cast, say_calm_per_address=2, say_most_per_address=4)
    answers = [sent(form()) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200, 200, 429, 429, 429, 429]
    assert [answer.context["too_many"] for answer in answers[2:]] == [False, False, True, True]
    assert sent(form(), address="198.51.100.4").status_code == 200
    assert Feedback.objects.count() == 3


def test_a_busy_place_asks_for_a_little_work_wherever_they_send_from(cast: Cast):
    choose(cast, say_calm_per_place=2)
    door(cast, code="k7mqp2")
    from_everywhere = [sent(form(), "/c/say/k7mqp2/", f"198.51.{n}.1").status_code for n in range(3)]
    assert from_everywhere == [200, 200, 429]
    assert sent(form(), address="198.51.7.1").status_code == 200


def test_who_fills_in_what_nobody_sees_has_to_show_that_they_are_human(cast: Cast):
    trapped = sent(form(website="https://spam.example"))
    assert (trapped.status_code, trapped.context["task"].bits) == (429, 16)
    assert Feedback.objects.count() == 0


@override_settings(TRUSTED_PROXIES=[])
def test_who_makes_up_addresses_is_cut_all_the_same(cast: Cast):
    choose(cast, say_calm_per_address=2)
    answers = [sent(form(), x_forwarded_for=f"198.51.{n}.1").status_code for n in range(3)]
    assert answers == [200, 200, 429]


def test_looking_up_is_counted_by_number_and_by_address(cast: Cast):
    choose(cast, look_ups_per_number=3, look_ups_per_address=5)
    number = said(cast).receipt.number

    def tried(number: str, address: str) -> int:
        body = {"number": number, "secret": "AAAA"}
        return Client().post(reverse("say:look"), body, REMOTE_ADDR=address).status_code

    assert [tried(number, f"192.0.{n}.1") for n in range(4)] == [200, 200, 200, 429]
    assert [tried(str(n), "198.51.100.1") for n in range(6)] == [200] * 5 + [429]


def test_a_receipt_opened_bare_leads_to_where_number_and_secret_are_typed(cast: Cast):
    for name in ("add", "answer_me", "take_back", "forget"):
        assert Client().get(f"{reverse(f'say:{name}')}?in=fr").url == "/c/say/look/?in=fr"


def test_forms_of_a_receipt_say_what_is_missing(cast: Cast):
    first = said(cast)
    carried = {"number": first.receipt.number, "secret": first.secret}
    nothing = Client().post(reverse("say:add"), carried | {"id": str(uuid.uuid7())})
    assert "Please write a few words." in nothing.content.decode()
    wrong = Client().post(reverse("say:answer_me"), carried | {"email": "me@"})
    assert "This does not look like an e-mail address." in wrong.content.decode()
    assert "The address is deleted." in Client().post(reverse("say:answer_me"), carried).content.decode()
    empty = Client().post(reverse("say:look"), {})
    assert (empty.status_code, empty.context["form"].errors.keys()) == (200, {"number", "secret"})
    actions.withdraw(feedback=first.receipt.feedback, now=NOW)
    late = Client().post(reverse("say:add"), carried | {"id": str(uuid.uuid7()), "text": "More"})
    assert "You took it back on" in late.content.decode()
    late = Client().post(reverse("say:answer_me"), carried | {"email": "me@home.example"})
    assert "You took it back on" in late.content.decode()


def test_on_a_screen_in_the_shop_nothing_is_remembered(cast: Cast):
    door(cast, code="k7mqp2")
    page = sent(form(), "/c/say/k7mqp2/kiosk/").content.decode()
    assert 'autocomplete="email"' not in page
    assert 'name="kiosk" value="k7mqp2"' in page


def test_places_are_counted_lately_and_closed_ones_come_last(cast: Cast):
    within = rights_of(cast.mina, NOW).within(Right.OPEN_PLACES)
    old, new = door(cast, "Old door"), door(cast, "New door")
    said(cast, place=new)
    said(cast, place=new, now=NOW - timedelta(days=40))
    actions.withdraw(feedback=said(cast, place=new).receipt.feedback, now=NOW)
    actions.close_place(place=old, by=cast.mina, now=NOW)
    found = places(within=within, now=NOW)
    assert [(place.name, place.lately) for place in found] == [("New door", 1), ("Old door", 0)]
