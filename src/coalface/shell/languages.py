"""Speaking to customers in their own language, as far as we speak it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

CHOSEN_IN = "in"  # the name in an address that says which language somebody chose


@contextmanager
def spoken(language: str) -> Iterator[None]:
    """Words on the screen are in this language; in one we do not speak they stay as they are."""
    with translation.override(language if is_spoken(language) else translation.get_language()):
        yield


def is_spoken(language: str) -> bool:
    """Whether pages for customers are there in this language."""
    return language in settings.PUBLIC_LANGUAGES or language in dict(settings.LANGUAGES)


def chosen(request: HttpRequest) -> str:
    """The language somebody chose on the page, or the first of their browser's that we speak, or none."""
    if is_spoken(language := request.GET.get(CHOSEN_IN, "")):
        return language
    return preferred(request)


def preferred(request: HttpRequest) -> str:
    """The first language of a browser that we speak; `fr-CH` is French. Empty if there is none."""
    for language, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        for one in (language, language.partition("-")[0]):
            if is_spoken(one):
                return one
    return ""


def in_their_words(request: HttpRequest, address: str) -> str:
    """The address with the language somebody chose, so that the next page speaks it too."""
    language = request.GET.get(CHOSEN_IN, "")
    return f"{address}?{CHOSEN_IN}={language}" if is_spoken(language) else address
