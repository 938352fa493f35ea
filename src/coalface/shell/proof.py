"""What is asked of a sender when very many send at once: some work of their machine, or patience."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from math import log2
from typing import Final

from coalface.shell.links import Forged, signed, unsigned

PURPOSE: Final = "coalface.shell.proof"
LEAST_BITS, MOST_BITS = 14, 20
LEAST_WAIT, MOST_WAIT = 20, 160
GOOD_FOR_SECONDS: Final = 3600


@dataclass(frozen=True, slots=True)
class Task:
    """Find a number which behind the token gives a digest with `bits` zeros first, or wait `wait` seconds.

    `token` is signed and speaks of one form alone, which is taken once: so nothing has to be remembered here.
    """

    token: str
    bits: int
    wait: int


def task(of: str, *, times: float, now: datetime) -> Task:
    """The task for one form; `times` is how many times more came than is usual."""
    steps = int(log2(max(times, 1)))
    bits, wait = min(LEAST_BITS + 2 * steps, MOST_BITS), min(LEAST_WAIT * 2**steps, MOST_WAIT)
    return Task(signed(f"{of}.{bits}.{wait}.{int(now.timestamp())}", PURPOSE), bits, wait)


def is_done(token: str, number: str, *, of: str, now: datetime) -> bool:
    """Whether the task of this form was solved, or its time has passed."""
    try:
        form, bits, wait, given_at = unsigned(token, PURPOSE).rsplit(".", 3)
    except (Forged, ValueError):
        return False
    age = now.timestamp() - int(given_at)
    if form != of or not 0 <= age <= GOOD_FOR_SECONDS:
        return False
    return age >= int(wait) or solves(token, number, int(bits))


def solves(token: str, number: str, bits: int) -> bool:
    """Whether the digest of both begins with so many zeros."""
    digest = sha256(f"{token}.{number}".encode()).digest()
    return bool(number) and int.from_bytes(digest[:4], "big") >> (32 - bits) == 0


def again(token: str, *, of: str, now: datetime) -> Task | None:
    """The task that was given to this form before, with the seconds that are left to wait."""
    try:
        form, bits, wait, given_at = unsigned(token, PURPOSE).rsplit(".", 3)
    except (Forged, ValueError):
        return None
    left = int(given_at) + int(wait) - int(now.timestamp())
    return Task(token, int(bits), left) if form == of and 0 < left <= MOST_WAIT else None
