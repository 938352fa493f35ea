"""Which column of a file means what: a small TOML file that people write once for each source."""

import codecs
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from coalface.records.models import Kind

from ..mapping import Mapping as Meaning
from ..reading import CannotRead, How

TEXTS: Final = ("id", "received_at", "text", "topic", "customer")
SCORES: Final = ("nps", "csat", "ces")
CHOICES: Final = ("unit", "kind", "channel", "language")
TOP: Final = {"source", "encoding", "delimiter", "dates", "time_zone", "null", "unknown_customer", "columns"}


class WrongMap(CannotRead):
    """The map does not say what it should; the key names where."""

    def __init__(self, key: str, why: str) -> None:
        self.key = key
        super().__init__(_("The map is wrong at “%(key)s”: %(why)s") % {"key": key, "why": why})


@dataclass(frozen=True, slots=True)
class Choice:
    """One value for every row, or a column whose values are looked up."""

    always: str = ""
    column: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    def of(self, written: str) -> str | None:
        """What a value of the column stands for; None where the map does not know it."""
        return self.values.get(written, self.values.get("*")) if self.values else written


@dataclass(frozen=True, slots=True)
class FeedbackMap:
    """What each column of a source means, checked."""

    source: str
    columns: Mapping[str, str]
    unit: Choice = Choice()
    kind: Choice = Choice(always=Kind.COMPLAINT)
    channel: Choice = Choice(always="file")
    language: Choice = Choice()
    encoding: str = "utf-8-sig"
    delimiter: str = ","
    dates: tuple[str, ...] = ("iso",)
    time_zone: ZoneInfo | None = None
    null: frozenset[str] = frozenset({""})
    refuse_unknown_customers: bool = False

    @property
    def wanted(self) -> tuple[str, ...]:
        """The columns a file must have."""
        chosen = (getattr(self, name).column for name in CHOICES)
        return tuple(dict.fromkeys([*self.columns.values(), *filter(None, chosen)]))

    @property
    def how(self) -> How:
        """How the file is written."""
        return How("csv", encoding=self.encoding, delimiter=self.delimiter)

    @property
    def meaning(self) -> Meaning:
        """The same as an import keeps it."""
        choices = {name: getattr(self, name) for name in CHOICES}
        return Meaning(
            source=self.source,
            columns=dict(self.columns) | {name: each.column for name, each in choices.items() if each.column},
            always={name: each.always for name, each in choices.items() if each.always},
            values={name: dict(each.values) for name, each in choices.items() if each.values},
            dates=self.dates,
            time_zone=str(self.time_zone or ""),
            null=tuple(sorted(self.null)),
            unknown_customer="refuse" if self.refuse_unknown_customers else "keep",
            chosen=True,
        )


def read_map(path: Path) -> FeedbackMap:
    """The map in a file; a key that is missing, unknown or of the wrong kind is named."""
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise WrongMap(path.name, str(wrong)) from wrong
    return map_of(given)


def map_of(given: Mapping[str, Any]) -> FeedbackMap:
    """The map that a table of TOML describes."""
    only(given, {*TOP, *CHOICES}, "")
    columns = _columns(given.get("columns"))
    return FeedbackMap(
        source=text(given, "source", most=40),
        columns=columns,
        unit=choice(given, "unit", most=50),
        kind=_kind(given),
        channel=choice(given, "channel", most=24, default="file"),
        language=choice(given, "language", most=8),
        encoding=encoding(text(given, "encoding", default="utf-8-sig")),
        delimiter=delimiter(text(given, "delimiter", default=",", bare=False)),
        dates=dates(given.get("dates", ["iso"])),
        time_zone=time_zone(text(given, "time_zone", default="")),
        null=frozenset({"", *texts(given.get("null", []), "null")}),
        refuse_unknown_customers=_unknown_customer(text(given, "unknown_customer", default="keep")),
    )


def only(given: Mapping[str, Any], known: Iterable[str], inside: str) -> None:
    """Refuse keys that nobody knows."""
    for key in given:
        if key not in known:
            allowed = ", ".join(sorted(known))
            raise WrongMap(
                f"{inside}{key}", _("there is no such key; known are %(keys)s") % {"keys": allowed}
            )


def text(
    given: Mapping[str, Any], key: str, *, default: str | None = None, most: int = 120, bare=True
) -> str:
    """A text of the map, stripped unless it is not to be."""
    value = given.get(key, default)
    if value is None:
        raise WrongMap(key, _("it is missing"))
    if not isinstance(value, str):
        raise WrongMap(key, _("it must be a text in quotation marks"))
    value = value.strip() if bare else value
    if not value and default is None:
        raise WrongMap(key, _("it is empty"))
    if len(value) > most:
        raise WrongMap(key, _("it is longer than %(most)s characters") % {"most": most})
    return value


def texts(value: object, key: str) -> list[str]:
    """A list of texts."""
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise WrongMap(key, _("it must be a list of texts"))
    return [each.strip() for each in value]


def _table(value: object, key: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise WrongMap(key, _("it must be a table"))
    return value


def columns_of(value: object, names: Iterable[str]) -> dict[str, str]:
    """The columns by the names of our fields."""
    table = _table({} if value is None else value, "columns")
    only(table, names, "columns.")
    return {
        name: text({f"columns.{name}": column}, f"columns.{name}", most=500) for name, column in table.items()
    }


def _columns(value: object) -> dict[str, str]:
    columns = columns_of(value, {*TEXTS, *SCORES})
    for name in ("id", "received_at"):
        if name not in columns:
            raise WrongMap(f"columns.{name}", _("it is missing"))
    return columns


def choice(given: Mapping[str, Any], key: str, *, most: int, default: str = "") -> Choice:
    """One value for all rows, or a column with the meaning of its values."""
    value = given.get(key, default)
    if isinstance(value, str):
        return Choice(always=text({key: value}, key, default="", most=most))
    table = _table(value, key)
    only(table, {"column", "values"}, f"{key}.")
    if "column" not in table:
        raise WrongMap(f"{key}.column", _("it is missing"))
    column = text({f"{key}.column": table["column"]}, f"{key}.column", most=500)
    values = _table(table.get("values", {}), f"{key}.values")
    meant = {}
    for written, stands_for in values.items():
        place = f"{key}.values.{written}"
        meant[written.strip()] = text({place: stands_for}, place, most=most)
    return Choice(column=column, values=meant)


def _kind(given: Mapping[str, Any]) -> Choice:
    if "kind" not in given:
        raise WrongMap("kind", _("it is missing"))
    kind = choice(given, "kind", most=16)
    meant = {f"kind.values.{written}": stands_for for written, stands_for in kind.values.items()}
    if not kind.column:
        meant["kind"] = kind.always
    for place, value in meant.items():
        if value not in Kind.values:
            raise WrongMap(place, _("it must be one of %(kinds)s") % {"kinds": ", ".join(Kind.values)})
    return kind


def encoding(name: str) -> str:
    """An encoding of text that Python knows."""
    try:
        "".encode(name)  # refuses codecs that are no encoding of text
        return codecs.lookup(name).name
    except LookupError as wrong:
        raise WrongMap("encoding", _("nobody knows an encoding of that name")) from wrong


def delimiter(mark: str) -> str:
    """One character between two columns."""
    if len(mark) != 1 or mark in '"\r\n':
        raise WrongMap("delimiter", _("it must be one character, such as “,” or “;” or “\\t”"))
    return mark


def dates(value: object) -> tuple[str, ...]:
    """The formats of dates, tried one after the other."""
    formats = texts(value, "dates")
    if not formats:
        raise WrongMap("dates", _("it is empty"))
    for each in formats:
        if each != "iso" and "%" not in each:
            raise WrongMap(
                "dates", _("“%(each)s” is no format; write “iso” or such as “%%d.%%m.%%Y”") % {"each": each}
            )
    return tuple(formats)


def time_zone(name: str) -> ZoneInfo | None:
    """A time zone by its name."""
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError) as wrong:
        raise WrongMap("time_zone", _("nobody knows a time zone of that name")) from wrong


def _unknown_customer(value: str) -> bool:
    if value not in {"keep", "refuse"}:
        raise WrongMap("unknown_customer", _("it must be “keep” or “refuse”"))
    return value == "refuse"
