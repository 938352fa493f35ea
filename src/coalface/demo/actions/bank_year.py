"""One year at Three Valleys Bank: what customers tap and say, and how much was done, day by day."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from coalface.demo import queries
from coalface.demo.actions.bank_people import BRANCHES, Bank
from coalface.demo.actions.chance import Deck, at, poisson
from coalface.hear import actions as hear
from coalface.records.models import Customer, Issue, Kind, Mention, Touchpoint, Unit
from coalface.understand import actions as understand
from coalface.verify import actions as verify

DAYS = 364
CARD_FIX, QUEUE_FIX, FEE_FIX = 182, 196, 210
FEE_SPIKE = range(168, 203)
CONTACTS_PER_WEIGHT = 900
A_WEEK = {
    "card_block": 14.0,
    "branch_wait": 240.0,
    "statement_fee": 19.0,
    "app_logout": 9.0,
    "bereavement": 1.3,
}
BACKGROUND_A_WEEK = 1.6
BACKGROUND_WITH_WORDS = 0.2
WITH_WORDS = {
    "card_block": 0.35,
    "branch_wait": 0.014,
    "statement_fee": 0.14,
    "app_logout": 0.4,
    "bereavement": 1.0,
}
UNHAPPY = 0.25
SORTED_A_WEEK = 4


@dataclass
class Year:
    """The state of the story: who is known, what may still be said, who is unhappy."""

    bank: Bank
    start: date
    chance: Random
    customers: list[Customer]
    issues: dict[str, Issue]
    touchpoints: dict[str, Touchpoint]
    decks: dict[str, Deck] = field(default_factory=dict)
    at_home: dict[int, list[Customer]] = field(default_factory=dict)
    scores: list[tuple[int, Customer, int]] = field(default_factory=list)
    happy: list[Customer] = field(default_factory=list)
    speaks_of: dict[str, str] = field(default_factory=dict)

    def day(self, number: int) -> date:
        """The date of a day of the story."""
        return self.start + timedelta(days=number)


def open_year(year: Year) -> None:
    """Shuffle what will be said, and decide who is unhappy and when they say how they feel."""
    for problem in queries.problems():
        year.decks[problem.key] = Deck(problem.said, year.chance)
        year.speaks_of |= {card.text: problem.key for card in problem.said}
    year.decks["praise"] = Deck(queries.praise(), year.chance)
    year.decks["wishes"] = Deck(queries.wishes(), year.chance)
    for kind in ("reasons", "promises"):
        year.decks[kind] = Deck(queries.answers(kind), year.chance)
    for customer in year.customers:
        year.at_home.setdefault(customer.unit_id, []).append(customer)
        unhappy = year.chance.random() < UNHAPPY
        score = year.chance.randrange(0, 7) if unhappy else year.chance.choice((7, 8, 8, 9, 9, 9, 10, 10))
        year.scores.append((year.chance.randrange(1, 70), customer, score))
        if score >= 9:
            year.happy.append(customer)
    year.scores.sort(key=lambda entry: entry[0], reverse=True)


def customers_speak(year: Year, number: int) -> None:
    """What reaches the bank on one day: taps without words, forms, and what was said at counters."""
    rows = _scores_of(year, number)
    for problem in year.issues:
        for _ in range(poisson(year.chance, _rate(problem, number) / 7)):
            rows.append(_heard(year, problem, number))
    for deck, a_week in (("praise", 1.3), ("wishes", 1.2)):
        for _ in range(poisson(year.chance, a_week / 7)):
            if card := year.decks[deck].draw():
                rows.append(_in_words(year, card, year.bank.units[_branch(year)], None, number))
    if rows:
        hear.take_in(rows=rows, by=None, now=at(year.day(number), 19))


def _rate(problem: str, number: int) -> float:
    """How often a problem is named in a week, on that day of the story."""
    rate = A_WEEK.get(problem, BACKGROUND_A_WEEK)
    if problem == "card_block" and number >= CARD_FIX:
        return rate * 0.3
    if problem == "statement_fee" and number in FEE_SPIKE:
        return rate + 15
    return rate


def _heard(year: Year, problem: str, number: int) -> hear.NewFeedback:
    extra = problem == "statement_fee" and number in FEE_SPIKE and year.chance.random() < 15 / 34
    unit = year.bank.units["bellerive" if extra else _branch(year)]
    card = (
        year.decks[problem].draw()
        if year.chance.random() < WITH_WORDS.get(problem, BACKGROUND_WITH_WORDS)
        else None
    )
    if card:
        return _in_words(year, card, unit, problem, number)
    return hear.NewFeedback(
        source="panel",
        source_id="",
        channel="tap",
        kind=Kind.COMPLAINT,
        received_at=_moment(year, number),
        unit=unit,
        topic=year.issues[problem].title,
        touchpoint=year.issues[problem].touchpoint,
    )


def _in_words(
    year: Year, card: queries.Said, unit: Unit, problem: str | None, number: int
) -> hear.NewFeedback:
    spoken = card.by == "employee" or problem == "bereavement" or year.chance.random() < 0.55
    crew = year.bank.serving[unit.key]
    return hear.NewFeedback(
        source="counter" if spoken else "form",
        source_id="",
        channel="in_person" if spoken else "form",
        kind=card.kind,
        received_at=_moment(year, number),
        unit=unit,
        text=card.text,
        language=card.language,
        touchpoint=year.issues[problem].touchpoint if problem else None,
        customer=year.chance.choice(year.at_home[unit.pk]) if card.by == "customer" else None,
        reported_by=year.chance.choice(crew[:-2] if problem == "bereavement" else crew) if spoken else None,
    )


def _scores_of(year: Year, number: int) -> list[hear.NewFeedback]:
    rows = []
    while year.scores and year.scores[-1][0] <= number:
        _, customer, score = year.scores.pop()
        rows.append(
            hear.NewFeedback(
                source="app",
                source_id="",
                channel="app",
                kind=Kind.LIKE if score >= 7 else Kind.DISLIKE,
                received_at=_moment(year, number),
                unit=customer.unit,
                nps=score,
                customer=customer,
            )
        )
    return rows


def _branch(year: Year) -> str:
    return year.chance.choices(list(BRANCHES), list(BRANCHES.values()))[0]


def _moment(year: Year, number: int) -> datetime:
    return at(year.day(number), year.chance.randrange(8, 18), year.chance.randrange(60))


def count_contacts(year: Year, number: int) -> None:
    """Every week each branch says how many customers it served: what counts are divided by."""
    if number % 7 != 6:
        return
    rows = [
        verify.NewExposure(
            unit=year.bank.units[branch],
            measure="contacts",
            from_on=year.day(number - 6),
            until_on=year.day(number + 1),
            quantity=round(CONTACTS_PER_WEIGHT * weight * year.chance.uniform(0.97, 1.03)),
            source="counter and app statistics",
        )
        for branch, weight in BRANCHES.items()
    ]
    verify.record_exposures(rows=rows, by=year.bank.named["Dario Pellegrini"], now=at(year.day(number), 20))


def sort_the_unsure(year: Year, number: int) -> None:
    """Once a week the analyst reads what the routes were not sure of; a few always wait."""
    if number % 7 != 4:
        return
    pile = (
        Mention.objects.unsure()
        .filter(happened_at__lt=at(year.day(number - 10), 0))
        .order_by("happened_at", "id")
    )
    for mention in pile.select_related("remark__verbatim", "feedback__verbatim")[:SORTED_A_WEEK]:
        text = (mention.remark or mention.feedback).verbatim.text
        try:
            understand.settle(
                mention=mention,
                issue=year.issues.get(year.speaks_of.get(text, "")),
                by=year.bank.named["Dario Pellegrini"],
                now=at(year.day(number), 16),
            )
        except understand.AlreadySettled:
            continue  # the same words lay on the pile twice, and the first decision settled both
