"""Which marks stand between the columns of a text, and on which line their names are."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from .delimited import dialect
from .encodings import Encoding, encoding_of
from .files import unpacked
from .table import Empty, How

SAMPLE: Final = 256 * 1024
MOST_RECORDS: Final = 200
DELIMITERS: Final = (",", ";", "\t", "|")
QUOTES: Final = (('"', ""), ('"', "\\"), ("'", ""), ("", ""))


def guessed(path: Path, *, name: str) -> How:
    """How a text is written, from its beginning."""
    sample, whole = beginning(path, name=name)
    encoding = encoding_of(sample)
    text = decoded(sample, encoding)
    return how_of(text, encoding.name, whole=whole)


def beginning(path: Path, *, name: str) -> tuple[bytes, bool]:
    """The first bytes of a file, unpacked, and whether they are all of it."""
    with unpacked(path, name=name) as source:
        stream = io.BufferedReader(source, SAMPLE)
        sample = stream.read(SAMPLE)
        return sample, not stream.read(1)


def decoded(sample: bytes, encoding: Encoding) -> str:
    """The text of some bytes; a character cut off at the end is left out."""
    return sample.decode(encoding.name, errors="ignore")


def how_of(text: str, encoding: str, *, whole: bool) -> How:
    """The marks that make the most regular table of a text."""
    if not text.strip("\0 \t\r\n\ufeff"):
        raise Empty(_("The file is empty: its first line must name the columns."))
    how = How("csv", encoding=encoding)
    lines = text.splitlines(keepends=True)
    told = lines[0].strip().strip('"')
    if told.lower().startswith("sep=") and len(told) == 5:
        how = replace(how, delimiter=told[4])
        lines, before, delimiters = lines[1:], 1, (told[4],)
    else:
        before, delimiters = 0, DELIMITERS
    if not whole and len(lines) > 1:
        lines = lines[:-1]
    best = max(
        (_tried(lines, replace(how, delimiter=delimiter, quote=quote, escape=escape), -place)
         for delimiter in delimiters
         for place, (quote, escape) in enumerate(QUOTES)
         if not quote or quote in text),
        key=lambda tried: tried.rank,
    )  # fmt: skip
    how = best.how if best.rank[0] else replace(how, quote='"', escape="")
    if how.quote == "" and '"' not in text:
        how = replace(how, quote='"')
    return replace(how, header_line=before + header_line(best.records))


@dataclass(frozen=True, slots=True)
class Tried:
    """What some marks make of a text: for each record its line and its fields."""

    how: How
    records: Sequence[tuple[int, Sequence[str]]]
    rank: tuple[float, ...]


def _tried(lines: Sequence[str], how: How, preference: int) -> Tried:
    reader = csv.reader(lines, **dialect(how))
    records: list[tuple[int, Sequence[str]]] = []
    line = 1
    try:
        for fields in reader:
            if any(field.strip() for field in fields):
                records.append((line, fields))
            line = reader.line_num + 1
            if len(records) == MOST_RECORDS:
                break
    except csv.Error:
        return Tried(how, records, (0.0, 0.0, preference))
    return Tried(how, records, (*_regularity([fields for _line, fields in records], how), preference))


def _regularity(records: Sequence[Sequence[str]], how: How) -> tuple[float, float]:
    widths = Counter(len(fields) for fields in records)
    wide = {width: count for width, count in widths.items() if width > 1}
    if not wide:
        return 0.0, 0.0
    width, count = max(wide.items(), key=lambda each: (each[1] * (each[0] - 1) ** 0.5, each[0]))
    strange = sum(_strange(field, how) for fields in records for field in fields)
    fields = sum(len(fields) for fields in records)
    return round(count / len(records) - 2 * strange / fields, 3), float(width)


def _strange(field: str, how: How) -> bool:
    """Marks that should have been taken off: a quote left at an end, many lines in one field."""
    left = any(field[:1] == quote or field[-1:] == quote for quote in ('"', "'") if quote != how.quote)
    return (left and len(field) > 1 and field[0] == field[-1]) or field.count("\n") > 50


def header_line(records: Sequence[tuple[int, Sequence[str]]]) -> int:
    """The line of the first record that fills at least half of the columns: titles fill one or two."""
    first = records[:30]
    most = max((_filled(fields) for _line, fields in first), default=0)
    return next((line for line, fields in first if _filled(fields) * 2 >= most), 1)


def _filled(fields: Sequence[str]) -> int:
    return sum(1 for field in fields if field.strip())
