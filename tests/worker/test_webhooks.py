"""Other systems are told what happened, once, in ids; what cannot be delivered waits for a person."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from coalface.act.actions import open_fix
from coalface.hear.actions import OURS
from coalface.people.actions import grant
from coalface.records.history import note
from coalface.records.models import Delivery, InboundHook, Lane, Role, SeenSignature, Webhook
from coalface.understand.actions import propose_issue
from coalface.worker.actions import expand
from coalface.worker.actions.webhooks import (
    PAUSED_AFTER_FAILURES,
    AddressRefused,
    AlreadyStopped,
    NoSuchKind,
    add_inbound,
    add_webhook,
    forget_keys,
    renew_secret,
    retry_delivery,
    send_deliveries,
    start_webhook,
    stop_inbound,
    stop_webhook,
    try_webhook,
)
from tests.edges.listener import listening
from tests.meet import count
from tests.people import NOW, client_for

SOON = NOW + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def our_own_network(settings):
    """The other system stands on this machine."""
    settings.WEBHOOKS_TO_PRIVATE = True


@pytest.fixture
def other():
    """Another system."""
    with listening() as listener:
        yield listener


def told(cast, address: str, *kinds: str) -> Webhook:
    return add_webhook(name="CRM", address=address, kinds=kinds or ["fix.opened"], by=cast.ada, now=NOW)


def happen(cast, title: str = "Lamps"):
    issue = propose_issue(title="Too dark", kind="product", by=cast.mina, now=NOW)
    given = {"issue": issue, "unit": None, "lane": Lane.THIS_WEEK, "due_on": NOW.date()}
    return open_fix(title=title, owner=cast.sven, by=cast.olga, now=SOON, **given)


def test_an_event_is_told_once_in_ids(cast, other):
    hook, fix = told(cast, other.address), happen(cast)
    expand(now=SOON)
    assert (send_deliveries(now=SOON), send_deliveries(now=SOON)) == (1, 0)
    delivery = Delivery.objects.get()
    _, headers, body = other.heard[0]
    assert json.loads(body) == {
        "type": "fix.opened",
        "timestamp": "2026-03-02T09:01:00+00:00",
        "data": {"about": {"type": "fix", "id": str(fix.pk)}, "ids": []},
    }
    assert headers["webhook-id"] == str(delivery.pk)
    assert (delivery.sent_at, delivery.status, delivery.tries, delivery.error) == (SOON, 204, 1, "")
    assert hook.secret.encode() not in body and b"Lamps" not in body


def test_only_of_what_was_asked_for_and_from_then_on(cast, other):
    note("fix.opened", about=cast.north, by=None, at=NOW - timedelta(days=1))
    told(cast, other.address, "fix.judged")
    happen(cast)
    expand(now=SOON)
    assert not Delivery.objects.exists()


def test_what_fails_is_tried_again_later_and_then_given_up(cast, other):
    other.status = 500
    told(cast, other.address)
    happen(cast)
    expand(now=SOON)
    moment = SOON
    for tries in range(1, 7):
        assert send_deliveries(now=moment) == 0
        delivery = Delivery.objects.get()
        assert (delivery.tries, delivery.status, delivery.error) == (tries, 500, "refused")
        assert delivery.due_at == moment + timedelta(minutes=2**tries)
        moment = delivery.due_at
    assert delivery.gave_up_at and send_deliveries(now=moment + timedelta(days=9)) == 0
    other.status = 200
    retry_delivery(delivery=delivery, by=cast.ada, now=moment)
    assert send_deliveries(now=moment) == 1


def test_where_nobody_is_there_any_more_it_pauses(cast, other):
    other.status = 410
    hook = told(cast, other.address)
    happen(cast)
    expand(now=SOON)
    send_deliveries(now=SOON)
    hook.refresh_from_db()
    assert hook.stopped_at == SOON
    other.status = 204
    happen(cast)
    expand(now=SOON)
    assert send_deliveries(now=SOON) == 0
    start_webhook(webhook=hook, by=cast.ada, now=SOON)
    assert send_deliveries(now=SOON) == 1


def test_after_several_given_up_in_a_row_it_pauses(cast, other):
    hook = told(cast, other.address)
    for number in range(PAUSED_AFTER_FAILURES):
        try_webhook(webhook=hook, by=cast.ada, now=NOW + timedelta(seconds=number))
    Delivery.objects.update(tries=5)
    other.status = 500
    send_deliveries(now=SOON)
    hook.refresh_from_db()
    assert (hook.stopped_at, Delivery.objects.filter(gave_up_at=SOON).count()) == (SOON, 5)


def test_what_can_be_told_and_whom(cast, other, settings):
    for kinds in ([], ["account.opened"]):
        with pytest.raises(NoSuchKind):
            add_webhook(name="x", address=other.address, kinds=kinds, by=cast.ada, now=NOW)
    settings.WEBHOOKS_TO_PRIVATE = False
    with pytest.raises(AddressRefused, match="no_address"):
        told(cast, other.address)
    with pytest.raises(AddressRefused, match="private_address"):
        told(cast, "https://127.0.0.1/")
    assert not Webhook.objects.exists()


def test_an_address_that_turned_private_meanwhile_is_told_nothing(cast, other, settings):
    hook = told(cast, other.address)
    settings.WEBHOOKS_TO_PRIVATE = False
    Webhook.objects.update(address=f"https://127.0.0.1:{other.port}/")
    try_webhook(webhook=hook, by=cast.ada, now=NOW)
    assert (send_deliveries(now=SOON), other.heard) == (0, [])
    assert Delivery.objects.get().error == "private_address"


def test_it_is_stopped_once(cast, other):
    hook = told(cast, other.address)
    stop_webhook(webhook=hook, by=cast.ada, now=NOW)
    with pytest.raises(AlreadyStopped):
        stop_webhook(webhook=hook, by=cast.ada, now=NOW)


def test_old_signatures_are_forgotten(cast):
    mapping = {"id": "id", "text": "text"}
    hook = add_inbound(name="x", source="x", unit=cast.north, mapping=mapping, by=cast.ada, now=NOW)
    for hours in (0, 2):
        SeenSignature.objects.create(hook=hook, signature=str(hours), at=NOW - timedelta(hours=hours))
    assert forget_keys(now=NOW) == 1
    before = hook.secret
    assert renew_secret(hook=hook, by=cast.ada, now=NOW) != before
    stop_inbound(hook=hook, by=cast.ada, now=NOW)
    with pytest.raises(AlreadyStopped):
        stop_inbound(hook=hook, by=cast.ada, now=NOW)


def test_the_pages(cast, other):
    ada = client_for(cast.ada)
    address = reverse("worker:webhooks")
    made = ada.post(address, {"name": "CRM", "address": other.address, "kinds": ["fix.judged"]})
    hook = Webhook.objects.get()
    assert (made.status_code, made.context["secret"], made.headers["Cache-Control"]) == (
        200, hook.secret, "no-store",
    )  # fmt: skip
    assert hook.secret not in ada.get(address).content.decode()
    page = reverse("worker:webhook", args=[hook.pk])
    for verb in ("try_webhook", "stop_webhook", "stop_webhook", "start_webhook"):
        assert ada.post(reverse(f"worker:{verb}", args=[hook.pk])).headers["Location"] == page
    other.status = 410
    send_deliveries(now=Delivery.objects.get().due_at)
    shown = ada.get(page)
    assert "given up" in shown.content.decode()
    assert [*shown.context["kinds"], *(words for _, words in shown.context["rows"])] == [
        "A fix was judged",
        "A trial",
    ]
    retried = ada.post(reverse("worker:retry_delivery", args=[Delivery.objects.get().pk]))
    assert retried.headers["Location"] == page
    assert client_for(cast.olga).get(address).status_code == 403


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://127.0.0.1/", "private network"),
        ("https://nowhere.invalid/", "nobody at this address"),
        ("http://93.184.215.14/", "begins with https"),
    ],
)
def test_an_address_that_cannot_be_told_is_said(cast, settings, address, words):
    settings.WEBHOOKS_TO_PRIVATE = False
    given = {"name": "CRM", "address": address, "kinds": ["fix.judged"]}
    page = client_for(cast.ada).post(reverse("worker:webhooks"), given)
    assert (page.status_code, words in page.content.decode()) == (422, True)


def test_the_pages_of_those_who_tell_us(cast):
    ada = client_for(cast.ada)
    given = {"name": "Shop", "source": "shop", "unit": cast.north.pk, "text": "words", "id": "no", "kind": ""}
    made = ada.post(reverse("worker:add_inbound"), given)
    hook = InboundHook.objects.get()
    assert (made.context["secret"], hook.mapping) == (hook.secret, {"id": "no", "text": "words"})
    renewed = ada.post(reverse("worker:renew_inbound", args=[hook.pk])).context["secret"]
    assert renewed != hook.secret
    for _ in range(2):
        assert ada.post(reverse("worker:stop_inbound", args=[hook.pk])).status_code == 302
    assert ada.post(reverse("worker:add_inbound"), given | {"source": "A B"}).status_code == 422


@pytest.mark.parametrize("source", sorted(OURS))
def test_nobody_tells_us_under_a_name_of_ours(cast, source):
    given = {"name": "x", "source": source, "unit": cast.north.pk, "text": "text", "id": "id"}
    page = client_for(cast.ada).post(reverse("worker:add_inbound"), given)
    assert (page.status_code, InboundHook.objects.count()) == (422, 0)


def test_who_administers_one_place_sees_its_own_alone(cast, other):
    hook = told(cast, other.address)
    mapping = {"id": "id", "text": "text"}
    for name, unit in (("Shop in the north", cast.north), ("Shop in the south", cast.south)):
        add_inbound(name=name, source="x", unit=unit, mapping=mapping, by=cast.ada, now=NOW)
    grant(person=cast.sven, role=Role.ADMINISTRATOR, unit=cast.north, by=None, now=NOW)
    sven, address = client_for(cast.sven), reverse("worker:webhooks")
    page = sven.get(address).content.decode()
    assert [words in page for words in ("in the north", "in the south", other.address)] == [
        True,
        False,
        False,
    ]
    south = InboundHook.objects.get(unit=cast.south)
    of_all = [
        reverse(f"worker:{verb}", args=[hook.pk]) for verb in ("try_webhook", "stop_webhook", "start_webhook")
    ]
    assert [sven.post(one).status_code for one in (address, *of_all)] == [403] * 4
    assert sven.get(reverse("worker:webhook", args=[hook.pk])).status_code == 403
    assert sven.post(reverse("worker:renew_inbound", args=[south.pk])).status_code == 404


def test_the_list_asks_as_often_for_three_as_for_one(cast, other):
    ada, address = client_for(cast.ada), reverse("worker:webhooks")
    told(cast, other.address)
    asked = count(ada, address)
    for _ in range(2):
        told(cast, other.address)
    assert count(ada, address) == asked
