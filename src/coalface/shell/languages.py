"""Speaking to customers in their own language, as far as we speak it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import translation


@contextmanager
def spoken(language: str) -> Iterator[None]:
    """Words on the screen are in this language; in one we do not speak they stay as they are."""
    known = language if language in dict(settings.LANGUAGES) else translation.get_language()
    with translation.override(known):
        yield
