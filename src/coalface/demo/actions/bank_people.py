"""Who works at Three Valleys Bank: nine leaders, head office, six branches."""

from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random

from coalface.demo import queries
from coalface.demo.actions.passes import give_pins, set_up_till
from coalface.people import actions as people
from coalface.plan import actions as plan
from coalface.records.models import Level, Person, Role, Unit, UnitKind

PASSWORD = "meet a customer"
CODES = ("2401", "2402", "2403")
BRANCHES = {"altmatt": 5, "bellerive": 4, "corneau": 4, "dornfeld": 3, "eschental": 2, "fontenay": 2}
NAMES = ("Altmatt", "Bellerive", "Corneau", "Dornfeld", "Eschental", "Fontenay")
DEPARTMENTS = (
    "Retail",
    "Corporate",
    "Cards",
    "Pricing",
    "Channels",
    "Risk",
    "People",
    "Technology",
    "Finance",
)
LEADERS = (
    ("Verena Amsler", "Chief executive", "Head office"),
    ("Thomas Rey", "Chief operating officer", "Channels"),
    ("Konrad Bellmann", "Head of corporate banking", "Corporate"),
    ("Ines Caduff", "Head of retail banking", "Retail"),
    ("Marc Oberson", "Chief risk officer", "Risk"),
    ("Judith Stettler", "Head of people", "People"),
    ("Paul Wyss", "Chief information officer", "Technology"),
    ("Claire Monnier", "Head of pricing", "Pricing"),
    ("Henrik Lauber", "Chief financial officer", "Finance"),
)
KEEP_IT_TO_THEMSELVES = ("Claire Monnier", "Henrik Lauber")
MEETS_ONLY_THE_HAPPY = "Konrad Bellmann"
MEETS_NOBODY = "Henrik Lauber"
HEAD_OFFICE = (
    ("Mirjam Kofler", "Programme manager", "Retail", Role.PROGRAMME_MANAGER),
    ("Lukas Brand", "Head of cards", "Cards", Role.LEADER),
    ("Nadine Roth", "Head of branch services", "Channels", Role.LEADER),
    ("Etienne Favre", "Head of fees and conditions", "Pricing", Role.LEADER),
    ("Salome Huber", "Head of the app", "Technology", Role.LEADER),
)
STAFF_PER_WEIGHT = 4


@dataclass
class Bank:
    """The people and places that the story speaks of."""

    root: Unit
    units: dict[str, Unit] = field(default_factory=dict)
    leaders: list[Person] = field(default_factory=list)
    middle: list[Person] = field(default_factory=list)
    serving: dict[str, list[Person]] = field(default_factory=dict)
    named: dict[str, Person] = field(default_factory=dict)

    def branches(self) -> list[Unit]:
        """The six branches, the largest first."""
        return [self.units[key] for key in BRANCHES]


def address(name: str) -> str:
    """The mail address somebody has at the bank."""
    return f"{name.lower().replace(' ', '.')}@three-valleys.example"


def found_bank(*, chance: Random, on: date, now: datetime) -> Bank:
    """The organisation with its units, people, rights, published clocks and commitments."""
    root = people.found_organisation(
        name="Three Valleys Bank", key="three-valleys", time_zone="Europe/Zurich", now=now
    )
    bank = Bank(root)
    _add_leaders(bank, on, now)
    _add_units(bank, now)
    _add_head_office(bank, on, now)
    _add_branches(bank, chance, on, now)
    _give_rights(bank, now)
    manager = bank.named["Mirjam Kofler"]
    plan.commit_level(level=Level.TOP, every_days=30, starts_on=on, by=manager, now=now)
    return bank


def _join(
    bank: Bank,
    name: str,
    unit: Unit,
    level: Level,
    job: str,
    on: date,
    now: datetime,
    manager: Person | None = None,
) -> Person:
    person = people.add_person(
        name=name,
        unit=unit,
        level=level,
        job=job,
        email=address(name),
        starts_on=on,
        by=None,
        now=now,
        manager=manager,
    )
    bank.named[name] = person
    return person


def _add_leaders(bank: Bank, on: date, now: datetime) -> None:
    for name, job, _ in LEADERS:
        manager = bank.leaders[0] if bank.leaders else None
        bank.leaders.append(_join(bank, name, bank.root, Level.TOP, job, on, now, manager=manager))


def _add_units(bank: Bank, now: datetime) -> None:
    chief = bank.leaders[0]
    office = people.add_unit(
        key="head-office", name="Head office", kind=UnitKind.REGION, parent=bank.root, by=chief, now=now
    )
    for name in DEPARTMENTS:
        bank.units[name] = people.add_unit(
            key=name.lower(), name=name, kind=UnitKind.DEPARTMENT, parent=office, by=chief, now=now
        )
    valleys = people.add_unit(
        key="branches", name="Branches", kind=UnitKind.REGION, parent=bank.root, by=chief, now=now
    )
    for key, name in zip(BRANCHES, NAMES, strict=True):
        bank.units[key] = people.add_unit(
            key=key, name=name, kind=UnitKind.SITE, parent=valleys, by=chief, now=now
        )


def _add_head_office(bank: Bank, on: date, now: datetime) -> None:
    heads = {unit: bank.named[name] for name, _, unit in LEADERS}
    for name, job, unit, _ in HEAD_OFFICE:
        manager = heads.get(unit, bank.leaders[3])
        bank.middle.append(_join(bank, name, bank.units[unit], Level.MIDDLE, job, on, now, manager=manager))
    _join(bank, "Dario Pellegrini", bank.units["Retail"], Level.SUPERVISOR, "Analyst", on, now)
    _join(bank, "Andrea Frey", bank.units["Technology"], Level.SUPERVISOR, "Administrator", on, now)


def _add_branches(bank: Bank, chance: Random, on: date, now: datetime) -> None:
    firsts, lasts = queries.names("first_names"), queries.names("last_names")
    free = [f"{chance.choice(firsts)} {last}" for last in chance.sample(lasts, 130)]
    free = [name for name in dict.fromkeys(free) if name not in bank.named]
    free.insert(2, "Sofia Marques")
    for branch, weight in BRANCHES.items():
        unit = bank.units[branch]
        head = _join(
            bank, free.pop(0), unit, Level.MIDDLE, "Branch manager", on, now, manager=bank.leaders[3]
        )
        bank.middle.append(head)
        counter = _join(bank, free.pop(0), unit, Level.SUPERVISOR, "Head of counter", on, now, manager=head)
        bank.serving[branch] = [
            _join(
                bank,
                free.pop(0),
                unit,
                Level.FRONT_LINE,
                "Adviser" if turn % 3 else "Counter",
                on,
                now,
                manager=counter,
            )
            for turn in range(weight * STAFF_PER_WEIGHT)
        ]
        deputy = _join(bank, free.pop(0), unit, Level.SUPERVISOR, "Head of advisers", on, now, manager=head)
        bank.serving[branch] += [counter, deputy]


def _give_rights(bank: Bank, now: datetime) -> None:
    manager = bank.named["Mirjam Kofler"]
    roles = [(person, Role.LEADER, bank.root) for person in bank.leaders]
    roles += [(bank.named[name], role, bank.root) for name, _, _, role in HEAD_OFFICE]
    roles += [(person, Role.LEADER, bank.units[key]) for key, person in _branch_managers(bank)]
    roles.append((bank.named["Dario Pellegrini"], Role.ANALYST, bank.root))
    roles.append((bank.named["Andrea Frey"], Role.ADMINISTRATOR, bank.root))
    roles += [(person, Role.MEMBER, bank.units[key]) for key, crew in bank.serving.items() for person in crew]
    for person, role, unit in roles:
        people.grant(person=person, role=role, unit=unit, by=manager, now=now)
    for person in bank.leaders:
        if person.name not in KEEP_IT_TO_THEMSELVES:
            people.publish_clock(by=person, now=now)


def _branch_managers(bank: Bank) -> list[tuple[str, Person]]:
    return list(zip(BRANCHES, bank.middle[len(HEAD_OFFICE) :], strict=True))


def open_accounts(*, bank: Bank, now: datetime) -> None:
    """Sign-ins for those whose eyes the demo is meant to be seen through, all with one password."""
    chosen = [name for name, _, _ in LEADERS] + [name for name, _, _, _ in HEAD_OFFICE]
    for name in [*chosen, "Dario Pellegrini", "Andrea Frey", "Sofia Marques"]:
        person = bank.named[name]
        people.open_account(person=person, email=person.email, password=PASSWORD, by=None, now=now)
    manager, (first, *others) = bank.named["Mirjam Kofler"], list(BRANCHES)
    give_pins(codes=dict(zip(CODES, bank.serving[first], strict=False)), by=manager, now=now)
    for branch in (first, *others[:1]):
        set_up_till(name="Counter", unit=bank.units[branch], by=manager, now=now)
