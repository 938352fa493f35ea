"""The exports of systems that many have: known by the names of their columns, with a map that is ready."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from .recognising import Field, recognised

READY: Final = Path(__file__).parent / "ready"
LONGEST_PREAMBLE: Final = 5


@dataclass(frozen=True, slots=True)
class Export:
    """One kind of export: what tells it, and which of its columns mean what.

    `questions` is the line below the header with the words of the questions, 0 where the header has them.
    Lines below the header are no rows until one holds `below_header_until`. With `leave`, columns that the
    map does not name stay open; without it, such as the questions of a survey, they are recognised.
    """

    key: str
    title: str
    of: str
    signatures: Sequence[Sequence[str]]
    columns: Mapping[str, Sequence[str]]
    source: str
    always: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    null: Sequence[str] = ()
    ignore: Sequence[str] = ()
    questions: int = 0
    below_header_until: str = ""
    leave: bool = False

    def fits(self, header: Sequence[str]) -> int:
        """How many columns of its signature a header has; 0 unless all of them."""
        names = {name.strip().casefold() for name in header}
        full = (each for each in self.signatures if names.issuperset(name.casefold() for name in each))
        return max(map(len, full), default=0)

    def skip(self, rows: Sequence[Sequence[str]]) -> int:
        """How many lines below the header are no rows."""
        for number, fields in enumerate(rows[:LONGEST_PREAMBLE], 1):
            if self.below_header_until and any(self.below_header_until in each for each in fields):
                return number
        return 0

    def mapping(
        self, header: Sequence[str], rows: Sequence[Sequence[str]], fields: Sequence[Field]
    ) -> dict[str, Any]:
        """What the columns of a file mean, as a mapping of a run; `rows` as they lie below the header."""
        columns = self._columns(header)
        if not self.leave:
            left = [each for each in fields if each.name not in {*columns, *self.always}]
            columns |= self._recognised(header, rows, left)
        known = {each.name for each in fields}
        return {
            "source": self.source,
            "columns": {name: column for name, column in columns.items() if name in known},
            "always": {name: value for name, value in self.always.items() if name not in columns},
            "values": {name: dict(values) for name, values in self.values.items() if name in columns},
            "null": list(self.null),
        }

    def _columns(self, header: Sequence[str]) -> dict[str, str]:
        there = {name.strip().casefold(): name for name in reversed(header)}
        found: dict[str, str] = {}
        for name, called in self.columns.items():
            column = next((there[each.casefold()] for each in called if each.casefold() in there), None)
            if column and column not in found.values():
                found[name] = column
        return found

    def _recognised(
        self, header: Sequence[str], rows: Sequence[Sequence[str]], fields: Sequence[Field]
    ) -> dict[str, str]:
        """What the other columns are: the questions are the names where the file has them."""
        taken = {*self._columns(header).values(), *self.ignore}
        places = [place for place, name in enumerate(header) if name not in taken]
        skip = self.skip(rows)
        asked = rows[self.questions - 1] if 0 < self.questions <= skip else header
        names = [asked[place] + "\0" * place for place in places]  # each once, and read the same
        told = dict(zip(names, (header[place] for place in places), strict=True))
        cells = [[fields[place] for place in places] for fields in rows[skip:]]
        found = recognised(names, cells, [each for each in fields if each.of != "key"])
        return {name: told[column] for name, column in found.items()}


def told(
    header: Sequence[str], rows: Sequence[Sequence[str]], *, of: str, fields: Sequence[Field]
) -> tuple[dict[str, Any], int]:
    """A mapping for a file of a kind, and how many lines below its header are no rows."""
    if export := export_of(header, of=of):
        return export.mapping(header, rows, fields), export.skip(rows)
    return {"columns": recognised(header, rows, fields)}, 0


@cache
def exports() -> tuple[Export, ...]:
    """All that we know, by their keys."""
    return tuple(
        Export(key=path.stem, **tomllib.loads(path.read_text(encoding="utf-8")))
        for path in sorted(READY.glob("*.toml"))
    )


def export_of(header: Sequence[str], *, of: str = "") -> Export | None:
    """The export that a file with this header is; the one that more of its columns speak for."""
    fitting = [(each.fits(header), each) for each in exports() if of in {"", each.of}]
    most, best = max(fitting, key=lambda each: each[0], default=(0, None))
    return best if most else None
