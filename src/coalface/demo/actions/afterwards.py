"""After an encounter: a colleague sat beside, the leader thinks it over, the guest answers two questions."""

from datetime import datetime, timedelta
from random import Random

from coalface.demo.actions.chance import Deck
from coalface.demo.queries import answers
from coalface.meet import actions as meet
from coalface.records.models import Depth, Encounter, Guest, Person

REFLECTS, SHARES, ANSWERS = 0.3, 0.3, 0.8
LISTENED, SALE, SALE_WITH_AN_ENTOURAGE = 0.85, 0.12, 0.5


class Afterwards:
    """Has a chance of its own, so that nothing else in the story happens otherwise because of it."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.reflections = Deck(answers("reflections"), self.chance)

    def sits_beside(self, encounter: Encounter, person: Person, by: Person, now: datetime) -> None:
        """A colleague takes part, less deep and not for as long."""
        meet.take_part(encounter=encounter, person=person, depth=Depth.BESIDE, minutes=20, by=by, now=now)

    def think_it_over(self, encounter: Encounter, person: Person, now: datetime) -> None:
        """What will I do differently? Some write it down, a few of them share it."""
        if self.chance.random() > REFLECTS or not (card := self.reflections.draw()):
            return
        written = meet.reflect(encounter=encounter, words=card.text, by=person, now=now)
        if self.chance.random() < SHARES:
            meet.share_reflection(reflection=written, by=person, now=now)

    def guests_answer(self, morning: datetime) -> None:
        """Those who were met until yesterday are thanked by mail, and most answer the two questions."""
        meet.ask_guests(now=morning)
        asked = Guest.objects.filter(asked_at=morning).select_related("encounter").order_by("id")
        for guest in asked:
            if self.chance.random() < ANSWERS:
                sale = SALE_WITH_AN_ENTOURAGE if guest.encounter.entourage else SALE
                meet.answer_about_us(
                    guest=guest,
                    listened=self.chance.random() < LISTENED,
                    felt_like_a_sale=self.chance.random() < sale,
                    now=morning + timedelta(hours=3),
                )
