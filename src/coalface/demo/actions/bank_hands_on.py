"""Leaders of Three Valleys Bank do the work themselves, listen to calls, and walk their customers' way."""

from datetime import datetime
from io import BytesIO

import uuid_utils.compat as uuid
from PIL import Image, ImageDraw

from coalface.demo import queries
from coalface.demo.actions.bank_year import DAYS, Year
from coalface.demo.actions.chance import at
from coalface.meet import actions as meet
from coalface.plan import actions as plan
from coalface.records.models import ChosenBy, Encounter, Format, Person, Unit

WALK_THEN, SHIFT, SESSION, CARE, WALK_NOW = DAYS - 190, DAYS - 47, DAYS - 30, DAYS - 19, DAYS - 8
PAPER, INK = "#fbf7ee", "#2a2622"


def prepare_counter(year: Year, encounter: Encounter, now: datetime) -> None:
    """Before anybody serves at a counter there are a buddy, safe tasks and ten minutes to begin with."""
    crew = year.bank.serving[encounter.unit.key]
    buddy = crew[encounter.starts_at.toordinal() % len(crew)]
    guest_worker = encounter.attendances.get().person
    meet.prepare_shift(
        encounter=encounter,
        buddy=buddy,
        tasks="Change money\nPay out savings\nRenew passbooks",
        by=guest_worker,
        now=now,
    )
    meet.confirm_induction(encounter=encounter, by=buddy, now=now)


def lend_a_hand(year: Year, formats: dict[str, Format], number: int) -> None:
    """One shift, one listening session, two walks of the same way and one care walk, on days of their own."""
    told = queries.hands_on()
    named, units = year.bank.named, year.bank.units
    if number == SHIFT:
        _shift(
            year, told, _begin(year, formats["counter-shift"], named["Ines Caduff"], units["altmatt"], number)
        )
    elif number == SESSION:
        _session(
            year, told, _begin(year, formats["listening-in"], named["Lukas Brand"], units["Cards"], number)
        )
    elif number in (WALK_THEN, WALK_NOW):
        walk = _begin(year, formats["own-walk"], named["Nadine Roth"], units["Channels"], number)
        _walk(year, told, walk, "then" if number == WALK_THEN else "now", number)
    elif number == CARE:
        _care(year, told, _begin(year, formats["care-walk"], named["Nadine Roth"], units["altmatt"], number))


def _begin(year: Year, format: Format, person: Person, unit: Unit, number: int) -> Encounter:
    return plan.plan_encounter(
        format=format,
        unit=unit,
        starts_at=at(year.day(number), 10),
        person=person,
        customers=[],
        chosen_by=ChosenBy.PERSON,
        by=person,
        now=at(year.day(number), 8),
    )


def _shift(year: Year, told: dict, shift: Encounter) -> None:
    by, now = shift.attendances.get().person, shift.starts_at
    crew = year.bank.serving[shift.unit.key]
    head = next(one for one in year.bank.middle if one.positions.filter(unit=shift.unit).exists())
    meet.prepare_shift(
        encounter=shift,
        buddy=crew[0],
        tasks="Change money\nPay out savings",
        at_peak=True,
        host=head,
        by=by,
        now=now,
    )
    meet.agree_to_peak(encounter=shift, by=head, now=now)
    meet.confirm_induction(encounter=shift, by=crew[0], now=now)
    meet.hold(encounter=shift, by=by, now=now)
    meet.describe_shift(encounter=shift, text=told["did"], by=by, now=now)
    for seen in told["in_the_way"]:
        remark = meet.note_remark(
            id=uuid.uuid7(),
            encounter=shift,
            said_by="employee",
            touchpoint=year.touchpoints["branch_counter"],
            by=by,
            now=now,
            **seen,
        )
        meet.own(remark=remark, by=by, now=now)


def _session(year: Year, told: dict, session: Encounter) -> None:
    by, now = session.attendances.get().person, session.starts_at
    meet.hold(encounter=session, by=by, now=now)
    said = {call["queue"]: call for call in told["call"]}
    draw = meet.draw_calls(
        encounter=session, queues=list(said), from_hour=10, until_hour=12, calls=4, seed=11, by=by, now=now
    )
    for call in draw.calls.all():
        heard = said.pop(call.queue, None)
        if heard is None:
            meet.no_such_call(call=call, by=by, now=now)
            continue
        meet.inform_agent(call=call, by=by, now=now)
        remark = meet.hear_call(
            call=call, id=uuid.uuid7(), kind=heard["kind"], text=heard["text"], language="en", by=by, now=now
        )
        meet.keep(remark=remark, by=by, now=now)
    meet.finish(encounter=session, by=by, now=now)


def _walk(year: Year, told: dict, walk: Encounter, when: str, number: int) -> None:
    by, now = walk.attendances.get().person, walk.starts_at
    steps = [step for step in told["walk"] if step[when]]
    for order, step in enumerate(steps, start=1):
        broke = when == "now" and "broke" in step
        noted = meet.add_step(
            encounter=walk,
            order=order,
            name=step["name"],
            seconds=step[when],
            effort=step["effort"],
            feeling=step["feeling"],
            human=step.get("human", False),
            broke=broke,
            by=by,
            now=now,
        )
        if broke:
            phone = year.touchpoints["phone_line"]
            remark = meet.raise_step(
                step=noted, id=uuid.uuid7(), reading=step["broke"], touchpoint=phone, by=by, now=now
            )
            meet.own(remark=remark, by=by, now=now)
    meet.finish(encounter=walk, by=by, now=at(year.day(number), 12))


def _care(year: Year, told: dict, walk: Encounter) -> None:
    by, now = walk.attendances.get().person, walk.starts_at
    for order, thing in enumerate(told["judged"], start=1):
        item = meet.judge_item(
            encounter=walk,
            order=order,
            kind=thing["kind"],
            name=thing["name"],
            cares=thing["cares"],
            words=thing.get("words", ""),
            photo=_drawn(thing["lines"]) if "lines" in thing else None,
            by=by,
            now=now,
        )
        if thing["kind"] == "letter" and not thing["cares"]:
            reading = f"“{thing['name']}” does not say “we care”."
            meet.raise_item(item=item, id=uuid.uuid7(), reading=reading, by=by, now=now)


def _drawn(lines: list[str]) -> BytesIO:
    """A small picture of what stands there."""
    picture = Image.new("RGB", (480, 320), PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((12, 12, 468, 308), outline=INK, width=2)
    for place, line in enumerate(lines):
        pen.text((44, 60 + 60 * place), line, fill=INK, font_size=28)
    file = BytesIO()
    picture.save(file, "JPEG", quality=70)
    file.seek(0)
    return file
