"""Entries of the directory that may be one customer: found by what they share, not by comparing all."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations
from typing import Final
from uuid import UUID

from coalface.records.models import Customer, Event, Snapshot
from coalface.records.models.them.customer import Customers
from coalface.records.tables import Column, Table

KIND: Final = "duplicates"
ON_DEMAND: Final = 2_000  # customers a page looks through itself; for more a task does it every night
MOST: Final = 300  # proposals
LARGEST_BLOCK: Final = 80
SHARED_BY_MANY: Final = 6  # an address that so many have is a company's or a family's
ALIKE: Final = 92
SOMEWHAT_ALIKE: Final = 75
FORMS: Final = frozenset({"ag", "gmbh", "sa", "sarl", "ltd", "llc", "inc", "co", "kg", "bv", "und", "and"})

PAIRS = Table(
    "entered-twice",
    (
        Column("name", read=lambda row: row[1].name),
        Column("reference", read=lambda row: row[1].reference),
        Column("other", read=lambda row: row[2].name),
        Column("reasons", read=lambda row: " ".join(row[0].reasons)),
    ),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry reduced to what is compared."""

    id: UUID
    unit: int | None
    name: str
    keys: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries that may be one; `score` from 0 to 100, `reasons` as codes."""

    one: UUID
    other: UUID
    score: int
    reasons: tuple[str, ...] = field(default=())


def folded(name: str) -> str:
    """A name as it is compared: without case, accents, order, punctuation and the form of a company."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss"))
    plain = re.sub(r"(?<=[aou])e", "", "".join(each for each in plain if not unicodedata.combining(each)))
    return " ".join(sorted(word for word in re.findall(r"\w+", plain) if word not in FORMS))


def entries() -> Iterator[Entry]:
    """Everybody in the directory, reduced; read as a stream."""
    rows = Customer.objects.present().order_by("id")
    wanted = rows.values_list("id", "unit", "name", "email", "phone", "reference")
    for id, unit, name, email, phone, reference in wanted.iterator(chunk_size=2_000):
        keys = {
            "email": email.casefold(),
            "phone": re.sub(r"\D", "", phone)[-9:] if len(re.sub(r"\D", "", phone)) >= 7 else "",
            "reference": re.sub(r"[\W_]", "", reference or "").casefold().lstrip("0"),
        }
        yield Entry(id, unit, folded(name), {key: value for key, value in keys.items() if value})


def duplicates(rows: Iterable[Entry]) -> list[Pair]:
    """The likeliest pairs, best first; compared is only what shares an address, a number or half a name."""
    found: dict[tuple[UUID, UUID], Pair] = {}
    for one, other in _candidates(_without_crowds(list(rows))):
        pair = (one.id, other.id) if str(one.id) < str(other.id) else (other.id, one.id)
        if pair not in found and (proposal := _judged(one, other, pair)):
            found[pair] = proposal
    return sorted(found.values(), key=lambda each: (-each.score, str(each.one), str(each.other)))[:MOST]


def _without_crowds(rows: list[Entry]) -> list[Entry]:
    """The same entries without what so many have that it is nobody's."""
    times = Counter(shared for row in rows for shared in row.keys.items())
    return [
        replace(
            row, keys={key: value for key, value in row.keys.items() if times[key, value] < SHARED_BY_MANY}
        )
        for row in rows
    ]


def _candidates(rows: list[Entry]) -> Iterator[tuple[Entry, Entry]]:
    shared, names = defaultdict(list), defaultdict(list)
    for row in rows:
        for key, value in row.keys.items():
            shared[key, value].append(row)
        names[_block(row.name, 1)].append(row)
    for block in shared.values():
        yield from combinations(block, 2)
    for block in names.values():
        yield from _within(block)


def _block(name: str, depth: int) -> tuple[str, ...]:
    """The beginnings of its longest words."""
    longest = sorted(name.split(), key=lambda word: (-len(word), word))
    return tuple(word[:3] for word in longest[:depth])


def _within(block: list[Entry], depth: int = 1) -> Iterator[tuple[Entry, Entry]]:
    """All pairs of a small block; of a large one those of its parts, and at last only equal names."""
    if len(block) <= LARGEST_BLOCK:
        yield from combinations(block, 2)
        return
    parts = defaultdict(list)
    for row in block:
        parts[_block(row.name, depth + 1) if depth < 3 else (row.name, str(row.unit))].append(row)
    for part in parts.values():
        if depth < 3:
            yield from _within(part, depth + 1)
        else:
            yield from combinations(part[:LARGEST_BLOCK], 2)


def _judged(one: Entry, other: Entry, pair: tuple[UUID, UUID]) -> Pair | None:
    """Sharing an address counts if the names are somewhat alike; a name alone if nothing contradicts it.

    Shop 12 and shop 13 are two, however alike they are called.
    """
    same = [key for key in one.keys if one.keys[key] == other.keys.get(key)]
    differ = [key for key in ("email", "phone") if key in one.keys and key in other.keys and key not in same]
    if not same and (differ or one.unit != other.unit or " " not in one.name):
        return None
    alike = _alike(one.name, other.name)
    if same and alike >= SOMEWHAT_ALIKE:
        reasons = [f"same_{key}" for key in same] + (["alike_name"] if alike >= ALIKE else [])
        return Pair(*pair, min(100, int(alike / 2) + 30 + 10 * len(same) - 10 * len(differ)), tuple(reasons))
    if not same and alike >= ALIKE:
        return Pair(*pair, int(alike * 0.6), ("same_name" if one.name == other.name else "alike_name",))
    return None


def _alike(one: str, other: str) -> float:
    from rapidfuzz import fuzz

    if re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return 0.0
    return fuzz.ratio(one, other)


def told_apart(pairs: Iterable[Pair]) -> set[tuple[str, str]]:
    """Pairs of which somebody said that they are two."""
    firsts = {str(pair.one) for pair in pairs}
    said = Event.objects.filter(about_type="customer", about_id__in=firsts, kind="customers.told_apart")
    return {(event.about_id, event.payload["other"]) for event in said}


def proposed() -> tuple[list[Pair], date | None]:
    """Proposals that nobody has answered, and the day they are of; None: looked for just now."""
    if Customer.objects.present().count() <= ON_DEMAND:
        pairs, as_of = duplicates(entries()), None
    else:
        pairs, as_of = _stored()
    apart = told_apart(pairs)
    return [pair for pair in pairs if (str(pair.one), str(pair.other)) not in apart], as_of


def _stored() -> tuple[list[Pair], date | None]:
    kept = Snapshot.objects.filter(kind=KIND).order_by("-as_of").first()
    if kept is None:
        return [], None
    rows = kept.figures["pairs"]
    return [Pair(UUID(one), UUID(other), score, tuple(why)) for one, other, score, why in rows], kept.as_of


def both_within(pairs: Iterable[Pair], within: Customers) -> list[tuple[Pair, Customer, Customer]]:
    """The pairs with both entries at hand, of those whose two entries are within reach."""
    wanted = list(pairs)
    known = within.in_bulk({id for pair in wanted for id in (pair.one, pair.other)})
    return [
        (pair, known[pair.one], known[pair.other])
        for pair in wanted
        if pair.one in known and pair.other in known
    ]


def weight(customer: Customer) -> dict[str, int]:
    """How much hangs on an entry: what helps to choose the one that is kept."""
    return {
        "said": customer.remarks.count() + customer.feedback.count(),
        "met": customer.visits.count(),
        "bought": customer.purchases.count(),
    }
