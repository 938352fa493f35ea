"""The last weeks at the bank: a focus group, a lunch, a town hall, an incognito visit, a stand-in."""

from datetime import timedelta

import uuid_utils.compat as uuid

from coalface.demo import queries
from coalface.demo.actions.bank_year import DAYS, Year
from coalface.demo.actions.chance import at
from coalface.meet import actions as meet
from coalface.plan import actions as plan
from coalface.records.models import ChosenBy, Encounter, Format, Guest, Person, Remark

NOTICE = 120
SEED = 41


def announce(year: Year) -> None:
    """Months before, everybody reads that somebody may come by incognito."""
    day = year.day(NOTICE)
    text = queries.gathering_words("notice")
    plan.file_notice(unit=year.bank.root, text=text, published_on=day, by=_manager(year), now=at(day, 9))


def gather(year: Year, formats: dict[str, Format]) -> None:
    """Everything that was not a talk between two, in the last fortnight of the story."""
    announce(year)
    _focus_group(year, formats["focus-group"])
    _lunch(year, formats["customer-lunch"])
    _town_hall(year, formats["town-hall"])
    _incognito(year, formats["incognito"])
    _somebody_else_goes(year, formats["visit"])


def _manager(year: Year) -> Person:
    return year.bank.named["Mirjam Kofler"]


def _planned(year: Year, format: Format, person: Person, number: int, hour: int, **more: object) -> Encounter:
    given = {"unit": year.bank.units["bellerive"], "chosen_by": ChosenBy.PLANNER, "customers": []} | more
    day = year.day(number)
    planned = at(day, 9) - timedelta(days=14)
    return plan.plan_encounter(
        format=format, person=person, starts_at=at(day, hour), by=_manager(year), now=planned, **given
    )


def _focus_group(year: Year, format: Format) -> None:
    leader, number = year.bank.named["Judith Stettler"], DAYS - 9
    group = _planned(year, format, leader, number, 17)
    asked = {"by": _manager(year), "now": at(year.day(number), 9) - timedelta(days=14)}
    for segment, wanted in (("private", 3), ("family", 2), ("young", 1)):
        meet.set_quota(encounter=group, segment=segment, wanted=wanted, **asked)
    meet.draw_guests(encounter=group, count=6, channel="phone", seed=SEED, **asked)
    held = _held(year, group, leader, number, hour=19)
    guests = _came(year, held, leader, number, staying_away=1)
    _give(year, held, guests, leader, number)
    for turn, card in enumerate(queries.gathering("focus_group")):
        remark = _said(year, held, leader, card, number, turn, guests[turn])
        meet.keep(remark=remark, by=leader, now=at(year.day(number), 21))
    meet.finish(encounter=held, by=leader, now=at(year.day(number), 21, 30))


def _lunch(year: Year, format: Format) -> None:
    leader, number = year.bank.named["Paul Wyss"], DAYS - 6
    lunch = _planned(year, format, leader, number, 12)
    asked = {"by": _manager(year), "now": at(year.day(number), 9) - timedelta(days=13)}
    meet.draw_guests(encounter=lunch, count=5, channel="phone", seed=SEED, **asked)
    held = _held(year, lunch, leader, number, hour=14)
    guests = _came(year, held, leader, number, staying_away=0)
    for turn, card in enumerate(queries.gathering("event")):
        remark = _said(year, held, leader, card, number, turn, guests[turn])
        meet.own(remark=remark, by=leader, now=at(year.day(number), 16))


def _town_hall(year: Year, format: Format) -> None:
    leader, number = year.bank.named["Thomas Rey"], DAYS - 3
    hall = _held(
        year, _planned(year, format, leader, number, 18, chosen_by=ChosenBy.CUSTOMER), leader, number, hour=19
    )
    asked = [
        meet.take_question(
            id=uuid.uuid7(),
            encounter=hall,
            text=card.text,
            said_by=card.by,
            language=card.language,
            now=at(year.day(number), 19, 5 + turn),
        )
        for turn, card in enumerate(queries.gathering("town_hall"))
    ]
    meet.fix_now(remark=asked[0], by=leader, now=at(year.day(number), 19, 20))
    meet.own(remark=asked[1], by=leader, now=at(year.day(number), 19, 25))
    meet.stop_questions(encounter=hall, by=leader, now=at(year.day(number), 20))


def _incognito(year: Year, format: Format) -> None:
    leader, number = year.bank.named["Marc Oberson"], DAYS - 8
    planned = _planned(year, format, leader, number, 10, announced=False, chosen_by=ChosenBy.CUSTOMER)
    visit = _held(year, planned, leader, number, hour=11)
    evening = at(year.day(number), 17)
    seen = {"kind": "obstacle", "reading": queries.gathering_words("seen"), "by": leader, "now": evening}
    meet.fix_now(remark=meet.note_remark(id=uuid.uuid7(), encounter=visit, **seen), by=leader, now=evening)
    debrief = queries.gathering_words("debrief")
    meet.disclose(encounter=visit, debrief=debrief, by=leader, now=evening)
    meet.finish(encounter=visit, by=leader, now=evening)


def _somebody_else_goes(year: Year, format: Format) -> None:
    leader, number = year.bank.named["Ines Caduff"], DAYS + 6
    drawn = plan.draw(
        person=leader,
        format=format,
        unit=year.bank.units["bellerive"],
        starts_at=at(year.day(number), 15),
        by=_manager(year),
        now=at(year.day(DAYS), 10),
        seed=SEED,
    )
    meet.delegate(
        encounter=drawn.encounter,
        to=year.bank.named["Nadine Roth"],
        by=leader,
        now=at(year.day(DAYS), 11),
    )


def _held(year: Year, encounter: Encounter, leader: Person, number: int, *, hour: int) -> Encounter:
    return meet.hold(encounter=encounter, by=leader, now=at(year.day(number), hour))


def _came(year: Year, encounter: Encounter, leader: Person, number: int, *, staying_away: int) -> list[Guest]:
    """All but so many came; two to a table."""
    guests = list(encounter.guests.order_by("id"))
    seats = [
        meet.Seat(guest=guest, came=turn >= staying_away, agreed=turn >= staying_away, table=turn // 2 + 1)
        for turn, guest in enumerate(guests)
    ]
    meet.seat_guests(encounter=encounter, guests=seats, ours=[], by=leader, now=at(year.day(number), 20))
    return guests[staying_away:]


def _give(year: Year, encounter: Encounter, guests: list[Guest], leader: Person, number: int) -> None:
    meet.give_tokens(
        encounter=encounter,
        guests=guests,
        token="A jar of honey from the roof",
        value=1200,
        currency="CHF",
        by=leader,
        now=at(year.day(number), 20, 30),
    )


def _said(
    year: Year, encounter: Encounter, leader: Person, card: queries.Said, number: int, turn: int, guest: Guest
) -> Remark:
    return meet.note_remark(
        id=uuid.uuid7(),
        encounter=encounter,
        kind=card.kind,
        text=card.text,
        language=card.language,
        customer=guest.customer,
        by=leader,
        now=at(year.day(number), 20, 40 + turn),
    )
