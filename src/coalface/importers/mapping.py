"""Which column of a file means what, as a run keeps it, and the cells of a row by it."""

import json
from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from hashlib import sha256
from typing import Any


@dataclass(frozen=True, slots=True)
class Mapping:
    """All of it by the names of our fields.

    `columns` says where a value stands, `always` gives one for every row, `values` says what the written
    ones mean ("*" any other), `decided` is what the trial found out by looking at whole columns.
    """

    source: str = "file"
    columns: Table[str, str] = field(default_factory=dict)
    always: Table[str, str] = field(default_factory=dict)
    values: Table[str, Table[str, str]] = field(default_factory=dict)
    dates: tuple[str, ...] = ()
    time_zone: str = ""
    null: tuple[str, ...] = ()
    unknown_customer: str = "keep"
    country: str = ""
    make_units: bool = False
    changes: bool = False
    chosen: bool = False
    decided: Table[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, given: Table[str, Any]) -> "Mapping":
        """From what a run or a saved mapping holds; what this version does not know is left out."""
        known = {each.name for each in fields(cls)}
        kept = {name: value for name, value in given.items() if name in known}
        for name in ("dates", "null"):
            if name in kept:
                kept[name] = tuple(kept[name])
        return cls(**kept)

    def as_json(self) -> dict[str, Any]:
        """As a run keeps it."""
        return asdict(self) | {"dates": list(self.dates), "null": list(self.null)}

    def fingerprint(self, file: str) -> str:
        """What tells a reading of this file by this mapping from any other."""
        meaning = self.as_json() | {"decided": {}, "chosen": False, "changes": False}
        return sha256(f"{file}{json.dumps(meaning, sort_keys=True)}".encode()).hexdigest()


def digest_of(header: Sequence[str]) -> str:
    """What tells files with these columns from others."""
    return sha256("\0".join(header).encode()).hexdigest()
