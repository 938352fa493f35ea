"""From the cells of a row to values: what a text means, or the reason why it cannot be used."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from coalface.records.tables import as_it_was

from .mapping import Mapping as Meaning
from .readers import Unusable, reader
from .reading import CannotRead, Row
from .recognising import Field
from .rows import Given, Kind, Problem

LONGEST_TEXT: Final = 100_000
OF_A_CHOICE: Final = frozenset({"choice", "unit", "person", "customer"})
ANYTHING_ELSE: Final = "*"
NOTHING_THERE: Final = {"day": "bad_date", "moment": "bad_date"}


class MissingColumns(CannotRead):
    """The first line lacks columns that the mapping wants; all of them are named."""

    code = "missing_columns"

    def __init__(self, *, missing: Sequence[str], present: Sequence[str]) -> None:
        self.missing = tuple(missing)
        super().__init__(
            _("The file has no column “%(missing)s”. It has: %(present)s.")
            % {"missing": _("” and no column “").join(missing), "present": ", ".join(present)}
        )


class AmbiguousColumns(CannotRead):
    """The first line holds a name twice that the mapping wants."""

    code = "ambiguous_columns"

    def __init__(self, *, twice: Sequence[str]) -> None:
        self.twice = tuple(twice)
        super().__init__(_("More than one column is called “%(twice)s”.") % {"twice": "”, “".join(twice)})


def check_columns(meaning: Meaning, header: Sequence[str]) -> None:
    """Refuse a mapping that names columns which the file has not, or twice."""
    wanted = list(dict.fromkeys(filter(None, meaning.columns.values())))
    if missing := [name for name in wanted if name not in header]:
        raise MissingColumns(missing=missing, present=header)
    if twice := [name for name in wanted if f"{name} (2)" in header]:
        raise AmbiguousColumns(twice=twice)


@dataclass(frozen=True, slots=True)
class Cell:
    """One field: where it stands in a row, and how its text becomes a value."""

    field: Field
    column: str
    at: int
    longest: int
    values: Mapping[str, str]
    empty: str
    read: Callable[[str], Any] | None


class Cells:
    """A mapping applied to the columns of one file."""

    def __init__(self, kind: Kind, meaning: Meaning, header: Sequence[str]) -> None:
        check_columns(meaning, header)
        places = {name: place for place, name in enumerate(header)}
        self._null = frozenset(meaning.null)
        self.always: dict[str, Any] = {}
        self._cells = []
        for field in kind.fields:
            read = reader(field, meaning, kind)
            column = meaning.columns.get(field.name, "")
            if column:
                self._cells.append(self._cell(kind, field, column, places[column], meaning, read))
            elif field.name in meaning.always and meaning.always[field.name] != "":
                written = str(meaning.always[field.name])
                self.always[field.name] = read(written) if read else written
            elif field.required:
                self._cells.append(self._cell(kind, field, "", -1, meaning, read))
        self.columns = {cell.field.name: cell.column for cell in self._cells if cell.column}

    def _cell(self, kind: Kind, field: Field, column: str, at: int, meaning: Meaning, read: Any) -> Cell:
        longest = kind.longest.get(field.name, LONGEST_TEXT)
        values = {written.strip(): meant for written, meant in meaning.values.get(field.name, {}).items()}
        return Cell(field, column, at, longest, values, self._reason(field), read)

    def _reason(self, field: Field) -> str:
        if not field.required:
            return ""
        if field.name == "id":
            return "no_id"
        if field.of in OF_A_CHOICE:
            return f"unknown_{field.name}"
        return NOTHING_THERE.get(field.of, "missing")

    def given(self, row: Row, *, mended: bool = False) -> Given:
        """The values of a row, and everything that is wrong with them."""
        given = Given(row.first_line, dict(self.always), mended=mended)
        if row.refused:
            given.problems.append(Problem("", row.refused))
            return given
        values, fields, null = given.values, row.fields, self._null
        for cell in self._cells:
            written = as_it_was(fields[cell.at].strip()) if cell.at >= 0 else ""
            if not written or written in null:
                if ANYTHING_ELSE in cell.values:
                    values[cell.field.name] = cell.values[ANYTHING_ELSE]
                elif cell.empty:
                    given.problems.append(Problem(cell.column[:120], cell.empty))
                continue
            if "\0" in written:
                given.problems.append(Problem(cell.column[:120], "nul_byte"))
                continue
            if cell.values:
                meant = cell.values.get(written, cell.values.get(ANYTHING_ELSE))
                if meant is None:
                    given.problems.append(Problem(cell.column[:120], f"unknown_{cell.field.name}"))
                    continue
                written = meant
            if len(written) > cell.longest:
                given.problems.append(Problem(cell.column[:120], "too_long"))
                continue
            if cell.read is None:
                values[cell.field.name] = written
                continue
            try:
                values[cell.field.name] = cell.read(written)
            except Unusable as why:
                if given.trouble(cell.column[:120], why.reason, why.mending, why.proposed):
                    _take(values, cell.field.name, why.meant)
        return given


def _take(values: dict[str, Any], name: str, meant: Any) -> None:
    """What a mending gives: the value, or parts of the cell for several fields that have no cell."""
    if not isinstance(meant, dict):
        values[name] = meant
        return
    for each, part in meant.items():
        values.setdefault(each, part)
