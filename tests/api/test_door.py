"""Who comes to the door with what: every refusal is an answer with a code."""

import json

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from coalface.api.rights import MOST, WITHIN_SECONDS
from coalface.people.actions import leave
from coalface.records.models import Remark
from tests.api import Phone, fresh, remark
from tests.meet import LATER, held
from tests.people import NOW
from tests.shell.counting import already


@pytest.fixture
def olga(cast):
    """Olga's phone."""
    return Phone(cast.olga)


WRITES = ["encounters", "remarks", "feedback", "photos"]
UNSEEN = {"code": "signed_out"}


@pytest.mark.django_db
@pytest.mark.parametrize("noun", WRITES)
def test_whoever_is_not_signed_in_is_told_so_before_anything_else(noun):
    assert Phone().put(fresh(noun), b"\xff{") == (401, UNSEEN)


@pytest.mark.parametrize("noun", WRITES)
def test_a_session_that_was_revoked_is_no_page_to_sign_in(olga, noun):
    Session.objects.all().delete()
    assert olga.put(fresh(noun), {}) == (401, UNSEEN)
    assert olga.get(fresh("photos")) == (401, UNSEEN)
    assert olga.patch(fresh("photos"), b"") == (401, UNSEEN)
    assert olga.session()["signed_in"] is False


@pytest.mark.parametrize("noun", WRITES)
def test_nothing_is_written_without_the_token(olga, noun):
    for token in ("", "x", "a" * 64):
        assert olga.put(fresh(noun), {}, **{"X-CSRFToken": token}) == (403, {"code": "csrf"})
    assert olga.patch(fresh("photos"), b"", **{"X-CSRFToken": ""}) == (403, {"code": "csrf"})


def test_who_has_left_may_write_nothing(cast, olga):
    met = held(cast)
    leave(person=cast.olga, on=NOW.date(), by=cast.mina, now=LATER)
    assert olga.put(fresh("remarks"), remark(met)) in [(401, UNSEEN), (403, {"code": "not_yours"})]
    assert Remark.objects.count() == 0


@pytest.mark.parametrize("noun", WRITES)
def test_on_a_shared_phone_nobody_sends_what_is_anothers(cast, olga, noun):
    body = {"account": Phone(cast.fay).knows["account"]}
    assert olga.put(fresh(noun), body) == (409, {"code": "other_account"})


@pytest.mark.parametrize("noun", WRITES)
def test_an_app_too_old_is_told_before_its_body_is_judged(olga, settings, noun):
    settings.CAPTURE_SCHEMA = settings.OLDEST_CAPTURE_SCHEMA = 3
    old = (426, {"code": "app_too_old", "oldest_schema": 3})
    assert olga.put(fresh(noun), {"schema": 2, "what": "ever"}) == old
    assert olga.put(fresh(noun), {"schema": -(10**30)}) == old
    assert olga.put(fresh(noun), {"schema": 4}) == (503, {"code": "server_too_old"})
    knows = olga.session()
    assert (knows["schema"], knows["oldest_schema"]) == (3, 3)


UNREADABLE = [
    b"{",
    b"\xff\xfe",
    b'{"text": "\xc3"}',
    b"[" * 100_000,
    b'{"schema": ' + b"9" * 5000 + b"}",
]


@pytest.mark.parametrize("noun", WRITES)
@pytest.mark.parametrize("body", UNREADABLE, ids=range(len(UNREADABLE)))
def test_what_cannot_be_read(olga, noun, body):
    assert olga.put(fresh(noun), body) == (400, {"code": "unreadable"})


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b"7", b'"x"', b"NaN", b"[[[]]]"])
def test_what_is_no_body(olga, body):
    assert olga.put(fresh("remarks"), body) == (422, {"code": "invalid", "fields": ["body"]})


def test_a_body_may_be_only_so_large(cast, olga):
    body = json.dumps(remark(held(cast), text="a" * 3_000_000))
    assert olga.put(fresh("remarks"), body) == (413, {"code": "too_large"})
    assert olga.patch(fresh("photos"), bytes(3_000_000), **{"Upload-Offset": "0"}) == (
        413,
        {"code": "too_large"},
    )


@pytest.mark.parametrize("verb", ["post", "delete", "patch"])
def test_other_verbs_are_not_allowed(olga, verb):
    answer = getattr(olga.client, verb)(
        f"/api/{fresh('remarks')}", headers={"X-CSRFToken": olga.knows["csrf"]}
    )
    assert (answer.status_code, set(answer.headers["Allow"].split(", "))) == (405, {"GET", "PUT"})


def test_the_door_shows_no_pages(olga):
    for address in ("/api/", "/api/nothing"):
        assert olga.client.get(address).status_code == 404


def test_a_program_gone_wild_is_told_to_wait(cast):
    met, olga, now = held(cast), Phone(cast.olga), timezone.now()
    already(f"api-account-{cast.olga.account.pk}", MOST - 1, seconds=WITHIN_SECONDS, now=now)
    sent = [olga.put(fresh("remarks"), remark(met, sequence=n))[0] for n in range(2)]
    assert sent in ([201, 429], [201, 201])  # the latter when a new stretch began in between
    assert olga.put(fresh("remarks"), remark(met, sequence=3)) == (429, {"code": "too_many"})
    assert Phone(cast.rolf).put(fresh("remarks"), remark(met))[1] == {"code": "not_yours"}
