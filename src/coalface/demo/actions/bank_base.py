"""What stands at Three Valleys Bank before the year begins: customers, formats, touchpoints, issues."""

from datetime import date, datetime, timedelta
from random import Random

from coalface.customers import actions as customers
from coalface.demo import queries
from coalface.demo.actions.bank_people import BRANCHES, Bank
from coalface.plan import actions as plan
from coalface.records.models import (
    Channel,
    Customer,
    Depth,
    Format,
    FormatKind,
    Issue,
    Purpose,
    RestrictionKind,
    Touchpoint,
)
from coalface.understand import actions as understand

CUSTOMERS = 3_000
AT_ONCE = 1_000
SEGMENTS = {"private": 54, "family": 18, "young": 12, "business": 11, "farming": 5}
YEARLY = {"private": 38_000, "family": 61_000, "young": 9_000, "business": 240_000, "farming": 120_000}
LANGUAGES = {"de": 55, "fr": 25, "en": 20}
FORMATS = (
    (
        "counter-shift",
        "A shift at the counter",
        Depth.DOING,
        180,
        "Ask the buddy what must not go wrong.\nServe.\nWrite down what got in your way.",
    ),
    (
        "complaint-call",
        "Taking over a complaint",
        Depth.RESOLVING,
        40,
        "Read the case.\nCall.\nSay what happens next, and when.",
    ),
    (
        "visit",
        "A visit or a conversation",
        Depth.CONVERSING,
        45,
        "What do you like about us?\nWhat annoys you?\nWhat would you change first?\nWhat did we promise?",
    ),
    (
        "listening-in",
        "Listening to calls",
        Depth.LISTENING,
        60,
        "The agent knows and stays unnamed.\nOne remark for each call.",
    ),
    (
        "own-walk",
        "Being our own customer",
        Depth.OWN_WALK,
        45,
        "Find the number.\nCount the steps until a human answers.\nUse nothing that only we know.",
    ),
    (
        "care-walk",
        "A care walk",
        Depth.OWN_WALK,
        45,
        "Take things as they come.\nDoes it say “we care”?\nTake a picture of it.",
    ),
)
GATHERINGS = (
    (
        "customer-lunch",
        "Lunch with customers",
        Depth.GROUP,
        90,
        "This is not a sales pitch.\nEverybody speaks once before anybody speaks twice.",
        FormatKind.EVENT,
        8,
    ),
    (
        "focus-group",
        "A focus group",
        Depth.GROUP,
        120,
        "Say first: this is not a sales pitch.\nWhat did you hope for from us?\nWhat should we never change?",
        FormatKind.FOCUS_GROUP,
        8,
    ),
    (
        "town-hall",
        "A town hall",
        Depth.GROUP,
        90,
        "Show the link before you speak.\nRead questions out as they are.\nSay who answers, and by when.",
        FormatKind.TOWN_HALL,
        300,
    ),
    (
        "drop-in",
        "Dropping in",
        Depth.CONVERSING,
        60,
        "Come alone, and tell nobody.\nAsk those who wait.\nAsk those who serve.",
        FormatKind.DROP_IN,
        1,
    ),
    (
        "incognito",
        "An incognito visit",
        Depth.OWN_WALK,
        60,
        "Be a customer, no longer than one would be.\nSet nobody a trap.\nCome back and say that it was you.",
        FormatKind.INCOGNITO,
        1,
    ),
)
KINDS = {
    "counter-shift": FormatKind.SHIFT,
    "listening-in": FormatKind.LISTENING,
    "own-walk": FormatKind.OWN_WALK,
    "care-walk": FormatKind.CARE_WALK,
}
COMPETITORS = (
    ("Meadow Mutual", (), "Ines Caduff"),
    ("Alpenrose Direct", ("alpenrose*",), "Salome Huber"),
)
STOP_OWNERS = {"branch_counter": "Channels", "phone_line": "Channels"}
OWNERS = {
    "card_block": "Cards",
    "branch_wait": "Channels",
    "statement_fee": "Pricing",
    "app_logout": "Technology",
    "bereavement": "Retail",
}


def add_customers(*, bank: Bank, chance: Random, on: date, now: datetime) -> list[Customer]:
    """Three thousand customers over six branches, with the consents that some of them gave."""
    manager = bank.named["Mirjam Kofler"]
    known: list[Customer] = []
    for start in range(0, CUSTOMERS, AT_ONCE):
        rows = [_customer(bank, chance, on, number) for number in range(start, start + AT_ONCE)]
        added = customers.add_customers(rows=rows, by=manager, now=now)
        customers.record_consents(rows=_consents(added, chance, 0), by=manager, now=now)
        customers.record_consents(rows=_consents(added, chance, 1), by=manager, now=now)
        known += added
    for customer in chance.sample(known, 40):
        kind = chance.choice(list(RestrictionKind))
        customers.restrict(customer=customer, kind=kind, by=manager, now=now)
    return known


def _customer(bank: Bank, chance: Random, on: date, number: int) -> customers.NewCustomer:
    segment = chance.choices(list(SEGMENTS), list(SEGMENTS.values()))[0]
    name = f"{chance.choice(queries.names('first_names'))} {chance.choice(queries.names('last_names'))}"
    is_company = segment == "business"
    return customers.NewCustomer(
        name=f"{chance.choice(queries.names('company_names'))} ({name})" if is_company else name,
        is_company=is_company,
        reference=f"TV-{10_000 + number}",
        segment=segment,
        language=chance.choices(list(LANGUAGES), list(LANGUAGES.values()))[0],
        email=f"customer{number}@post.example" if chance.random() < 0.8 else "",
        phone=f"+41 00 {number:07d}"[:16] if chance.random() < 0.9 else "",
        unit=bank.units[chance.choices(list(BRANCHES), list(BRANCHES.values()))[0]],
        since_on=on - timedelta(days=chance.randrange(200, 9_000)),
        yearly_value=round(YEARLY[segment] * chance.lognormvariate(0, 0.5)),
        currency="CHF",
    )


def _consents(added: list[Customer], chance: Random, which: int) -> list[customers.NewConsent]:
    channel, purpose, share = (
        (Channel.PHONE, Purpose.CONVERSATION, 0.6),
        (Channel.EMAIL, Purpose.TELLING, 0.75),
    )[which]
    return [
        customers.NewConsent(customer=customer, channel=channel, purpose=purpose, wording="2025-1")
        for customer in added
        if chance.random() < share
    ]


def add_formats(*, bank: Bank, now: datetime) -> dict[str, Format]:
    """The ways of meeting that the bank uses."""
    manager = bank.named["Mirjam Kofler"]
    gatherings = {
        key: plan.add_format(
            key=key,
            name=name,
            depth=depth,
            minutes=minutes,
            guide=guide,
            kind=kind,
            seats=seats,
            may_be_unannounced=kind in (FormatKind.DROP_IN, FormatKind.INCOGNITO),
            by=manager,
            now=now,
        )
        for key, name, depth, minutes, guide, kind, seats in GATHERINGS
    }
    return gatherings | {
        key: plan.add_format(
            key=key,
            name=name,
            depth=depth,
            minutes=minutes,
            guide=guide,
            by=manager,
            now=now,
            kind=KINDS.get(key, FormatKind.CONVERSATION),
        )
        for key, name, depth, minutes, guide in FORMATS
    }


def add_issues(*, bank: Bank, now: datetime) -> tuple[dict[str, Touchpoint], dict[str, Issue]]:
    """Touchpoints, and the issues known at the start with the words that lead to them."""
    analyst = bank.named["Dario Pellegrini"]
    touchpoints = {
        stop.key: understand.add_touchpoint(
            key=stop.key,
            name=stop.name,
            stage=stop.stage,
            order=stop.order,
            by=analyst,
            now=now,
            owner=bank.units.get(STOP_OWNERS.get(stop.key, "")),
        )
        for stop in queries.stops()
    }
    issues = {}
    for problem in queries.problems():
        issue = understand.propose_issue(
            title=problem.title,
            kind=problem.kind,
            touchpoint=touchpoints[problem.touchpoint],
            owner=bank.units[OWNERS.get(problem.key, "Retail")],
            by=analyst,
            now=now,
        )
        understand.confirm_issue(issue=issue, by=analyst, now=now)
        understand.set_route(
            issue=issue, phrases=problem.phrases, topics=(problem.title,), by=analyst, now=now
        )
        issues[problem.key] = issue
    return touchpoints, issues


def know_competitors(*, bank: Bank, now: datetime) -> None:
    """Two of the other banks whom customers name, each known best by one of us; the rest wait to be named."""
    for name, called, owner in COMPETITORS:
        understand.add_competitor(
            name=name, called=called, owner=bank.named[owner], by=bank.named["Dario Pellegrini"], now=now
        )
