"""How each operation of the API names the right it needs, and the scope by which a program may use it."""

from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from ninja.utils import check_csrf

from coalface.people.actions.tokens import mark_used
from coalface.people.queries import digest_of
from coalface.permissions import Anyone, Right, rights_of
from coalface.policies import number
from coalface.records.models import ApiToken
from coalface.shell.throttle import budget_of, too_many_of

from .answers import Refused

READING = ("GET", "HEAD", "OPTIONS")
# A phone that was in a cellar all day sends everything at once; a program gone wild sends it forever.
MOST, WITHIN_SECONDS = 3_000, 300
A_MINUTE: Final = 60
ANY: Final = "any"  # every token will do, whatever its scopes


def _floods(request: HttpRequest) -> bool:
    return too_many_of(request.user, what="api", most=MOST, seconds=WITHIN_SECONDS, now=timezone.now())


class needs:  # noqa: N801  (it reads like the decorator of pages)
    """As for a page: signed in and with the right; what changes something also carries the CSRF token.

    A program brings a token instead: it may what its person may, if one of the token's scopes passes it on.
    """

    def __init__(self, right: Right | Anyone, scope: str = "", *, only_tokens: bool = False) -> None:
        self.right, self.scope, self.only_tokens = right, scope, only_tokens

    def __call__(self, request: HttpRequest) -> bool:
        if isinstance(self.right, Anyone):
            return True
        kind, _, secret = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() == "bearer":
            self._admit_program(request, secret.strip())
        elif not self._admit_person(request):
            return False
        if not request.rights.has(self.right):
            raise PermissionDenied(self.right)
        return True

    def _admit_person(self, request: HttpRequest) -> bool:
        if not request.user.is_authenticated:
            return False
        if self.only_tokens:
            raise Refused(403, "only_tokens")
        if request.method not in READING and check_csrf(request):
            raise Refused(403, "csrf")
        if request.method == "PUT" and _floods(request):
            raise Refused(429, "too_many")
        request.person, request.token = request.user.person, None
        request.rights = rights_of(request.person, timezone.now())
        return True

    def _admit_program(self, request: HttpRequest, secret: str) -> None:
        now = timezone.now()
        today = timezone.localdate(now)
        held = ApiToken.objects.in_force(today).select_related("person")
        token = held.filter(digest=digest_of(secret)).first()
        if token is None or token.person.has_left(today):
            raise Refused(401, "bad_token")
        most = int(number("api_calls_a_minute"))
        request.budget = budget_of(f"api-token-{token.pk}", most=most, seconds=A_MINUTE, now=now)
        if request.budget.spent:
            raise Refused(429, "too_many")
        if self.scope != ANY and self.scope not in token.scopes:
            raise Refused(403, "no_scope", wanted=[self.scope] if self.scope else [])
        mark_used(token=token, on=today)
        request.person, request.token = token.person, token
        request.rights = rights_of(token.person, now)


SECURITY: Final[dict[str, Any]] = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token of /people/tokens/, narrowed to scopes.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "sessionid",
        "description": "Somebody who is signed in; what writes also carries X-CSRFToken.",
    },
}


def security_of(one: needs) -> list[dict[str, list[str]]]:
    """The ways in, as OpenAPI names them."""
    if isinstance(one.right, Anyone):
        return []
    by_token = [{"token": [one.scope]}] if one.scope else []
    return by_token if one.only_tokens else [*by_token, {"session": []}]
