"""How each operation of the API names the right it needs."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from ninja.utils import check_csrf

from coalface.permissions import Anyone, Right, rights_of

from .answers import Refused

READING = ("GET", "HEAD", "OPTIONS")


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
        request.person = request.user.person
        request.rights = rights_of(request.person, timezone.now())
        if not request.rights.has(self.right):
            raise PermissionDenied(self.right)
        return True
