"""Telling another system: signed, out in the world only, and never where somebody redirects us."""

import base64
import hmac
import socket
from hashlib import sha256

import pytest

from coalface.edges.webhooks import NotDelivered, Place, deliver, looked_up, new_secret, signature
from tests.edges.listener import listening

GIVEN = {"secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "id": "msg_1", "timestamp": 1614265330}


def test_the_signature_is_the_one_of_standard_webhooks():
    """The example of the specification's own libraries."""
    given = {"secret": GIVEN["secret"], "id": "msg_p5jXN8AQM9LWM0D4loKWxJek", "timestamp": 1614265330}
    body = b'{"test": 2432232314}'
    assert signature(body=body, **given) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_secrets_are_long_and_each_is_another():
    one, other = new_secret(), new_secret()
    assert one != other and len(base64.b64decode(one.removeprefix("whsec_"))) == 32 and len(one) <= 64


def test_it_arrives_signed(settings):
    settings.WEBHOOKS_TO_PRIVATE = True
    with listening() as other:
        assert deliver(address=other.address, body=b"{}", **GIVEN) == 204
    path, headers, body = other.heard[0]
    key = base64.b64decode(GIVEN["secret"].removeprefix("whsec_"))
    wanted = base64.b64encode(hmac.new(key, b"msg_1.1614265330.{}", sha256).digest()).decode()
    assert (path, body) == ("/told?by=us", b"{}")
    assert headers["webhook-signature"] == f"v1,{wanted}"
    assert (headers["webhook-id"], headers["webhook-timestamp"]) == ("msg_1", "1614265330")


ANSWERS = [(302, "redirected", False), (410, "gone", True), (500, "refused", False), (404, "refused", False)]


@pytest.mark.parametrize(("status", "kind", "for_good"), ANSWERS, ids=str)
def test_any_other_answer_is_none(settings, status, kind, for_good):
    settings.WEBHOOKS_TO_PRIVATE = True
    with listening() as other:
        other.status = status
        with pytest.raises(NotDelivered) as refused:
            deliver(address=other.address, body=b"{}", **GIVEN)
    assert (refused.value.kind, refused.value.status, refused.value.for_good) == (kind, status, for_good)
    assert len(other.heard) == 1


def test_nobody_there(settings):
    settings.WEBHOOKS_TO_PRIVATE = True
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(NotDelivered, match="not_reached"):
        deliver(address=f"http://127.0.0.1:{port}/", body=b"{}", **GIVEN)


PRIVATE = [
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://localhost/",
    "https://[::1]/",
    "https://[::ffff:10.0.0.1]/",
    "https://[64:ff9b::a00:1]/",
    "https://[2002:a00:1::]/",
    "https://10.1.2.3/",
    "https://172.16.0.1/",
    "https://192.168.1.1/",
    "https://169.254.169.254/latest/",
    "https://100.64.0.1/",
    "https://0.0.0.0/",
    "https://224.0.0.1/",
    "https://[fe80::1]/",
    "https://[fd00::1]/",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_our_own_network_is_told_nothing(address):
    with pytest.raises(NotDelivered, match="private_address") as refused:
        looked_up(address)
    assert refused.value.for_good


NO_ADDRESS = [
    "http://93.184.215.14/",
    "ftp://93.184.215.14/",
    "https://",
    "https://a:b@93.184.215.14/",
    "https://93.184.215.14:99999/",
    "https://[::1/",
    "nonsense",
]


@pytest.mark.parametrize("address", NO_ADDRESS)
def test_what_is_no_address(address):
    with pytest.raises(NotDelivered, match="no_address"):
        looked_up(address)


def test_out_in_the_world():
    place = looked_up("https://93.184.215.14:8443/a?b=c")
    assert place == Place("https", "93.184.215.14", 8443, "/a?b=c", "93.184.215.14")


def test_nobody_knows_the_name():
    with pytest.raises(NotDelivered, match="unknown_host"):
        looked_up("https://nowhere.invalid/")
