"""Putting the people of a list into the directory, with the positions they held one after the other."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Model
from django.utils.text import slugify

from coalface.people.actions import NobodyWouldManage, NotAfterTheLastMove, add_unit, leave
from coalface.records.history import note
from coalface.records.models import ImportedRow, ImportRun, Person, Position, Unit, UnitKind

from ..reading import CannotRead

LONGEST_KEY: Final = 50
Row = Mapping[str, Any]


class NobodyWouldBeLeft(CannotRead):
    """By this list the last one who can add people and give rights would go."""

    code = "nobody_would_manage"


@transaction.atomic
def take_in_people(
    *, rows: Sequence[Row], units: Sequence[Unit], by: Person | None, now: datetime
) -> list[Any]:
    """Write down people and positions that are new.

    Everything that was made is handed back, and what was changed with its fields before and after.
    """
    made: list[Any] = []
    root = next(unit for unit in units if unit.parent_id is None)
    places = _places(rows=rows, root=root, made=made, by=by, now=now)
    people = _people(rows=rows, made=made)
    for row, person in sorted(
        zip(rows, people, strict=True), key=lambda each: str(each[0].get("from_on") or "")
    ):
        unit = row.get("unit") or places.get(row.get("make_unit", "")) or root
        made += _position(person=person, unit=unit, row=row, now=now)
    made += _say_who_left(people=people, by=by, now=now)
    note("people.taken_in", about=people[0], by=by, at=now, ids=sorted({person.pk for person in people}))
    return made


def _people(*, rows: Sequence[Row], made: list[Any]) -> list[Person]:
    """Whom each row means; several new rows of one person are one."""
    new: dict[str, Person] = {}
    people = []
    for row in rows:
        who = (row.get("staff_code") or row.get("email") or row["name"]).casefold()
        person = row.get("person") or new.get(who)
        if person is None:
            person = Person(
                name=row["name"],
                email=row.get("email", ""),
                staff_code=row.get("staff_code") or None,
                language=row.get("language", "en"),
            )
            new[who] = person
        people.append(person)
    made += Person.objects.bulk_create(new.values())
    return people


def _places(
    *, rows: Sequence[Row], root: Unit, made: list[Any], by: Person | None, now: datetime
) -> dict[str, Unit]:
    """The units that somebody agreed to make: “North / Bern” is Bern below North."""
    places: dict[str, Unit] = {}
    for written in dict.fromkeys(row["make_unit"] for row in rows if row.get("make_unit")):
        parent = root
        parts = [" ".join(part.split())[:120] for part in written.split("/") if part.strip()]
        for depth, name in enumerate(parts):
            unit = Unit.objects.filter(parent=parent, name__iexact=name).order_by("pk").first()
            if unit is None:
                kind = UnitKind.SITE if depth == len(parts) - 1 else UnitKind.REGION
                unit = add_unit(key=_free_key(name), name=name, kind=kind, parent=parent, by=by, now=now)
                made.append(unit)
            parent = unit
        places[written] = parent
    return places


def _free_key(name: str) -> str:
    plain = slugify(name)[: LONGEST_KEY - 5] or "unit"
    key, copy = plain, 1
    while Unit.objects.filter(key=key).exists():
        copy += 1
        key = f"{plain}-{copy}"
    return key


def _position(*, person: Person, unit: Unit, row: Row, now: datetime) -> list[Any]:
    """A position between those that are there: the one before ends, this one ends where the next begins."""
    start = row.get("from_on") or now.date()
    ends = row.get("ends_on")
    held = list(Position.objects.filter(person=person).order_by("starts_on"))
    before = [each for each in held if each.starts_on < start]
    after = [each for each in held if each.starts_on > start]
    touched: list[Any] = []
    if before and (before[-1].ends_on is None or before[-1].ends_on > start):
        touched = [(before[-1], {"ends_on": before[-1].ends_on}, {"ends_on": start})]
        before[-1].ends_on = start
        before[-1].save(update_fields=["ends_on"])
    if after and (ends is None or ends > after[0].starts_on):
        ends = after[0].starts_on
    made = Position.objects.create(
        person=person,
        unit=unit,
        manager=row.get("manager"),
        level=row.get("level", ""),
        job=row.get("job", ""),
        starts_on=start,
        ends_on=ends,
    )
    return [*touched, made]


def _say_who_left(*, people: Sequence[Person], by: Person | None, now: datetime) -> list[Any]:
    """Whoever holds no position any more leaves with the last day of the last one, as by the directory."""
    touched: list[Any] = []
    for person in {each.pk: each for each in people}.values():
        last = Position.objects.filter(person=person).order_by("-starts_on").first()
        left = last.ends_on if last else None
        if person.left_on != left:
            touched.append((person, {"left_on": person.left_on}, {"left_on": left}))
            _leave(person=person, on=left, by=by, now=now)
    return touched


def _leave(*, person: Person, on: date | None, by: Person | None, now: datetime) -> None:
    """A first last day closes the doors; another one, or none, is only written down."""
    if on and not person.left_on:
        try:
            leave(person=person, on=on, by=by, now=now)
        except (NobodyWouldManage, NotAfterTheLastMove) as refused:
            raise NobodyWouldBeLeft(person.name) from refused
        return
    person.left_on = on
    person.save(update_fields=["left_on"])


@transaction.atomic
def change_people(
    *, rows: Sequence[tuple[Model, Mapping[str, Any]]], by: Person | None, now: datetime
) -> None:
    """Take over what a list says otherwise about people and their positions; who left follows."""
    for record, after in rows:
        names = [name for name in after if name != "left_on"]
        for name in names:
            setattr(record, name, after[name])
        if names:
            record.save(update_fields=names)
    ended = [record.person for record, after in rows if "ends_on" in after]
    _say_who_left(people=ended, by=by, now=now)
    if rows:
        note("people.changed", about=rows[0][0], by=by, at=now, rows=len(rows))


@transaction.atomic
def link_managers(
    *, rows: Sequence[tuple[Position, Person]], run: ImportRun, by: Person | None, now: datetime
) -> int:
    """Say who manages whom where both came with one list; only positions of this run are touched."""
    own = ImportedRow.objects.filter(run=run, about_type="position", before__isnull=True)
    made = set(
        own.filter(about_id__in=[position.pk for position, _ in rows]).values_list("about_id", flat=True)
    )
    linked = []
    for position, manager in rows:
        if str(position.pk) in made and position.person_id != manager.pk:
            position.manager = manager
            linked.append(position)
    Position.objects.bulk_update(linked, ["manager"])
    if linked:
        note("people.linked", about=run, by=by, at=now, rows=len(linked))
    return len(linked)
