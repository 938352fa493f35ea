"""How those of the demo companies come in who have no e-mail address: a code, a PIN, and a till."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from coalface.people import actions as people
from coalface.records.models import Person, Unit

PIN: Final = "480372"


def give_pins(*, codes: Mapping[str, Person], by: Person, now: datetime) -> None:
    """Each of them has this staff code and the PIN of the demo, as if they had chosen it themselves."""
    for code, person in codes.items():
        people.change_person(
            person=person,
            name=person.name,
            email=person.email,
            staff_code=code,
            language=person.language,
            by=by,
            now=now,
        )
        person.refresh_from_db()
        people.issue_pin(person=person, by=by, now=now)
        people.choose_pin(person=person, pin=PIN, by=person, now=now)


def set_up_till(*, name: str, unit: Unit, by: Person, now: datetime) -> None:
    """A till that is in the list; no browser of a visitor is it, so theirs becomes another by one click."""
    people.set_up_device(name=name, unit=unit, by=by, now=now)
