"""Links for people without a sign-in: only we can make one, and it is good for its purpose alone."""

from django.core.signing import BadSignature, Signer


class Gone(Exception):
    """The link leads nowhere; the page says why, and answers with this status."""

    expired = False
    status = 404


class Forged(Gone):
    """The link was not made here, or what it leads to is gone."""


class Expired(Gone):
    """The link is older than it is good for."""

    expired = True
    status = 410


def signed(what: object, purpose: str) -> str:
    """The part of a link that only we can make."""
    return Signer(salt=purpose, sep=".").sign(str(what))


def unsigned(token: str, purpose: str) -> str:
    """What was signed for this purpose, as text."""
    try:
        return Signer(salt=purpose, sep=".").unsign(token)
    except BadSignature as forged:
        raise Forged(token) from forged
