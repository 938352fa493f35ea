"""Leaders of Three Valleys Bank meet customers, write down what was said, and answer for it."""

from dataclasses import dataclass, field
from datetime import timedelta

import uuid_utils.compat as uuid

from coalface.demo.actions.afterwards import Afterwards
from coalface.demo.actions.bank_hands_on import prepare_counter
from coalface.demo.actions.bank_people import MEETS_NOBODY, MEETS_ONLY_THE_HAPPY
from coalface.demo.actions.bank_year import DAYS, Year
from coalface.demo.actions.chance import at
from coalface.meet import actions as meet
from coalface.plan import actions as plan
from coalface.records.models import (
    ChosenBy,
    Customer,
    Encounter,
    Format,
    HandOver,
    Kind,
    Person,
    PromiseToCustomer,
    Remark,
)

HAPPY_VISITS = 24
LOOKING_AHEAD = 15
LAST_VISIT_OF_THE_CHIEF = DAYS - 12
ALWAYS_OPEN = 0.04
DOES_IT_WITHIN = 9
PROMISES = 0.2
CHANCE_OF_ITS_OWN = 23
KEPT = 0.8
TOPICS = {"card_block": 5, "branch_wait": 7, "app_logout": 3, "statement_fee": 1, "praise": 6, "wishes": 5}

ABOUT = {
    "card_block": "service",
    "branch_wait": "service",
    "app_logout": "product",
    "statement_fee": "price",
    "bereavement": "treatment",
}

TOPICS_OF_THE_HAPPY = {"praise": 9, "wishes": 1}


@dataclass
class Diary:
    """What leaders have before them: visits by day of the story, and hand-overs to answer."""

    formats: dict[str, Format]
    visits: dict[int, list[Person]] = field(default_factory=dict)
    held: list[tuple[int, Encounter]] = field(default_factory=list)
    offered: list[tuple[int, HandOver]] = field(default_factory=list)
    taken_over: list[tuple[int, HandOver]] = field(default_factory=list)
    guests: list[Customer] = field(default_factory=list)
    afterwards: Afterwards = field(default_factory=lambda: Afterwards(CHANCE_OF_ITS_OWN))


def plan_diary(year: Year, formats: dict[str, Format]) -> Diary:
    """When each leader means to meet somebody; one of nine never does."""
    diary = Diary(formats)
    for person in (*year.bank.leaders, *year.bank.middle):
        for day in _days_of(year, person):
            weekday = year.day(day).weekday()
            diary.visits.setdefault(day + (7 - weekday if weekday > 4 else 0), []).append(person)
    return diary


def _days_of(year: Year, person: Person) -> list[int]:
    last = DAYS + LOOKING_AHEAD
    if person.name == MEETS_NOBODY:
        return []
    if person.name == MEETS_ONLY_THE_HAPPY:
        return [12 + turn * (DAYS // HAPPY_VISITS) for turn in range(HAPPY_VISITS)]
    if person == year.bank.leaders[0]:
        return [*range(80, LAST_VISIT_OF_THE_CHIEF - 20, 34), LAST_VISIT_OF_THE_CHIEF, DAYS + 4]
    gap = year.chance.randrange(26, 44) if person in year.bank.leaders else 88
    return list(range(75 + year.chance.randrange(gap), last, gap))


def meet_customers(year: Year, diary: Diary, number: int) -> None:
    """Hold today's visits, write down what was said, answer for it; later finish them."""
    for person in diary.visits.get(number, ()):
        encounter = (
            _picked(year, diary, person, number)
            if person.name == MEETS_ONLY_THE_HAPPY
            else _drawn(year, diary, person, number)
        )
        hold(year, diary, encounter, person, number)
    answer_hand_overs(year, diary, number)
    do_what_was_taken_over(year, diary, number)
    finish_what_is_done(year, diary, number)


def _drawn(year: Year, diary: Diary, person: Person, number: int) -> Encounter:
    key = year.chance.choice(("visit", "visit", "counter-shift", "complaint-call"))
    day = year.day(number)
    unit = year.chance.choice(year.bank.branches())
    assignment = plan.draw(
        person=person,
        format=diary.formats[key],
        unit=unit,
        within=unit,
        starts_at=at(day, 14),
        by=year.bank.named["Mirjam Kofler"],
        now=at(day, 9),
        seed=year.chance.randrange(1_000_000),
    )
    if key == "counter-shift":
        prepare_counter(year, assignment.encounter, at(day, 9))
    return assignment.encounter


def _picked(year: Year, diary: Diary, person: Person, number: int) -> Encounter:
    guest = year.happy.pop()
    return plan.plan_encounter(
        format=diary.formats["visit"],
        unit=guest.unit,
        starts_at=at(year.day(number), 12),
        person=person,
        customers=[guest],
        chosen_by=ChosenBy.ACCOUNT_TEAM,
        by=person,
        now=at(year.day(number), 9),
    )


def hold(year: Year, diary: Diary, encounter: Encounter, person: Person, number: int) -> None:
    """The meeting itself, with one to three remarks."""
    evening = at(year.day(number), 16)
    easy = person.name == MEETS_ONLY_THE_HAPPY
    meet.hold(
        encounter=encounter,
        by=person,
        now=evening,
        entourage=2 if easy else 0,
        camera=easy and number % 5 == 0,
    )
    diary.held.append((number, encounter))
    if person == year.bank.leaders[0]:
        diary.afterwards.sits_beside(encounter, year.bank.named["Mirjam Kofler"], person, evening)
    diary.afterwards.think_it_over(encounter, person, evening)
    guest = encounter.guests.select_related("customer").get().customer
    if year.chance.random() < PROMISES and (card := year.decks["promises"].draw()):
        meet.promise(
            encounter=encounter,
            customer=guest,
            words=card.text,
            due_on=year.day(number + year.chance.randrange(7, 35)),
            by=person,
            now=evening,
        )
    fresh = number >= LAST_VISIT_OF_THE_CHIEF
    for turn in range(3 if fresh else year.chance.choice((1, 2, 2, 3))):
        remark = _note(year, encounter, person, guest, easy, number, turn)
        if year.chance.random() > ALWAYS_OPEN and not (fresh and turn == 0):
            answer(year, diary, remark, person, number)


def _note(
    year: Year, encounter: Encounter, person: Person, guest: Customer, easy: bool, number: int, turn: int
) -> Remark:
    topic, card = "", None
    while card is None:
        topics = TOPICS_OF_THE_HAPPY if easy else TOPICS
        topic = year.chance.choices(list(topics), list(topics.values()))[0]
        card = year.decks[topic].draw()
    issue = year.issues.get(topic)
    return meet.note_remark(
        id=uuid.uuid7(),
        encounter=encounter,
        kind=card.kind,
        about=ABOUT.get(topic, ""),
        text=card.text,
        language=card.language,
        said_by=card.by,
        customer=guest if card.by == "customer" else None,
        touchpoint=issue.touchpoint if issue else None,
        by=person,
        now=at(year.day(number), 16, 5 + turn),
    )


def answer(year: Year, diary: Diary, remark: Remark, person: Person, number: int) -> None:
    """Every remark gets somebody who answers for it."""
    now = at(year.day(number), 18)
    if remark.kind in (Kind.COMPLIMENT, Kind.LIKE):
        crew = year.bank.serving[remark.encounter.unit.key]
        meet.pass_on(remark=remark, to=year.chance.choice(crew), by=person, now=now)
    elif remark.kind in (Kind.PREFERENCE, Kind.COMPETITOR):
        meet.keep(remark=remark, by=person, now=now)
    else:
        _answer_a_wish_or_complaint(year, diary, remark, person, number)


def _answer_a_wish_or_complaint(
    year: Year, diary: Diary, remark: Remark, person: Person, number: int
) -> None:
    now = at(year.day(number), 18)
    lot = year.chance.random()
    if lot < 0.28:
        meet.fix_now(remark=remark, by=person, now=now)
    elif lot < 0.42:
        meet.decline(
            remark=remark,
            reason=year.decks["reasons"].draw().text,
            by=person,
            now=now,
            told=lot < 0.38,
        )
    elif lot < 0.62:
        meet.own(remark=remark, by=person, now=now)
    else:
        receivers = [one for one in year.bank.middle if one != person]
        hand_over = meet.hand_over(remark=remark, to=year.chance.choice(receivers), by=person, now=now)
        diary.offered.append((number + year.chance.randrange(1, 9), hand_over))


def answer_hand_overs(year: Year, diary: Diary, number: int) -> None:
    """Receivers say yes, or sometimes give it back; then the giver owns it."""
    due = [entry for entry in diary.offered if entry[0] <= number]
    diary.offered = [entry for entry in diary.offered if entry[0] > number]
    now = at(year.day(number), 11)
    for _, hand_over in due:
        if year.chance.random() < 0.88:
            meet.accept(hand_over=hand_over, by=hand_over.receiver, now=now)
            diary.taken_over.append((number + DOES_IT_WITHIN, hand_over))
        else:
            meet.give_back(hand_over=hand_over, by=hand_over.receiver, now=now)
            meet.own(remark=hand_over.disposition.remark, by=hand_over.giver, now=now + timedelta(hours=1))


def do_what_was_taken_over(year: Year, diary: Diary, number: int) -> None:
    """Of what somebody took over every other thing is done a good week later."""
    due = [entry for entry in diary.taken_over if entry[0] <= number]
    diary.taken_over = [entry for entry in diary.taken_over if entry[0] > number]
    for _, hand_over in due[::2]:
        remark = hand_over.disposition.remark
        meet.fix_now(remark=remark, by=hand_over.receiver, now=at(year.day(number), 15))


def finish_what_is_done(year: Year, diary: Diary, number: int) -> None:
    """A fortnight after a visit whoever held it tries to finish it; what is open stays open."""
    due = [entry for entry in diary.held if entry[0] + 14 <= number]
    diary.held = [entry for entry in diary.held if entry[0] + 14 > number]
    for _, encounter in due:
        attendance = encounter.attendances.select_related("person").order_by("id")[0]
        try:
            meet.finish(encounter=encounter, by=attendance.person, now=at(year.day(number), 17))
        except meet.StillOpen:
            continue


def keep_promises(year: Year, number: int) -> None:
    """On the day a promise is due it is kept, or most often; some are only overdue."""
    for promise in PromiseToCustomer.objects.filter(due_on=year.day(number), kept=None).order_by("id"):
        lot = year.chance.random()
        if lot < 0.9:
            meet.settle_promise(promise=promise, kept=lot < KEPT, by=promise.by, now=at(year.day(number), 17))


def plan_ahead(year: Year, diary: Diary) -> None:
    """The visits of the next two weeks, so that the demo opens with something to look forward to."""
    today = year.day(DAYS)
    for number in range(DAYS + 1, DAYS + LOOKING_AHEAD + 3):
        for person in diary.visits.get(number, ()):
            unit = year.chance.choice(year.bank.branches())
            try:
                plan.draw(
                    person=person,
                    format=diary.formats["visit"],
                    unit=unit,
                    within=unit,
                    starts_at=at(year.day(number), 14),
                    by=year.bank.named["Mirjam Kofler"],
                    now=at(today, 9),
                    seed=number,
                )
            except plan.NobodyToDraw:
                continue
