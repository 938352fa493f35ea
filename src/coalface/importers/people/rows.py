"""Who of a list is in the directory, and which of their positions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Model

from coalface.people.queries import who_manages_people
from coalface.records.models import ImportRun, Person, Position

from ..mapping import Mapping as Meaning
from ..references import Colleagues, Nearest, Units
from ..rows import Given
from .actions import change_people, link_managers, take_in_people

OF_A_PERSON: Final = ("name", "email", "staff_code", "language")
OF_A_POSITION: Final = ("unit", "manager", "level", "job", "ends_on")
ONE_DAY: Final = timedelta(days=1)


class PeopleRows:
    """Known by staff code, e-mail or name; a row with a first day is one of their positions over time."""

    def __init__(self, meaning: Meaning, columns: Mapping[str, str], now: datetime) -> None:
        self._columns, self._today = columns, now.date()
        self._units = Units()
        self._in_file: set[str] = set()
        self._managing = who_manages_people()

    def read_ahead(self, rows: Iterable[Given]) -> None:
        """Remember who stands in the file, so that a manager may stand below those they manage."""
        for row in rows:
            _name(row.values)
            self._in_file |= {row.values.get(name, "").casefold() for name in ("name", "email", "staff_code")}
        self._in_file.discard("")

    def identity(self, row: Given) -> str:
        """Who, and from when."""
        values = row.values
        who = values.get("staff_code") or values.get("email") or values.get("name", "")
        return f"{who.casefold()}|{values.get('from_on') or ''}" if who else ""

    def twice(self, row: Given) -> None:
        """The same person on the same day otherwise: another one of that name, or a mistake."""
        if row.values.get("staff_code") or row.values.get("email"):
            row.trouble(self._columns.get("staff_code", self._columns.get("email", "")), "id_twice")
        else:
            row.trouble(self._columns.get("name", ""), "two_of_one_name")

    def look_up(self, rows: Sequence[Given]) -> None:
        """Find who is meant, where they work, and what is different."""
        for row in rows:
            _name(row.values)
        words = [
            row.values.get(name, "") for row in rows for name in ("name", "email", "staff_code", "manager")
        ]
        colleagues = Colleagues(words)
        for row in rows:
            self._complete(row, colleagues)
        found = {row.line: self._person(row, colleagues) for row in rows if row.values.get("name")}
        held: dict[int, list[Position]] = defaultdict(list)
        for position in Position.objects.filter(person__in=[each for each in found.values() if each]):
            held[position.person_id].append(position)
        for row in rows:
            if person := found.get(row.line):
                self._compare(row, person, held[person.pk])

    def _complete(self, row: Given, colleagues: Colleagues) -> None:
        values = row.values
        if not values.get("name"):
            row.trouble(self._columns.get("name", ""), "missing")
        if until := values.pop("until_on", None):
            values["ends_on"] = until + ONE_DAY
            if values.get("from_on") and values["ends_on"] <= values["from_on"]:
                row.trouble(self._columns.get("until_on", ""), "ends_before_it_begins")
        self._set_unit(row)
        self._set_manager(row, colleagues)

    def _set_unit(self, row: Given) -> None:
        written = row.values.get("unit")
        if not written:
            row.values["unit"] = None
            return
        found = self._units.find(written)
        near = None if found else self._units.like(written)
        if not found and near and "/" not in written:
            found = self._nearest(row, near)
        elif not found and row.trouble(self._columns.get("unit", ""), "unknown_unit", "make_unit", written):
            row.values["make_unit"] = written
        row.values["unit"] = found

    def _nearest(self, row: Given, near: Nearest) -> Any:
        took = row.trouble(self._columns.get("unit", ""), "unknown_unit", "nearest", near.shown)
        return near.record if took else None

    def _set_manager(self, row: Given, colleagues: Colleagues) -> None:
        written = row.values.get("manager", "")
        if written and not colleagues.find(written) and written.casefold() in self._in_file:
            row.values["manager"] = None  # linked once everybody is in
            return
        row.values["manager"] = colleagues.resolve(row, "manager", self._columns.get("manager", ""))
        if row.values["manager"] and row.values["manager"].name == row.values.get("name"):
            row.values["manager"] = None  # whoever leads themselves has nobody above

    def _person(self, row: Given, colleagues: Colleagues) -> Person | None:
        values = row.values
        for name in ("staff_code", "email"):
            if values.get(name) and len(found := colleagues.find(values[name])) == 1:
                return found[0]
        named = [one for one in colleagues.find(values["name"]) if not _is_another(one, values)]
        if len(named) == 1:
            return named[0]
        if named or (colleagues.find(values["name"]) and not _has_its_own(values)):
            row.trouble(self._columns.get("name", ""), "two_of_one_name", "another_one", values["name"])
        return None

    def _compare(self, row: Given, person: Person, held: Sequence[Position]) -> None:
        values = row.values
        values["person"] = person
        if values.get("ends_on") and not self._stays_led_without(person, held, values):
            row.trouble(self._columns.get("until_on", ""), "nobody_would_manage")
        for name in OF_A_PERSON:
            if values.get(name) and values[name] != getattr(person, name):
                row.before[name], row.after[name] = getattr(person, name), values[name]
        start = values.get("from_on")
        present = max(held, key=lambda each: each.starts_on, default=None)
        position = next((each for each in held if each.starts_on == start), None) if start else present
        if position is None:
            row.before, row.after = {}, {}  # another position of theirs: that is new
            return
        row.record = person
        before: dict[str, Any] = {}
        after: dict[str, Any] = {}
        for name in OF_A_POSITION:
            value = values.get(name)
            if value is not None and value != getattr(position, name):
                before[name], after[name] = getattr(position, name), value
        if after:
            row.beside.append((position, before, after))
        if position == present and "ends_on" in after:
            row.before["left_on"], row.after["left_on"] = person.left_on, after["ends_on"]

    def _stays_led_without(self, person: Person, held: Sequence[Position], values: Mapping[str, Any]) -> bool:
        """Whether others can still add people and give rights, if this is the last day of them all."""
        goes_on = any(each.starts_on > (values.get("from_on") or each.starts_on) for each in held)
        if goes_on or person.pk not in self._managing:
            return True
        if self._managing == {person.pk}:
            return False
        self._managing -= {person.pk}
        return True

    def take_in(self, rows: Sequence[Given], *, run: ImportRun, now: datetime) -> Sequence[Model]:
        """Put them into the directory with their positions; everything that was made is handed back."""
        made = take_in_people(rows=[row.values for row in rows], units=self._units.all, by=run.by, now=now)
        if any(row.values.get("make_unit") for row in rows):
            self._units = Units()
        return made

    def change(self, rows: Sequence[Given], *, run: ImportRun, now: datetime) -> None:
        """Take over what differs."""
        changes = [(row.record, row.after) for row in rows if row.after]
        changes += [(record, after) for row in rows for record, _before, after in row.beside]
        change_people(rows=changes, by=run.by, now=now)

    def finish(self, rows: Sequence[Given], *, run: ImportRun, now: datetime) -> None:
        """Give those their managers who came in before them."""
        linked = [
            (record, after["manager"])
            for row in rows
            for record, before, after in row.beside
            if after.get("manager") and before["manager"] is None
        ]
        link_managers(rows=linked, run=run, by=run.by, now=now)


def _name(values: dict[str, Any]) -> None:
    parts = [values.pop(name, "") for name in ("first_name", "last_name")]
    if any(parts):
        values["name"] = " ".join(filter(None, [parts[0], parts[1] or values.get("name", "")]))[:120]


def _has_its_own(values: Mapping[str, Any]) -> bool:
    return bool(values.get("staff_code") or values.get("email"))


def _is_another(person: Person, values: Mapping[str, Any]) -> bool:
    """Whether only the name is the same, while both have a code or an address of their own."""
    return any(
        values.get(name)
        and getattr(person, name)
        and values[name].casefold() != getattr(person, name).casefold()
        for name in ("staff_code", "email")
    )
