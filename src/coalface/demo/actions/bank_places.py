"""Posters in the branches of the demo bank, and what customers without a name said at them."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Final
from uuid import UUID

from coalface.demo.actions.bank_people import BRANCHES
from coalface.demo.actions.bank_year import DAYS, Year
from coalface.demo.actions.chance import at
from coalface.hear import actions as hear
from coalface.records.models import Kind, SayPlace

OPENED_ON = 150
LETTERS: Final = "bcdfghjkmnpqrstvwxz23456789"
# Days before the end, kind, language, words, whether somebody answered.
SAID: Final = (
    (26, Kind.COMPLIMENT, "de", "Die Dame am Schalter hatte für meine Mutter alle Zeit der Welt.", True),
    (19, Kind.COMPLAINT, "fr", "La file était longue et un seul guichet était ouvert à midi.", False),
    (12, Kind.IDEA, "en", "A chair near the queue would help those with a stick.", True),
    (9, Kind.QUESTION, "pl", "Dlaczego opłata za wyciąg jest wyższa niż w zeszłym roku?", False),
    (5, Kind.COMPLIMENT, "es", "Muy amables, y en cinco minutos.", False),
    (2, Kind.COMPLAINT, "nl", "De automaat bij de ingang was het hele weekend kapot.", False),
)  # fmt: skip
ANSWER: Final = (
    "Thank you for telling us. I have passed it on to the branch, and you will see here what comes of it."
)


def hang_posters(year: Year, chance: Random) -> list[SayPlace]:
    """One poster at the counter of each branch, from a day in spring on."""
    manager = year.bank.named["Mirjam Kofler"]
    return [
        hear.open_place(
            unit=year.bank.units[branch],
            name="At the counter",
            languages=["de"],
            code="".join(chance.choice(LETTERS) for _ in range(6)),
            by=manager,
            now=at(year.day(OPENED_ON), 9),
        )
        for branch in BRANCHES
    ]


def say_at_posters(year: Year, places: list[SayPlace], chance: Random) -> None:
    """What was said there in the last weeks; two were answered, one was taken back."""
    manager, ids = year.bank.named["Mirjam Kofler"], _ids(chance)
    for number, (ago, kind, language, words, answered) in enumerate(SAID):
        place, now = places[number % len(places)], at(year.day(DAYS - ago), 11, 7 * number)
        said = hear.say(
            id=next(ids), text=words, kind=kind, language=language, unit=place.unit, place=place, now=now
        )
        if answered:
            later = now + timedelta(days=1)
            feedback = said.receipt.feedback
            hear.answer(feedback=feedback, text=ANSWER, id=next(ids), by=manager, now=later)
    hear.withdraw(feedback=said.receipt.feedback, now=now + timedelta(hours=5))


def _ids(chance: Random) -> Iterator[UUID]:
    while True:
        yield UUID(int=chance.getrandbits(128), version=4)
