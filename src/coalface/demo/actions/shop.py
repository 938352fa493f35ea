"""Hollis Cycles: twelve people, forty customers, one owner who closes the loop with her customers' yes."""

from datetime import date, timedelta
from random import Random

import uuid_utils.compat as uuid
from django.db import transaction

from coalface.act.actions import send_what_lies
from coalface.customers import actions as customers
from coalface.demo import queries
from coalface.demo.actions.afterwards import Afterwards
from coalface.demo.actions.chance import Deck, at
from coalface.demo.actions.passes import give_pins, set_up_till
from coalface.demo.actions.quarter import look_ahead_at_the_shop
from coalface.demo.actions.quiet_hours import catch_up
from coalface.demo.actions.shop_changes import (
    SHIPPED,
    Workshop,
    call_the_next,
    change_something,
    customers_answer,
)
from coalface.demo.actions.shop_journey import follow_the_way
from coalface.hear import actions as hear
from coalface.meet import actions as meet
from coalface.people import actions as people
from coalface.plan import actions as plan
from coalface.records.history import note
from coalface.records.models import (
    Channel,
    ChosenBy,
    Customer,
    Depth,
    Encounter,
    Format,
    Issue,
    Kind,
    Person,
    Purpose,
    Role,
    Unit,
)
from coalface.understand import actions as understand
from coalface.worker import actions as worker

PASSWORD = "meet a customer"
OWNER_ADDRESS = "mara@hollis.example"
NO_ADDRESS = "Wilma Okonjo"
DAYS = 180
VISIT_EVERY = 9
FIXED_AT_ONCE = 0.5
MENDED = "missed_day"  # nobody speaks of it any more once the fix is live


def build_shop(*, until: date, seed: int = 5) -> Unit:
    """Half a year at the workshop, ending on `until`."""
    chance, told = Random(seed), queries.shop()
    start = until - timedelta(days=DAYS)
    with transaction.atomic():
        owner, shop = _open_the_shop(told, start)
        guests = _know_the_customers(told, owner, shop, start)
        issues = _know_the_problems(told, owner, start)
    visit = plan.add_format(
        key="chat",
        name="A chat at the bench",
        depth=Depth.CONVERSING,
        minutes=15,
        by=owner,
        now=at(start, 8),
        guide="What brought you here?\nWhat would have made it easier?",
        may_be_unannounced=True,
    )
    decks = {problem.key: Deck(problem.said, chance) for problem in told.problems}
    decks["other"] = Deck(told.said, chance)
    afterwards, workshop = Afterwards(seed), Workshop(owner, shop, issues, start)
    for number in range(DAYS + 1):
        day = start + timedelta(days=number)
        if number == SHIPPED:
            del decks[MENDED]
        with transaction.atomic():
            afterwards.guests_answer(at(day, 8))
            if number % VISIT_EVERY == 4:
                met = _chat(owner, shop, visit, chance.choice(guests), decks, issues, chance, day, afterwards)
                afterwards.think_it_over(met, owner, at(day, 18))
            if number % 5 == 2:
                _hear(shop, decks, issues, guests, chance, day)
            change_something(workshop, number)
        worker.drain(now=at(day, 23))
        customers_answer(workshop, number)
        send_what_lies(now=at(day, 23))
        worker.drain(now=at(day, 23))
        worker.send_messages(now=at(day, 23))
    with transaction.atomic():
        follow_the_way(owner=owner, start=start, until=until)
        look_ahead_at_the_shop(owner=owner, shop=shop, chat=visit, until=until)
        call_the_next(workshop, until)
    worker.drain(now=at(until, 23))
    catch_up(now=at(until, 23))
    note("demo.built", about=shop, by=None, at=at(until, 23))
    return shop


def _open_the_shop(told: queries.Shop, start: date) -> tuple[Person, Unit]:
    now = at(start, 7)
    shop = people.found_organisation(name=told.name, key="shop", time_zone="Europe/London", now=now)
    owner = None
    for entry in told.staff:
        person = people.add_person(
            name=entry["name"],
            job=entry["job"],
            unit=shop,
            manager=owner,
            email="" if entry["name"] == NO_ADDRESS else f"{entry['name'].split()[0].lower()}@hollis.example",
            starts_on=start,
            by=owner,
            now=now,
        )
        if owner is None:
            owner = person
            for role in (Role.LEADER, Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR):
                people.grant(person=owner, role=role, unit=shop, by=None, now=now)
            people.open_account(person=owner, email=OWNER_ADDRESS, password=PASSWORD, by=None, now=now)
        else:
            people.grant(person=person, role=Role.MEMBER, unit=shop, by=owner, now=now)
        if person.name == NO_ADDRESS:
            give_pins(codes={"1207": person}, by=owner, now=now)
    set_up_till(name="Front desk", unit=shop, by=owner, now=now)
    return owner, shop


def _know_the_customers(told: queries.Shop, owner: Person, shop: Unit, start: date) -> list[Customer]:
    now = at(start, 8)
    rows = [
        customers.NewCustomer(
            name=name,
            reference=f"H{number:03d}",
            email=f"{name.split()[0].lower()}@post.example",
            phone=f"+44 00 {number:06d}",
            unit=shop,
            since_on=start - timedelta(days=40 * number + 20),
        )
        for number, name in enumerate(told.customers, 1)
    ]
    guests = customers.add_customers(rows=rows, by=owner, now=now)
    agreed = ((Channel.PHONE, Purpose.CONVERSATION), (Channel.EMAIL, Purpose.TELLING))
    for channel, purpose in agreed:
        yes = [
            customers.NewConsent(customer=one, channel=channel, purpose=purpose, wording="1")
            for one in guests
        ]
        customers.record_consents(rows=yes, by=owner, now=now)
    return guests


def _know_the_problems(told: queries.Shop, owner: Person, start: date) -> dict[str, Issue]:
    now = at(start, 9)
    stops = {
        stop.key: understand.add_touchpoint(
            key=stop.key, name=stop.name, stage=stop.stage, order=stop.order, by=owner, now=now
        )
        for stop in told.stops
    }
    issues = {}
    for problem in told.problems:
        issue = understand.propose_issue(
            title=problem.title, kind=problem.kind, touchpoint=stops[problem.touchpoint], by=owner, now=now
        )
        understand.confirm_issue(issue=issue, by=owner, now=now)
        understand.set_route(issue=issue, phrases=problem.phrases, by=owner, now=now)
        issues[problem.key] = issue
    return issues


def _chat(
    owner: Person,
    shop: Unit,
    visit: Format,
    guest: Customer,
    decks: dict[str, Deck],
    issues: dict[str, Issue],
    chance: Random,
    day: date,
    afterwards: Afterwards,
) -> Encounter:
    now = at(day, 10)
    encounter = plan.plan_encounter(
        format=visit,
        unit=shop,
        starts_at=now,
        person=owner,
        customers=[guest],
        chosen_by=ChosenBy.PERSON,
        announced=False,
        by=owner,
        now=now,
    )
    if day.day % 2:
        mechanic = Person.objects.exclude(pk=owner.pk).order_by("id")[0]
        afterwards.sits_beside(encounter, mechanic, owner, now)
    meet.hold(encounter=encounter, by=owner, now=now + timedelta(minutes=15), entourage=0)
    card = decks[chance.choice(list(decks))].draw()
    if card is None:
        return encounter
    remark = meet.note_remark(
        id=uuid.uuid7(),
        encounter=encounter,
        kind=card.kind,
        text=card.text,
        language=card.language,
        customer=guest,
        by=owner,
        now=now + timedelta(minutes=20),
    )
    if card.kind in (Kind.COMPLIMENT, Kind.IDEA):
        meet.keep(remark=remark, by=owner, now=now + timedelta(hours=1))
    elif chance.random() < FIXED_AT_ONCE:
        meet.fix_now(remark=remark, by=owner, now=now + timedelta(hours=1))
    else:
        meet.own(remark=remark, by=owner, now=now + timedelta(hours=1))
    meet.finish(encounter=encounter, by=owner, now=now + timedelta(hours=2))
    return encounter


def _hear(
    shop: Unit,
    decks: dict[str, Deck],
    issues: dict[str, Issue],
    guests: list[Customer],
    chance: Random,
    day: date,
) -> None:
    key = chance.choices(list(decks), [5 if key == MENDED else 2 for key in decks])[0]
    if card := decks[key].draw():
        row = hear.NewFeedback(
            source="counter",
            source_id="",
            channel="in_person",
            kind=card.kind,
            received_at=at(day, 15),
            unit=shop,
            text=card.text,
            language=card.language,
            customer=chance.choice(guests),
        )
        hear.take_in(rows=[row], by=None, now=at(day, 18))
