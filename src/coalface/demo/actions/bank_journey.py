"""The way of the bank's customers: its links, who came through, and how its steps are rated."""

from datetime import datetime
from random import Random

from coalface.demo import queries
from coalface.demo.actions.bank_people import Bank
from coalface.demo.actions.bank_year import DAYS, Year
from coalface.demo.actions.chance import at, poisson
from coalface.hear import actions as hear
from coalface.records.models import Kind, Touchpoint
from coalface.understand import actions as understand
from coalface.understand.queries import Reached

RATED_FROM = DAYS - 210
IN_WORDS = 0.35
TIMES_EACH = 3
PASSIVE = 7
SCORES = {1: (0, 4), 2: (2, 6), 3: (5, 8), 4: (6, 9), 5: (7, 10)}


def link_the_way(*, bank: Bank, touchpoints: dict[str, Touchpoint], now: datetime) -> None:
    """From looking around to using the app: where customers go on to, and who answers for it."""
    for link in queries.customers_way()["link"]:
        understand.connect(
            giver=touchpoints[link["giver"]],
            taker=touchpoints[link["taker"]],
            owner=bank.units[link["owner"]],
            by=bank.named["Dario Pellegrini"],
            now=now,
        )


def count_who_came_through(year: Year, number: int) -> None:
    """Two cohorts are followed along the way; of one a link is proven weakest, of the other none."""
    told = queries.customers_way()
    stops = [told["link"][0]["giver"], *(link["taker"] for link in told["link"])]
    for cohort in told["cohort"]:
        if cohort["counted_day"] == number:
            understand.count_cohort(
                name=cohort["name"],
                source=cohort["source"],
                from_on=year.day(cohort["from_day"]),
                until_on=year.day(cohort["until_day"]),
                counts=[
                    Reached(year.touchpoints[key], *counts)
                    for key, counts in zip(stops, cohort["counts"], strict=True)
                ],
                by=year.bank.named["Dario Pellegrini"],
                now=at(year.day(number), 17),
            )


class Ratings:
    """What customers rate from 1 to 5 after a step of their way, some of them in words."""

    def __init__(self, year: Year, seed: int) -> None:
        self.year, self.chance = year, Random(seed)  # so that the rest of the story stays what it was
        self.told = queries.customers_way()
        # Who is unhappy stays so: what they recommend agrees with what they said of the bank before.
        self.feel = {unhappy: [] for unhappy in (True, False)}
        for _, customer, score in year.scores:
            self.feel[score < PASSIVE].append(customer)
        self.words: dict[tuple[str, bool], list[tuple[str, str]]] = {}
        for end in ("worst", "best"):
            for key, language, text in self.told["said"][end]:
                self.words.setdefault((key, end == "best"), []).append((text, language))
        for said in self.words.values():
            said *= TIMES_EACH
            self.chance.shuffle(said)

    def of_a_week(self, number: int) -> None:
        """Once a week what came in by the panel after each step."""
        if number < RATED_FROM or number % 7 != 3:
            return
        rows = [
            self._rated(step, number)
            for step in self.told["rated"]
            for _ in range(poisson(self.chance, step["a_week"]))
        ]
        hear.take_in(rows=rows, by=None, now=at(self.year.day(number), 20))

    def _rated(self, step: dict, number: int) -> hear.NewFeedback:
        key = step["touchpoint"]
        rating = self.chance.choices(range(1, 6), step["shares"])[0]
        whole = self.chance.randint(*SCORES[rating])
        customer = self.chance.choice(self.feel[whole < PASSIVE])
        text, language = self._words(key, rating)
        return hear.NewFeedback(
            source="after-a-step",
            source_id="",
            channel="form",
            kind=Kind.LIKE if rating > 3 else Kind.DISLIKE,
            received_at=at(self.year.day(number), self.chance.randrange(8, 18), self.chance.randrange(60)),
            unit=customer.unit,
            touchpoint=self.year.touchpoints[key],
            csat=rating,
            nps=whole,
            text=text,
            language=language,
            customer=customer,
        )

    def _words(self, key: str, rating: int) -> tuple[str, str]:
        said = self.words.get((key, rating == 5)) if rating in (1, 5) else None
        if not said or self.chance.random() > IN_WORDS:
            return "", ""
        return said.pop()
