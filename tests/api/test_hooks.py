"""Another system tells us: signed, in time, and once."""

import json
import time

import pytest
from django.test import Client

from coalface.edges.webhooks import signature
from coalface.records.models import Feedback, InboundHook
from coalface.worker.actions.webhooks import add_inbound, stop_inbound
from tests.api import NOBODY
from tests.people import NOW

SAID = {"no": 7, "answer": {"text": "Too dark."}, "sort": "idea", "score": 3}


@pytest.fixture
def hook(cast) -> InboundHook:
    """The shop's survey tool."""
    mapping = {"id": "no", "text": "answer.text", "kind": "sort", "nps": "score"}
    return add_inbound(name="Shop", source="shop", unit=cast.north, mapping=mapping, by=cast.ada, now=NOW)


def tell(hook: InboundHook, said: object = SAID, ago: int = 0, **more: str) -> tuple[int, dict]:
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    at = int(time.time()) - ago
    signed = f"v1,old {signature(hook.secret, 'msg_1', at, body)}"
    headers = {"webhook-id": "msg_1", "webhook-timestamp": str(at), "webhook-signature": signed} | more
    answer = Client(enforce_csrf_checks=True).post(
        f"/api/hooks/{hook.pk}", body, content_type="application/json", headers=headers
    )
    return answer.status_code, answer.json()


def test_it_is_taken_in_by_the_mapping(cast, hook):
    assert tell(hook) == (201, {"code": "taken_in"})
    one = Feedback.objects.get()
    assert (one.source, one.source_id, one.kind, one.verbatim.text, one.nps, one.unit, one.channel) == (
        "shop", "7", "idea", "Too dark.", 3, cast.north, "hook",
    )  # fmt: skip


def test_the_same_message_again_is_a_replay_and_signed_anew_it_is_there_already(hook):
    same = {"ago": 10}
    assert tell(hook, **same) == (201, {"code": "taken_in"})
    assert tell(hook, ago=20) == (200, {"code": "already_there"})
    at = int(time.time())
    signed = signature(hook.secret, "msg_1", at, b'{"no": 8}')
    again = {"webhook-timestamp": str(at), "webhook-signature": signed}
    assert tell(hook, b'{"no": 8}', **again)[0] == 201
    assert tell(hook, b'{"no": 8}', **again) == (409, {"code": "replayed"})
    assert Feedback.objects.count() == 2


def test_other_words_under_its_id_overwrite_nothing(hook):
    tell(hook)
    late = tell(hook, SAID | {"answer": {"text": "Quite bright."}})
    assert late == (409, {"code": "other_words", "fields": ["id"]})
    assert Feedback.objects.get().verbatim.text == "Too dark."


def test_an_unknown_kind_is_a_complaint(hook):
    assert tell(hook, SAID | {"sort": "shout"})[0] == 201
    assert Feedback.objects.get().kind == "complaint"


FORGED = [
    {"webhook-signature": "v1,AAAA"},
    {"webhook-signature": "\u00e9"},
    {"webhook-id": "msg_2"},
    {"webhook-timestamp": "1"},
]


@pytest.mark.parametrize("forged", FORGED, ids=str)
def test_what_is_not_signed_is_not_taken(hook, forged):
    assert tell(hook, **forged) == (401, {"code": "bad_signature"})


@pytest.mark.parametrize("ago", [310, -310])
def test_what_comes_too_late_or_too_early(hook, ago):
    assert tell(hook, ago=ago) == (401, {"code": "too_old"})


def test_nobody_tells_where_nobody_listens(cast, hook):
    stop_inbound(hook=hook, by=cast.ada, now=NOW)
    assert tell(hook) == (404, {"code": "not_there"})
    hook.pk = NOBODY
    assert tell(hook) == (404, {"code": "not_there"})


WRONG = [
    (b"{", 400, {"code": "unreadable"}),
    (b"[]", 422, {"code": "missing", "fields": ["id"]}),
    (b'{"no": 7, "answer": 3, "score": 99}', 422, {"code": "invalid", "fields": ["nps"]}),
    (b'"' + b"a" * 300_000 + b'"', 413, {"code": "too_large"}),
]


@pytest.mark.parametrize(("said", "status", "told"), WRONG, ids=range(len(WRONG)))
def test_what_cannot_be_is_named(hook, said, status, told):
    assert tell(hook, said) == (status, told)
    assert not Feedback.objects.exists()
