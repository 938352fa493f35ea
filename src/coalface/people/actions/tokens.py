"""What a program signs in with: made once, shown once, revoked at any time."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from coalface.people.queries import digest_of
from coalface.permissions import SCOPES
from coalface.records.history import note
from coalface.records.models import ApiToken, Person

BEGINS: Final = "cf_"
SHOWN: Final = 8


class NoSuchScope(ValueError):
    """A token is narrowed to nothing, or to something that does not exist."""


class AlreadyOver(ValueError):
    """The day on which the token would end is not in the future."""


class TokenRevoked(Exception):
    """The token opens nothing any more."""


@dataclass(frozen=True, slots=True)
class MadeToken:
    """The token as it is kept, and the secret, which is kept nowhere."""

    token: ApiToken
    secret: str


@transaction.atomic
def make_token(
    *, name: str, scopes: Sequence[str], expires_on: date | None, by: Person, now: datetime
) -> MadeToken:
    """Make a token for one's own rights, narrowed to scopes; nobody makes one for somebody else."""
    if not scopes or set(scopes) - set(SCOPES):
        raise NoSuchScope(*scopes)
    if expires_on and expires_on <= timezone.localdate(now):
        raise AlreadyOver(expires_on)
    secret = BEGINS + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        name=name,
        person=by,
        hint=secret[:SHOWN],
        digest=digest_of(secret),
        scopes=sorted(set(scopes)),
        made_by=by,
        made_at=now,
        expires_on=expires_on,
    )
    note("token.made", about=token, by=by, at=now)
    return MadeToken(token, secret)


@transaction.atomic
def revoke_token(*, token: ApiToken, by: Person, now: datetime) -> ApiToken:
    """Let a token open nothing from now on; it stays readable that there was one."""
    held = ApiToken.objects.select_for_update().get(pk=token.pk)
    if held.revoked_at:
        raise TokenRevoked(token)
    held.revoked_at = now
    held.save(update_fields=["revoked_at"])
    note("token.revoked", about=held, by=by, at=now)
    return held


def mark_used(*, token: ApiToken, on: date) -> None:
    """Keep the day on which a token was last used, written at most once a day."""
    if token.used_on != on:
        ApiToken.objects.filter(pk=token.pk).exclude(used_on=on).update(used_on=on)
