"""The ways of meeting customers."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from coalface.records.history import note
from coalface.records.models import (
    Depth,
    Format,
    FormatKind,
    Person,
)


class KeyTaken(Exception):
    """Another format has this key."""


@dataclass(frozen=True, slots=True)
class NewFormat:
    """A format to start from, in the words of whoever takes it."""

    key: str
    name: str
    kind: str
    depth: str
    minutes: int
    guide: str
    seats: int = 1
    may_be_unannounced: bool = False
    remote: bool = False


@transaction.atomic
def add_format(
    *,
    key: str,
    name: str,
    depth: str,
    minutes: int,
    by: Person | None,
    now: datetime,
    guide: str = "",
    may_be_unannounced: bool = False,
    kind: str = FormatKind.CONVERSATION,
    seats: int = 1,
    remote: bool = False,
) -> Format:
    """Describe a way of meeting customers; the guide holds one question or step a line."""
    if Format.objects.filter(key=key).exists():
        raise KeyTaken(key)
    added = Format.objects.create(
        key=key,
        name=name,
        depth=Depth(depth),
        kind=FormatKind(kind),
        minutes=minutes,
        seats=seats,
        guide=guide,
        may_be_unannounced=may_be_unannounced,
        remote=remote,
    )
    note("format.added", about=added, by=by, at=now)
    return added


@transaction.atomic
def change_format(
    *,
    format: Format,
    name: str,
    minutes: int,
    seats: int,
    guide: str,
    remote: bool,
    may_be_unannounced: bool,
    by: Person | None,
    now: datetime,
) -> Format:
    """Describe it anew; kind and depth stay, and so does every encounter planned with it."""
    current = Format.objects.select_for_update().get(pk=format.pk)
    given = {
        "name": name,
        "minutes": minutes,
        "seats": seats,
        "guide": guide,
        "remote": remote,
        "may_be_unannounced": may_be_unannounced,
    }
    changed = [field for field, value in given.items() if getattr(current, field) != value]
    for field in changed:
        setattr(current, field, given[field])
    if changed:
        current.save(update_fields=changed)
        note("format.changed", about=current, by=by, at=now, fields=changed)
    return current


@transaction.atomic
def add_formats(*, rows: Sequence[NewFormat], by: Person | None, now: datetime) -> list[Format]:
    """Take several formats at once; those whose key is there already stay as they are."""
    there = set(Format.objects.values_list("key", flat=True))
    new = [row for row in rows if row.key not in there]
    return [add_format(by=by, now=now, **asdict(row)) for row in new]
