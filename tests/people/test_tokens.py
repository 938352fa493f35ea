"""A program signs in with a token of somebody's: shown once, never more than their rights."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.urls import reverse
from django.utils import timezone

from coalface.people.actions.tokens import (
    AlreadyOver,
    NoSuchScope,
    TokenRevoked,
    make_token,
    mark_used,
    revoke_token,
)
from coalface.records.history import history_of
from coalface.records.models import ApiToken
from tests.meet import count
from tests.people import NOW, client_for


def made(person, *scopes, **more):
    given = {"name": "Till", "expires_on": None, "by": person, "now": NOW} | more
    return make_token(scopes=scopes or ["people:read"], **given)


def test_only_its_digest_is_kept(cast):
    one = made(cast.fay, "people:read", "issues:read", "issues:read")
    kept = ApiToken.objects.get()
    assert (kept.digest, kept.hint) == (sha256(one.secret.encode()).hexdigest(), one.secret[:8])
    assert (kept.person, kept.made_by, kept.scopes) == (cast.fay, cast.fay, ["issues:read", "people:read"])
    assert [(event.kind, event.payload) for event in history_of(kept)] == [("token.made", {})]
    assert one.secret.startswith("cf_") and one.secret not in str(vars(kept))


@pytest.mark.parametrize("scopes", [[], ["fish:read"], ["people:read", "people:write"]], ids=str)
def test_a_token_is_narrowed_to_something_that_exists(cast, scopes):
    with pytest.raises(NoSuchScope):
        make_token(name="x", scopes=scopes, expires_on=None, by=cast.fay, now=NOW)


def test_it_ends_on_a_day_to_come(cast):
    with pytest.raises(AlreadyOver):
        made(cast.fay, expires_on=NOW.date())
    one = made(cast.fay, expires_on=NOW.date() + timedelta(days=1)).token
    assert list(ApiToken.objects.in_force(NOW.date())) == [one]
    assert not ApiToken.objects.in_force(NOW.date() + timedelta(days=1)).exists()


def test_it_is_revoked_once(cast):
    token = made(cast.fay).token
    revoke_token(token=token, by=cast.ada, now=NOW)
    with pytest.raises(TokenRevoked):
        revoke_token(token=token, by=cast.fay, now=NOW)
    assert not ApiToken.objects.in_force(NOW.date()).exists()
    assert [event.by for event in history_of(token)] == [cast.fay, cast.ada]


def test_the_day_of_use_is_written_once_a_day(cast, django_assert_num_queries):
    token = made(cast.fay).token
    with django_assert_num_queries(1):
        mark_used(token=token, on=NOW.date())
    token.refresh_from_db()
    with django_assert_num_queries(0):
        mark_used(token=token, on=NOW.date())


def test_the_page_shows_a_new_token_once_and_only_what_one_may_pass_on(cast):
    fay, address = client_for(cast.fay), reverse("people:tokens")
    offered = dict(fay.get(address).context["form"].fields["scopes"].choices)
    assert set(offered) == {
        "remarks:read",
        "people:read",
        "exposures:read",
        "issues:read",
        "fixes:read",
        "verdicts:read",
        "chains:read",
    }
    answer = fay.post(address, {"name": "Till", "scopes": ["issues:read"], "expires_on": ""})
    secret = answer.context["made"].secret
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert secret in answer.content.decode() and secret not in fay.get(address).content.decode()
    token = ApiToken.objects.get()
    assert token.scopes == ["issues:read"]
    assert fay.get(address).context["rows"] == [(token, ["Read issues"])]


def test_what_the_form_refuses(cast):
    fay, address = client_for(cast.fay), reverse("people:tokens")
    today = timezone.localdate().isoformat()
    answer = fay.post(address, {"name": "", "scopes": ["feedback:read"], "expires_on": today})
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"name", "scopes", "expires_on"})
    assert not ApiToken.objects.exists()


def test_those_who_look_after_people_see_and_revoke_their_tokens(cast):
    token = made(cast.fay).token
    made(cast.gus)
    assert [one.person for one in _seen(cast.fay)] == [cast.fay]
    assert [one.person for one in _seen(cast.sven)] == []
    assert {one.person for one in _seen(cast.ada)} == {cast.fay, cast.gus}
    address = reverse("people:revoke_token", args=[token.pk])
    assert client_for(cast.sven).post(address).status_code == 403
    assert client_for(cast.fay).get(address).status_code == 405
    for _ in range(2):
        assert client_for(cast.ada).post(address).status_code == 302
    token.refresh_from_db()
    assert token.revoked_at


def _seen(person):
    return client_for(person).get(reverse("people:tokens")).context["page"].object_list


def test_the_page_asks_as_often_for_three_tokens_as_for_one(cast):
    ada, address = client_for(cast.ada), reverse("people:tokens")
    made(cast.fay)
    asked = count(ada, address)
    for person in (cast.gus, cast.ada):
        made(person)
    assert count(ada, address) == asked == 8
