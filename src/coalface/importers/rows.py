"""The rows of a file on their way into the ledger: cells with a meaning, and what stands in the way."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.db.models import Model

from coalface.permissions import Right
from coalface.records.models import ImportRun

from .mapping import Mapping as Meaning
from .recognising import Field


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row cannot be used; `mending` is the code of a proposal, `proposed` what it would give."""

    column: str
    reason: str
    mending: str = ""
    proposed: str = ""


@dataclass(slots=True)
class Given:
    """One row: its values by the name of the field, and what is wrong with it.

    A `twin` said the same on an earlier line. `record` is what the ledger holds of it already, `after` which
    of its fields would change; `beside` says the same of further records.
    """

    line: int
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    mended: bool = False
    twin: bool = False
    record: Model | None = None
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    beside: list[tuple[Model, dict[str, Any], dict[str, Any]]] = field(default_factory=list)

    @property
    def changes(self) -> bool:
        """Whether the ledger would be different with it."""
        return bool(self.after or self.beside)

    @property
    def refused(self) -> Problem | None:
        """The problem to be told: one that nothing mends goes first."""
        if not self.problems:
            return None
        return next((each for each in self.problems if not each.mending), self.problems[0])

    def trouble(self, column: str, reason: str, mending: str = "", proposed: str = "") -> bool:
        """Write down what is wrong, unless a person took the proposal; says whether they did."""
        if mending and self.mended:
            return True
        self.problems.append(Problem(column, reason, mending, proposed))
        return False


class Rows(Protocol):
    """The rows of one kind, of one run: finds what is there already, and takes in what is not."""

    def look_up(self, rows: Sequence[Given]) -> None:
        """Find what up to a thousand rows refer to, and what is there of them."""
        ...

    def identity(self, row: Given) -> str:
        """What tells the row from all others of its file; empty where nothing does."""
        ...

    def twice(self, row: Given) -> None:
        """Say what is wrong with a row whose identity stood in the file before, with another content."""
        ...

    def take_in(self, rows: Sequence[Given], *, run: ImportRun, now: datetime) -> Sequence[Model]:
        """Write down what is new; the records that do not say themselves by which run they came."""
        ...

    def change(self, rows: Sequence[Given], *, run: ImportRun, now: datetime) -> None:
        """Take over what differs."""
        ...


class ReadsAhead(Protocol):
    """Rows that refer to others of the same file: read before and after all the others."""

    def read_ahead(self, rows: Iterable[Given]) -> None:
        """Remember who stands in the file."""
        ...

    def finish(self, rows: Sequence[Given], *, run: ImportRun, now: datetime) -> None:
        """Join what came in before what it refers to."""
        ...


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file can hold: its fields, who may bring it in, and how its rows are understood."""

    key: str
    label: Any
    right: Right
    fields: tuple[Field, ...]
    rows: Callable[[Meaning, Mapping[str, str], datetime], Rows]
    longest: Mapping[str, int] = field(default_factory=dict)
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    reads_ahead: bool = False  # rows refer to other rows of the same file

    def named(self, name: str) -> Field:
        """The field of a name."""
        return next(each for each in self.fields if each.name == name)
