"""What another system wants to hear from us, such as a password: sealed at rest by the installation's key."""

import base64
from typing import Final

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE: Final = b"coalface: words sealed at rest, 1"


class KeyChanged(Exception):
    """It was sealed with another key; nobody can read it any more, so it has to be said again."""


def seal(words: str) -> str:
    """Words as they are kept; the same words look different each time."""
    return _key().encrypt(words.encode()).decode()


def unseal(kept: str) -> str:
    """The words again, for the moment in which they are needed."""
    try:
        return _key().decrypt(kept.encode()).decode()
    except InvalidToken:
        raise KeyChanged from None


def _key() -> Fernet:
    derived = HKDF(SHA256(), length=32, salt=None, info=PURPOSE).derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
