"""Sign-in as Coalface wants it: accounts are made here, never on the web; shared devices lock themselves."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from coalface.policies import numbers
from coalface.records.models import Account, SharedDevice
from coalface.shell.throttle import sender

TILL: Final = "till"
# What a page does by itself keeps no session open; a hand that touches the screen does.
BY_ITSELF: Final = "/api/"
# Not every click is worth a row in the table of sessions.
WRITE_EVERY: Final = 3


class ClosedSignUp(DefaultAccountAdapter):
    """allauth with its sign-up closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """By which allauth counts tries: as everywhere here, believed of our own proxies alone."""
        return sender(request) or "unknown"

    def pre_login(self, request: HttpRequest, user: Account, **more: object) -> HttpResponse | None:
        """The right password of somebody who has left opens nothing; they are told so."""
        if user.person.has_left(timezone.localdate()):
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **more)


class WhoWorksHere(AuthenticationBackend):
    """allauth's own, but nobody who has left comes in, and whoever is in is out from that day on."""

    def user_can_authenticate(self, user: Account) -> bool:
        return super().user_can_authenticate(user) and not user.person.has_left(timezone.localdate())


@dataclass(frozen=True, slots=True)
class Till:
    """A session on a shared device: left alone for so many seconds it locks, and after `left` it ends."""

    device: SharedDevice
    idle: int
    left: int


def till_of(request: HttpRequest, now: datetime) -> Till | None:
    """The session on a shared device, touched by this request – or ended, if its time is over.

    It is bound to the device it began on: without the device's cookie it is good for nothing.
    """
    if not request.user.is_authenticated:
        return None
    policies, moment = numbers("till_"), int(now.timestamp())
    device, since, seen = request.session.get(TILL) or (str(request.device.pk), moment, 0)
    idle = int(policies["idle_seconds"])
    ends = since + int(policies["minutes"] * 60)
    over = moment >= ends or (seen and moment >= seen + idle)
    if over or request.device is None or str(request.device.pk) != device:
        logout(request)
        return None
    if moment >= seen + WRITE_EVERY and not (seen and request.path.startswith(BY_ITSELF)):
        seen = moment
        request.session[TILL] = [device, since, seen]
    return Till(request.device, idle, ends - moment)
