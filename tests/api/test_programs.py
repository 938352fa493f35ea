"""A program with a token: it may what its person may, narrowed to scopes, and not too often."""

import pytest
from django.utils import timezone

from coalface.people.actions import grant, leave, revoke
from coalface.people.actions.tokens import revoke_token
from coalface.records.models import ApiToken, Grant, Policy, Role
from tests.api import Phone, Program, fresh
from tests.people import NOW
from tests.shell.counting import already

BAD = (401, {"code": "bad_token"})


def test_it_reads_what_its_scope_passes_on(cast):
    program = Program(cast.fay, "people:read")
    assert program.get("people")[0] == 200
    assert program.get("issues") == (403, {"code": "no_scope", "wanted": ["issues:read"]})
    assert ApiToken.objects.get().used_on == timezone.localdate()


def test_a_scope_passes_on_no_right_that_its_person_has_not(cast):
    assert Program(cast.fay, "feedback:read").get("feedback") == (403, {"code": "not_yours"})
    assert Program(cast.olga, "feedback:read").get("feedback")[0] == 200


def test_it_ends_with_the_grant_that_it_stands_on(cast):
    program = Program(cast.olga, "feedback:read")
    revoke(grant=Grant.objects.get(person=cast.olga), by=cast.ada, now=timezone.now())
    assert program.get("feedback") == (403, {"code": "not_yours"})
    grant(person=cast.olga, role=Role.LEADER, unit=cast.north, by=cast.ada, now=timezone.now())
    assert program.get("feedback")[0] == 200


def test_it_ends_with_its_person(cast):
    program = Program(cast.olga, "people:read")
    leave(person=cast.olga, on=NOW.date(), by=cast.ada, now=NOW)
    assert program.get("people") == BAD


def test_it_ends_when_it_is_revoked_and_on_its_day(cast):
    program = Program(cast.olga, "people:read")
    revoke_token(token=program.token, by=cast.ada, now=NOW)
    assert program.get("people") == BAD
    over = Program(cast.olga, "people:read")
    ApiToken.objects.filter(pk=over.token.pk).update(expires_on=timezone.localdate())
    assert over.get("people") == BAD


@pytest.mark.parametrize("held", ["Bearer cf_guessed", "bearer", "Bearer \u00e9", "Bearer " + "x" * 4000])
def test_what_is_no_token(cast, held):
    program = Program(cast.olga, "people:read")
    program.headers["Authorization"] = held
    answer = program.ask("people")
    assert (answer.status_code, answer.json()) == BAD
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Coalface"'


def test_a_token_beside_a_session_counts_and_wants_no_csrf(cast):
    phone, program = Phone(cast.olga), Program(cast.fay, "people:read")
    asked = phone.client.get("/api/customers", headers=program.headers)
    assert asked.json() == {"code": "no_scope", "wanted": ["customers:read"]}
    writes = Program(cast.mina, "customers:write")
    assert writes.put("customers/by-reference/7", {"name": "Uma"})[0] == 201


def test_what_phones_send_wants_a_person(cast):
    program = Program(cast.olga, "feedback:write", "feedback:read")
    assert program.put(fresh("feedback"), {}) == (403, {"code": "no_scope", "wanted": []})
    assert program.get(fresh("photos")) == (403, {"code": "no_scope", "wanted": []})


def test_somebody_signed_in_reads_the_same_and_writes_with_the_token_of_the_session(cast):
    phone = Phone(cast.mina)
    assert phone.get("customers")[0] == 200
    address, body = "/api/customers/by-reference/7", '{"name": "Uma"}'
    refused = phone.client.put(address, body, content_type="application/json")
    assert (refused.status_code, refused.json()) == (403, {"code": "csrf"})
    written = phone.client.put(
        address, body, content_type="application/json", headers={"X-CSRFToken": phone.knows["csrf"]}
    )
    assert written.status_code == 201
    assert Phone().get("customers") == (401, {"code": "signed_out"})


def test_each_answer_says_what_is_left_and_a_program_gone_wild_waits(cast):
    Policy.objects.create(key="api_calls_a_minute", value=2, set_by=cast.ada, set_at=NOW)
    program = Program(cast.olga, "people:read")
    who = f"api-token-{program.token.pk}"
    already(who, 0, seconds=60, now=timezone.now())
    first = program.ask("people")
    assert (first.headers["RateLimit-Limit"], first.headers["RateLimit-Remaining"]) == ("2", "1")
    assert 0 < int(first.headers["RateLimit-Reset"]) <= 60
    already(who, 2, seconds=60, now=timezone.now())
    last = program.ask("people")
    assert (last.status_code, last.json()) == (429, {"code": "too_many"})
    assert last.headers["Retry-After"] == last.headers["RateLimit-Reset"]
    assert last.headers["RateLimit-Remaining"] == "0"


def test_answers_are_kept_by_no_proxy(cast):
    assert Program(cast.olga, "people:read").ask("people").headers["Cache-Control"] == "private, no-cache"
