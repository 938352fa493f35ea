"""How each operation of the API names the right it needs."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from ninja.utils import check_csrf

from coalface.permissions import Anyone, Right, rights_of
from coalface.shell.throttle import too_many_of

from .answers import Refused

READING = ("GET", "HEAD", "OPTIONS")
# A phone that was in a cellar all day sends everything at once; a program gone wild sends it forever.
MOST, WITHIN_SECONDS = 3_000, 300


def _floods(request: HttpRequest) -> bool:
    return too_many_of(request.user, what="api", most=MOST, seconds=WITHIN_SECONDS, now=timezone.now())


class needs:  # noqa: N801  (it reads like the decorator of pages)
    """As for a page: signed in and with the right; what changes something also carries the CSRF token."""

    def __init__(self, right: Right | Anyone) -> None:
        self.right = right

    def __call__(self, request: HttpRequest) -> bool:
        if isinstance(self.right, Anyone):
            return True
        if not request.user.is_authenticated:
            return False
        if request.method not in READING and check_csrf(request):
            raise Refused(403, "csrf")
        if request.method == "PUT" and _floods(request):
            raise Refused(429, "too_many")
        request.person = request.user.person
        request.rights = rights_of(request.person, timezone.now())
        if not request.rights.has(self.right):
            raise PermissionDenied(self.right)
        return True
