"""What the holder of a receipt may know: the number and the secret open what they said, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from coalface.records.models import Erasure, Feedback, Message, Receipt

from .feedback import Way, way_of, with_ways

# Nothing that is mistaken for something else when it is written down by hand.
LETTERS: Final = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
SECRET_LENGTH, NUMBER_LENGTH = 12, 9
PURPOSE: Final = "coalface.hear.receipt"


@dataclass(frozen=True, slots=True)
class Became:
    """What became of it, for whoever said it."""

    receipt: Receipt
    feedback: Feedback
    way: Way
    messages: Sequence[Message]
    erasure: Erasure | None


def secret_of(id: UUID) -> str:
    """The secret that belongs to what a form sent: made anew from its id and our key, and never stored.

    So the same form sent again, as after a lost answer, shows the same receipt.
    """
    left = int.from_bytes(_derived(id, "secret"), "big")
    letters = []
    for _ in range(SECRET_LENGTH):
        left, place = divmod(left, len(LETTERS))
        letters.append(LETTERS[place])
    return "".join(letters)


def number_of(id: UUID, attempt: int) -> str:
    """A number for a receipt; should it be taken, the next attempt gives another."""
    return str(int.from_bytes(_derived(id, f"number{attempt}"), "big") % 10**NUMBER_LENGTH).zfill(
        NUMBER_LENGTH
    )


def kept_id(id: UUID) -> str:
    """What is kept of the id a form chose: enough to know it again, too little to make the secret from."""
    return sha256(f"{PURPOSE}.{id}".encode()).hexdigest()[:40]


def _derived(id: UUID, what: str) -> bytes:
    return salted_hmac(f"{PURPOSE}.{what}", str(id), algorithm="sha256").digest()


def digest_of(number: str, secret: str) -> str:
    """What is stored in the place of a secret."""
    return sha256(f"{number}.{secret}".encode()).hexdigest()


def plain(typed: str) -> str:
    """A number or secret as it was written down: without the gaps that make it readable."""
    return "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum())


def receipt_for(*, number: str, secret: str) -> Receipt | None:
    """The receipt that both open together; a wrong number takes as long as a wrong secret."""
    number, secret = plain(number), plain(secret)
    receipt = Receipt.objects.select_related("feedback__unit", "place").filter(number=number).first()
    held = receipt.digest if receipt else digest_of("", "")
    return receipt if compare_digest(held, digest_of(number, secret)) and receipt else None


def became(receipt: Receipt) -> Became:
    """What was said, how far it has come, what was answered, and whether it is to be erased."""
    feedback = with_ways(Feedback.objects.filter(pk=receipt.feedback_id)).get()
    return Became(receipt, feedback, way_of(feedback), thread(feedback), erasure_of(receipt))


def thread(feedback: Feedback) -> list[Message]:
    """What was said after the first words, by them and by us, the oldest first."""
    return list(feedback.messages.select_related("verbatim", "by").order_by("at", "id"))


def erasure_of(receipt: Receipt) -> Erasure | None:
    """The newest wish of its holder to be forgotten."""
    return Erasure.objects.filter(receipt=receipt).order_by("-asked_at", "-id").first()


def look_up_address(number: str = "", secret: str = "") -> str:
    """Where receipts are looked up; browsers keep what follows the # to themselves, so no log has it."""
    address = f"{settings.SITE}{reverse('say:look')}"
    return f"{address}#{number}.{secret}" if number else address
