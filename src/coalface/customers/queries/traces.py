"""Where a name, an address or a number of a customer stands in words that are not theirs, and in files."""

import gzip
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.db.models import Field, JSONField, Model, Q, TextField
from django.db.models.functions import Cast

from coalface.records.models import (
    Account,
    ApiToken,
    Badge,
    Consequence,
    Customer,
    Delivery,
    Event,
    Household,
    InboundHook,
    Person,
    Policy,
    SeenSignature,
    SharedDevice,
    Snapshot,
    StaffPin,
    Tick,
    Unit,
    Webhook,
)

from .emptying import TEXTS, Kept, Marked, texts

SHORTEST: Final = 5
MASK: Final = "█"
PIECE: Final = 1 << 20

# Tables in which nobody writes about customers, and those of us and of other customers, who keep their names.
NOT_SWEPT: Final[frozenset[type[Model]]] = frozenset(
    {
        Account, ApiToken, Badge, Consequence, Customer, Delivery, Event, Household, InboundHook, Person,
        Policy, SeenSignature, SharedDevice, Snapshot, StaffPin, Tick, Unit, Webhook,
    }
)  # fmt: skip


def traces_of(entries: Iterable[Customer]) -> list[str]:
    """What gives these customers away in a sentence: full name, address, phone and number.

    A single word is nobody's alone, a company's name is everybody's to say, and a name that another customer
    has too stays in the words of others.
    """
    ours = list(entries)
    found: set[str] = set()
    for one in ours:
        found |= {one.email, one.phone, one.reference or ""}
        if not one.is_company and len(one.name.split()) > 1 and not _shared(one.name, ours):
            found.add(one.name)
    return sorted((each for each in found if len(each) >= SHORTEST), key=lambda each: (-len(each), each))


def _shared(name: str, ours: Iterable[Customer]) -> bool:
    others = Customer.objects.filter(name__iexact=name, erased_at=None)
    return others.exclude(pk__in=[one.pk for one in ours]).exists()


def rows_with(traces: Iterable[str]) -> Iterator[tuple[type[Model], str, list[Any]]]:
    """Table, field and ids of all rows in which one of them stands."""
    wanted = list(traces)
    for model in apps.get_app_config("records").get_models() if wanted else ():
        for field in _swept(model):
            whole = {"whole": Cast(field.name, TextField())} if isinstance(field, JSONField) else {}
            name = "whole" if whole else field.name
            says = reduce(or_, (Q(**{f"{name}__icontains": each}) for each in _spelled(wanted, bool(whole))))
            rows = model._default_manager.annotate(**whole).filter(says).order_by("pk")
            if ids := list(rows.values_list("pk", flat=True)):
                yield model, field.name, ids


def _swept(model: type[Model]) -> Iterator[Field]:
    """The fields in which somebody could have written a name: no codes, hashes and ids."""
    for field in texts(model) if model not in NOT_SWEPT else ():
        if not isinstance(TEXTS.get(model, {}).get(field.name), Kept | Marked):
            yield field


def _spelled(traces: Iterable[str], json_too: bool) -> set[str]:
    """Each as it is, and as it stands in JSON where every letter but the plainest is written as a number."""
    return {form for each in traces for form in ({each, json.dumps(each)[1:-1]} if json_too else {each})}


def masked(value: Any, traces: Iterable[str]) -> Any:
    """The same with each trace blacked out, letter by letter: a quote keeps its place in the sentence."""
    if isinstance(value, list):
        return [masked(one, traces) for one in value]
    if isinstance(value, dict):
        return {masked(key, traces): masked(one, traces) for key, one in value.items()}
    if not isinstance(value, str):
        return value
    for each in traces:
        value = re.sub(re.escape(each), lambda found: MASK * len(found[0]), value, flags=re.IGNORECASE)
    return value


def holds(path: Path, traces: Iterable[str]) -> bool:
    """Whether a file says one of them: text, packed text, or a spreadsheet, which is packed text too."""
    wanted = [
        each.lower()
        for trace in traces
        for each in {trace.encode(), trace.encode("utf-16-le"), trace.encode("cp1252", "ignore")}
    ]
    if not wanted:
        return False
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                return any(_says(packed.open(name), wanted) for name in packed.namelist())
        with path.open("rb") as file:
            begins = file.read(4)
        if begins == b"PAR1":
            return True  # packed column by column: to be sure, it goes
        with gzip.open(path) if begins[:2] == b"\x1f\x8b" else path.open("rb") as file:
            return _says(file, wanted)
    except (OSError, EOFError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return True  # what cannot be looked into might hold them


def _says(file: Any, wanted: list[bytes]) -> bool:
    longest, before = max(map(len, wanted)), b""
    with file:
        while piece := file.read(PIECE):
            text = before + piece.lower()
            if any(each in text for each in wanted):
                return True
            before = text[-longest:]
    return False
