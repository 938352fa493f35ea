"""Sign-in as Coalface wants it: accounts are made by an administrator, never by a form on the web."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignUp(DefaultAccountAdapter):
    """allauth with its sign-up closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
