"""JSON: one object a line, or one list of them; what is nested lies flat as `a.b`."""

import io
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from .delimited import LONGEST_FIELD, wrong_encoding
from .encodings import encoding_of
from .files import Unpacked, broken, unpacked
from .table import CannotRead, Empty, How, Row, named

PIECE: Final = 1024 * 1024
LONGEST_LINE: Final = LONGEST_FIELD
LARGEST_LIST: Final = 64 * 1024 * 1024
LOOKED_THROUGH: Final = 256 * 1024 * 1024
MOST_KEYS: Final = 2_000


class NotRows(CannotRead):
    """JSON, but no list of objects."""

    code = "not_rows"


class _Unusable(Exception):
    """One line that is no row; the reason is a code."""


def looks_like(sample: bytes, *, name: str) -> bool:
    """Whether a text begins as JSON does."""
    text = sample.removeprefix(b"\xef\xbb\xbf").lstrip()
    if name.lower().removesuffix(".gz").endswith((".json", ".jsonl", ".ndjson")):
        return True
    return text[:1] == b"{" or (text[:1] == b"[" and text[1:].lstrip()[:1] in {b"{", b"]"})


def guessed(path: Path, sample: bytes, *, name: str) -> How:
    """Lines of objects, or a list; with the names of all keys in the order in which they appear."""
    encoding = encoding_of(sample).name
    how = How("jsonl" if _is_lines(sample, encoding) else "json", encoding=encoding, header_line=0)
    columns = _keys(path, how, name=name)
    if not columns:
        raise Empty(_("The file holds no object with a value."))
    return How(how.form, encoding=encoding, header_line=0, columns=columns)


def _is_lines(sample: bytes, encoding: str) -> bool:
    text = sample.decode(encoding, errors="ignore").lstrip("\ufeff \t\r\n")
    first, _end, rest = text.partition("\n")
    try:
        return isinstance(json.loads(first), dict) and (bool(rest.strip()) or not _list_in(json.loads(first)))
    except (ValueError, RecursionError):
        return text[:1] == "{" and bool(rest.lstrip()[:1] == "{")


def _keys(path: Path, how: How, *, name: str) -> tuple[str, ...]:
    keys: dict[str, None] = {}
    with unpacked(path, name=name) as source:
        for _line, row, _reason in _objects(source, how, path, name):
            keys.update(dict.fromkeys(row or ()))
            if source.given > LOOKED_THROUGH or len(keys) > MOST_KEYS:
                break
    return tuple(keys)


class Objects:
    """An open file of JSON."""

    def __init__(self, source: Unpacked, how: How, path: Path, name: str) -> None:
        self._source, self._how, self._path, self._name = source, how, path, name
        self._keys = tuple(how.columns) or _keys(path, how, name=name)
        self.header = named(self._keys)
        self.noticed: tuple[str, ...] = ()
        self.bytes_total = source.total

    @property
    def bytes_read(self) -> int:
        """How much of the file as it lies on the disk has been read."""
        return self._source.read_so_far

    def rows(self, *, after: int = 0) -> Iterator[Row]:
        """The objects as rows; a line that is none is a row with a reason."""
        known, line = frozenset(self._keys), 0
        for line, given, reason in _objects(self._source, self._how, self._path, self._name):
            if self._how.last_line and line > self._how.last_line:
                return
            if line <= after:
                continue
            if given is None:
                yield Row(line, line, (), reason)
            elif not known.issuperset(given):
                yield Row(line, line, (), "unknown_key")
            else:
                yield Row(line, line, tuple(given.get(key, "") for key in self._keys))
        if self._source.broken and not self._how.last_line:
            raise broken(self._name, line=line)


def _objects(
    source: Unpacked, how: How, path: Path, name: str
) -> Iterator[tuple[int, dict[str, str] | None, str]]:
    with io.TextIOWrapper(io.BufferedReader(source, PIECE), encoding=how.encoding, errors="strict") as text:
        try:
            yield from _of_list(text, name) if how.form == "json" else _of_lines(text, source)
        except UnicodeDecodeError as wrong:
            raise wrong_encoding(path, how.encoding, name=name) from wrong


def _of_lines(text: io.TextIOBase, source: Unpacked) -> Iterator[tuple[int, dict[str, str] | None, str]]:
    number = 0
    while line := text.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            while line and not line.endswith("\n"):
                line = text.readline(PIECE)
            yield number, None, "too_long"
            continue
        if source.broken and not line.endswith("\n"):
            return
        if bare := line.strip("\ufeff \t\r\n\x1e"):
            yield number, *_row(bare)


def _of_list(text: io.TextIOBase, name: str) -> Iterator[tuple[int, dict[str, str] | None, str]]:
    whole = text.read(LARGEST_LIST + 1)
    if len(whole) > LARGEST_LIST:
        raise NotRows(
            _("%(name)s is one long list. Save it as JSON lines: one object a line.") % {"name": name}
        )
    try:
        given = _parsed(whole)
    except (ValueError, RecursionError) as wrong:
        at = f" ({wrong.lineno}:{wrong.colno})" if isinstance(wrong, json.JSONDecodeError) else ""
        raise NotRows(_("%(name)s is not whole JSON.") % {"name": name} + at) from wrong
    if isinstance(given, dict):
        plain = not any(isinstance(each, list | dict) for each in given.values())
        given = [given] if plain else _list_in(given)
    if not isinstance(given, list) or not any(isinstance(each, dict) for each in given):
        raise NotRows(_("%(name)s holds no list of objects, which would be the rows.") % {"name": name})
    for number, each in enumerate(given, 1):
        yield number, *_flat_row(each)


def _list_in(given: Mapping[str, Any]) -> list[Any] | None:
    """The one list of objects that an answer of an API wraps up."""
    lists = [each for each in given.values() if isinstance(each, list) and each and isinstance(each[0], dict)]
    return lists[0] if len(lists) == 1 else None


def _parsed(text: str) -> Any:
    return json.loads(text, parse_float=str, parse_int=str, parse_constant=lambda word: None)


def _row(text: str) -> tuple[dict[str, str] | None, str]:
    try:
        return _flat_row(_parsed(text))
    except RecursionError:
        return None, "too_deep"
    except ValueError:
        return None, "no_json"


def _flat_row(given: Any) -> tuple[dict[str, str] | None, str]:
    if not isinstance(given, dict):
        return None, "no_object"
    row: dict[str, str] = {}
    try:
        _flatten(given, "", row)
    except _Unusable as why:
        return None, str(why)
    return row, ""


def _flatten(given: Mapping[str, Any], front: str, row: dict[str, str]) -> None:
    for key, value in given.items():
        name = f"{front}{key}"
        if isinstance(value, dict) and value:
            _flatten(value, f"{name}.", row)
        elif name in row:
            raise _Unusable("key_twice")
        else:
            row[name] = _as_text(value)
            if not row[name].isascii() and not _can_be_written(row[name]):
                raise _Unusable("broken_character")


def _as_text(value: Any) -> str:
    match value:
        case str():
            return value
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list() if not any(isinstance(each, dict | list) for each in value):
            return "; ".join(_as_text(each) for each in value)
    return json.dumps(value, ensure_ascii=False) if value else ""


def _can_be_written(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


@contextmanager
def opened(path: Path, how: How, *, name: str) -> Iterator[Objects]:
    """Open a file of JSON."""
    with unpacked(path, name=name) as source:
        yield Objects(source, how, path, name)
