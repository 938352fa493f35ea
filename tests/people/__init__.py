"""The cast: who works at Lindner & Co and whom they serve, made through the actions a user calls."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from coalface.customers.actions import NewConsent, NewCustomer, add_customers, record_consents
from coalface.people.actions import add_person, add_unit, found_organisation, grant, open_account
from coalface.plan.actions import add_format
from coalface.records.models import (
    Channel,
    Customer,
    Depth,
    Format,
    Level,
    Person,
    Purpose,
    Role,
    Unit,
    UnitKind,
)

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
CAME_ON = date(2025, 1, 1)
PASSWORD = "a long password"


@dataclass(frozen=True)
class Cast:
    """Lindner & Co on a Monday morning in March."""

    root: Unit
    north: Unit
    south: Unit
    office: Unit
    olga: Person
    rolf: Person
    mina: Person
    adam: Person
    sven: Person
    fay: Person
    gus: Person
    ada: Person
    petra: Customer
    quentin: Customer
    rosa: Customer
    visit: Format


def join(name: str, unit: Unit, level: str = "", manager: Person | None = None) -> Person:
    """Somebody who came on the first day and can sign in."""
    email = f"{name.split()[0].lower()}@lindner.example"
    person = add_person(
        name=name, unit=unit, level=level, manager=manager, email=email, starts_on=CAME_ON, by=None, now=NOW
    )
    open_account(person=person, email=email, password=PASSWORD, by=None, now=NOW)
    return person


def client_for(person: Person) -> Client:
    """A browser in which this person has signed in."""
    client = Client()
    client.force_login(person.account)
    return client


def welcome(*names: str, unit: Unit, segment: str = "private") -> list[Customer]:
    """Customers who agreed to be called for a conversation and to be written to when something is better."""
    rows = [
        NewCustomer(name=name, unit=unit, segment=segment, email=f"{name.split()[0].lower()}@home.example")
        for name in names
    ]
    customers = add_customers(rows=rows, by=None, now=NOW)
    yes = ((Channel.PHONE, Purpose.CONVERSATION), (Channel.EMAIL, Purpose.TELLING))
    consents = [
        NewConsent(customer=customer, channel=channel, purpose=purpose, wording="2026-01")
        for customer in customers
        for channel, purpose in yes
    ]
    record_consents(rows=consents, by=None, now=NOW)
    return customers


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody, found fresh in every test."""
    return lindner()


def lindner() -> Cast:
    """The organisation with everybody in it."""
    root = found_organisation(name="Lindner & Co", key="lindner", time_zone="Europe/Zurich", now=NOW)
    north, south, office = (
        add_unit(key=key, name=key.title(), kind=kind, parent=root, by=None, now=NOW)
        for key, kind in (
            ("north", UnitKind.SITE),
            ("south", UnitKind.SITE),
            ("office", UnitKind.DEPARTMENT),
        )
    )
    olga = join("Olga Lindner", root, Level.TOP)
    rolf = join("Rolf Huber", root, Level.TOP, manager=olga)
    mina = join("Mina Aziz", office, Level.MIDDLE, manager=olga)
    adam = join("Adam Nowak", office, Level.MIDDLE, manager=mina)
    sven = join("Sven Olsen", north, Level.SUPERVISOR, manager=rolf)
    fay = join("Fay Burns", north, Level.FRONT_LINE, manager=sven)
    gus = join("Gus Meyer", south, Level.FRONT_LINE, manager=rolf)
    ada = join("Ada Kovacs", office)
    for person, role, unit in (
        (olga, Role.LEADER, root),
        (rolf, Role.LEADER, root),
        (mina, Role.PROGRAMME_MANAGER, root),
        (adam, Role.ANALYST, root),
        (sven, Role.MEMBER, north),
        (fay, Role.MEMBER, north),
        (gus, Role.MEMBER, south),
        (ada, Role.ADMINISTRATOR, root),
    ):
        grant(person=person, role=role, unit=unit, by=None, now=NOW)
    petra, quentin, rosa = welcome("Petra Frei", "Quentin Roy", "Rosa Conti", unit=north)
    visit = add_format(key="visit", name="Visit", depth=Depth.CONVERSING, minutes=30, by=mina, now=NOW)
    return Cast(
        root, north, south, office, olga, rolf, mina, adam, sven, fay, gus, ada, petra, quentin, rosa, visit
    )
