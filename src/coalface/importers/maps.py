"""Which column means what, from a small TOML file, a map we ship, or the names of the columns."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from .exports import told
from .feedback.map import (
    TOP,
    Choice,
    WrongMap,
    choice,
    columns_of,
    dates,
    delimiter,
    encoding,
    map_of,
    only,
    text,
    texts,
    time_zone,
)
from .kinds import KINDS
from .mapping import Mapping as Meaning
from .reading import How, guessed, opened

LONGEST: Final = 160


def read_map(path: Path, *, kind: str) -> tuple[How, Meaning]:
    """The map in a file; a key that is missing, unknown or of the wrong kind is named."""
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise WrongMap(path.name, str(wrong)) from wrong
    if kind == "feedback":
        known = map_of(given)
        return known.how, known.meaning
    return meaning_of(given, kind=kind)


def meaning_of(given: Mapping[str, Any], *, kind: str) -> tuple[How, Meaning]:
    """What a table of TOML says about a file of any kind."""
    fields = {field.name for field in KINDS[kind].fields}
    only(given, {*TOP, *fields, "country"}, "")
    chosen: dict[str, Choice] = {
        name: choice(given, name, most=LONGEST) for name in given if name in fields and name not in TOP
    }
    columns = columns_of(given.get("columns"), fields)
    meaning = Meaning(
        source=text(given, "source", most=40, default="file"),
        columns=columns | {name: each.column for name, each in chosen.items() if each.column},
        always={name: each.always for name, each in chosen.items() if each.always},
        values={name: dict(each.values) for name, each in chosen.items() if each.values},
        dates=dates(given["dates"]) if "dates" in given else (),
        time_zone=str(time_zone(text(given, "time_zone", default="")) or ""),
        null=tuple(texts(given.get("null", []), "null")),
        unknown_customer=text(given, "unknown_customer", default="keep"),
        chosen=True,
    )
    how = How(
        "csv",
        encoding=encoding(text(given, "encoding", default="utf-8-sig")),
        delimiter=delimiter(text(given, "delimiter", default=",", bare=False)),
    )
    return how, meaning


def recognised_map(path: Path, *, kind: str) -> tuple[How, Meaning]:
    """How a file seems to be written, and what its columns seem to mean."""
    how = guessed(path, name=path.name)
    with opened(path, how, name=path.name) as table:
        rows = [row.fields for row in islice(table.rows(), 200) if not row.refused]
        found, skip = told(table.header, rows, of=kind, fields=KINDS[kind].fields)
    meaning = replace(Meaning.of(found), chosen=True)
    given = {*meaning.columns, *meaning.always}
    missing = [each.name for each in KINDS[kind].fields if each.required and each.name not in given]
    if missing:
        raise WrongMap(
            ", ".join(missing),
            _("no column was recognised for it; the file has %(columns)s. Give a map with --map.")
            % {"columns": ", ".join(table.header)},
        )
    return replace(how, skip=skip), meaning
