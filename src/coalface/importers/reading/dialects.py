"""Which marks stand between the columns of a text, and on which line their names are."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from .delimited import collapsed, dialect
from .encodings import Encoding, encoding_of
from .files import unpacked
from .table import Empty, HeaderOnly, How

SAMPLE: Final = 256 * 1024
LOOKED_THROUGH: Final = 64 * 1024 * 1024
MOST_RECORDS: Final = 200
LONGEST_FIELD: Final = 15  # lines that one field may have before it looks wrong
DELIMITERS: Final = (",", ";", "\t", "|", " ")
LOOKED_AT: Final = 100
YEAR: Final = re.compile(r"(?:19|20)\d\d")
LOOKS: Final = {
    "email": re.compile(r"[^@\s]+@[^@\s]+\.\w+"),
    "day": re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?:[T ].*)?"),
    "number": re.compile(r"[+-]?\d[\d.,']*"),
}
QUOTES: Final = (('"', ""), ('"', "\\"), ("'", ""), ("", ""))


def guessed(path: Path, sample: bytes, *, whole: bool, name: str) -> How:
    """How a text is written, from its beginning."""
    encoding = encoding_of(sample)
    if sample.isascii() and not whole:
        encoding = encoding_of(telling(path, name=name))
    return how_of(decoded(sample, encoding), encoding.name, whole=whole)


def telling(path: Path, *, name: str) -> bytes:
    """The first bytes of a file that tell its encoding: where only ASCII came before, those further on."""
    with unpacked(path, name=name) as source:
        stream = io.BufferedReader(source, SAMPLE)
        first = piece = stream.read(SAMPLE)
        while piece and piece.isascii() and source.given < LOOKED_THROUGH:
            piece = stream.read(SAMPLE)
            if not piece.isascii() and (line := piece.find(b"\n")) >= 0:
                return piece[line + 1 :] if not piece[line + 1 :].isascii() else piece
        return first if piece.isascii() else piece


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
         if _is_used(quote, escape, delimiter, lines)),
        key=lambda tried: tried.rank,
    )  # fmt: skip
    how = best.how if best.rank[0] else replace(how, quote='"', escape="")
    if how.quote == "" and '"' not in text:
        how = replace(how, quote='"')
    line = header_line(best.records)
    if whole and line and best.records and best.records[-1][0] <= line:
        raise HeaderOnly(_("The file names its columns and holds no row below them."))
    return replace(how, header_line=before + line if line else 0)


def _is_used(quote: str, escape: str, delimiter: str, lines: Sequence[str]) -> bool:
    """Whether marks are worth trying: an apostrophe must stand around fields, as a rule and not in words."""
    if delimiter == " " and quote != '"':
        return False
    if escape:
        return any(escape + quote in line for line in lines)
    if quote != "'":
        return True
    mark = re.escape(delimiter)
    around = re.compile(rf"(?:^|{mark})'[^']*'(?:{mark}|\s*$)")
    return sum(1 for line in lines if around.search(line)) * 2 >= len(lines)


def with_header(path: Path, how: How, *, name: str) -> How:
    """The same reading with the line of the header as it is between these marks."""
    sample, _whole = beginning(path, name=name)
    lines = sample.decode(how.encoding, errors="ignore").splitlines(keepends=True)
    before = 1 if lines and lines[0].strip().strip('"').lower().startswith("sep=") else 0
    line = header_line(_tried(lines[before:], how, 0).records)
    return replace(how, header_line=before + line if line else 0, skip=0)


def doubts(found: Encoding, how: How) -> list[str]:
    """What speaks for the encoding that was taken, where it could be another one."""
    if found.sure or found.name != how.encoding or not found.words or not found.words[0][1]:
        return []
    said = _("Read as %(encoding)s, in which it says: %(words)s.")
    other = _("In %(encoding)s it would say: %(words)s.")
    (name, words), *others = found.words
    return [
        said % {"encoding": name, "words": ", ".join(words)},
        *(other % {"encoding": each, "words": ", ".join(read)} for each, read in others[:1]),
    ]


@dataclass(frozen=True, slots=True)
class Tried:
    """What some marks make of a text: for each record its line and its fields."""

    how: How
    records: Sequence[tuple[int, Sequence[str]]]
    rank: tuple[float, ...]


def _tried(lines: Sequence[str], how: How, preference: int) -> Tried:
    reader = csv.reader(map(collapsed, lines) if how.delimiter == " " else lines, **dialect(how))
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
    regular, width = _regularity([fields for _line, fields in records], how)
    open_for = records[-1][1][-1].count("\n") if records and line > len(lines) else 0
    if open_for > LONGEST_FIELD and not lines[-1].rstrip("\r\n").endswith(how.quote or "\n"):
        regular *= 0.7  # a quote that is never closed
    return Tried(how, records, (regular, width, preference))


def _regularity(records: Sequence[Sequence[str]], how: How) -> tuple[float, float]:
    widths = Counter(len(fields) for fields in records)
    wide = {width: count for width, count in widths.items() if width > 1}
    if not wide:
        return 0.0, 0.0
    if how.delimiter == " " and (len(widths) > 1 or len(records) < 5):
        return 0.0, 0.0  # blanks between words are no columns, unless every line has as many
    width, count = max(wide.items(), key=lambda each: (each[1] * (each[0] - 1) ** 0.5, each[0]))
    strange = sum(_strange(field, how) for fields in records for field in fields)
    fields = sum(len(fields) for fields in records)
    return round(count / len(records) - 2 * strange / fields, 3), float(width)


def _strange(field: str, how: How) -> bool:
    """Marks that should have been taken off: a quote left at an end, many lines in one field."""
    left = any(field[:1] == quote or field[-1:] == quote for quote in ('"', "'") if quote != how.quote)
    return (left and len(field) > 1 and field[0] == field[-1]) or field.count("\n") > 50


def header_line(records: Sequence[tuple[int, Sequence[str]]]) -> int:
    """The line with the names: the first that fills at least half of the columns, as titles do not.

    0 where it is a row like those below: it holds an address or a day where they do, or mostly numbers.
    """
    first = records[:LOOKED_AT]
    most = max((_filled(fields) for _line, fields in first), default=0)
    least = min(most, max(2, (most + 1) // 2))
    place = next((at for at, (_line, fields) in enumerate(first) if _filled(fields) >= least), 0)
    if not first:
        return 1
    line, names = first[place]
    below = [fields for _line, fields in first[place + 1 :]]
    return 0 if place == 0 and below and _is_a_row(names, below) else line


def _is_a_row(names: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    looks = [_look(name) for name in names]
    alike = [
        look and _alike(look, [fields[at] for fields in below if at < len(fields)])
        for at, look in enumerate(looks)
    ]
    telling = [look for look, same in zip(looks, alike, strict=True) if same]
    numbers = sum(1 for look in telling if look == "number")
    return any(look != "number" for look in telling) or 0 < len(names) <= 2 * numbers


def _alike(look: str, cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    return bool(filled) and sum(1 for cell in filled if _look(cell) == look) >= 0.8 * len(filled)


def _look(cell: str) -> str:
    bare = cell.strip()
    if YEAR.fullmatch(bare):
        return ""  # a year can be a name
    return next((look for look, form in LOOKS.items() if form.fullmatch(bare)), "")


def _filled(fields: Sequence[str]) -> int:
    filled = sum(1 for field in fields if field.strip())
    unnamed_index = filled > 0 and filled == len(fields) - 1 and not fields[0].strip()
    return filled + unnamed_index
