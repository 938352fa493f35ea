"""Every address that answers names the right it needs."""

from collections.abc import Callable, Iterable, Iterator
from inspect import getclosurevars

from django.urls import URLPattern, URLResolver
from ninja.operation import PathView

# Addresses of allauth, which decide for themselves who may come in.
ALLAUTH = {
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_reauthenticate",
    "account_email",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_confirm_login_code",
    "account_request_login_code",
}

# What Django itself answers with, each with its reason.
DJANGO = {"jsi18n": "the catalogue of words for scripts"}


def without_right(patterns: Iterable[URLPattern | URLResolver], above: str = "/") -> Iterator[str]:
    """Addresses whose view was not decorated with `@needs(…)`, or whose operations ask for none."""
    for pattern in patterns:
        address = above + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from without_right(pattern.url_patterns, address)
        elif operations := _operations(pattern.callback):
            for operation in operations:
                if not all(hasattr(one, "right") for one in operation.auth_callbacks or (None,)):
                    yield f"{operation.methods[0]} {address}: {operation.view_func.__name__} names no right"
        elif not hasattr(pattern.callback, "right") and not _names_its_own(pattern):
            yield f"{address}: {pattern.callback.__module__}.{pattern.callback.__name__} names no right"


def _operations(view: Callable) -> list:
    """What an address of the API can do, by method; each names its right."""
    held = getclosurevars(view).nonlocals.get("self") if view.__module__ == "ninja.operation" else None
    return held.operations if isinstance(held, PathView) else []


def _names_its_own(pattern: URLPattern) -> bool:
    theirs = pattern.callback.__module__.startswith("allauth.") and pattern.name in ALLAUTH
    return theirs or pattern.name in DJANGO
