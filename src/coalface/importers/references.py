"""Whom and what a row refers to: units, colleagues and customers by any of their names, or the nearest."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q
from django.db.models.functions import Lower

from coalface.records.models import Customer, Person, Unit

from .rows import Given

NEAR_ENOUGH: Final = 84.0
STEP: Final = " / "


@dataclass(frozen=True, slots=True)
class Nearest:
    """What was probably meant, and its name for showing."""

    record: Unit | Person
    shown: str


def nearest(written: str, names: Sequence[str]) -> int | None:
    """The place of the name that is like what was written, if one is."""
    from rapidfuzz import fuzz, process, utils

    found = process.extractOne(
        written, names, scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=NEAR_ENOUGH
    )
    return found[2] if found else None


class Units:
    """All of our units, by key, by name where only one has it, and by a path such as “North / Bern”."""

    def __init__(self) -> None:
        self.all = list(Unit.objects.select_related("parent").order_by("path"))
        self.root = next((unit for unit in self.all if unit.parent_id is None), None)
        self._by: dict[str, list[Unit]] = defaultdict(list)
        by_pk = {unit.pk: unit for unit in self.all}
        for unit in self.all:
            names = [unit.name]
            above = by_pk.get(unit.parent_id)
            while above and above.parent_id:
                names.insert(0, above.name)
                above = by_pk.get(above.parent_id)
            for name in {_plain(each) for each in (unit.key, unit.name, STEP.join(names))}:
                self._by[name].append(unit)

    def find(self, written: str) -> Unit | None:
        """The one unit of that key, name or path."""
        found = self._by.get(_plain(written), ())
        if len(found) == 1:
            return found[0]
        return next((unit for unit in found if unit.key == written), None)

    def like(self, written: str) -> Nearest | None:
        """The unit that was probably meant."""
        at = nearest(written, [unit.name for unit in self.all])
        return None if at is None else Nearest(self.all[at], self.all[at].name)

    def resolve(self, row: Given, name: str, column: str) -> Unit | None:
        """The unit a row names, or a problem written down."""
        written = row.values.get(name)
        if not isinstance(written, str) or not written:
            return None
        if unit := self.find(written):
            return unit
        near = self.like(written) if column else None
        if near and row.trouble(column, f"unknown_{name}", "nearest", near.shown):
            return near.record
        if not near:
            row.trouble(column, f"unknown_{name}")
        return None


def _plain(name: str) -> str:
    return STEP.join(" ".join(part.split()) for part in name.casefold().split("/"))


class Colleagues:
    """The people that some rows name, by staff code, e-mail or name; several of one name are none."""

    def __init__(self, written: Iterable[str]) -> None:
        wanted = {each for each in written if each}
        small = {each.casefold() for each in wanted}
        found = (
            Person.objects.annotate(small_email=Lower("email"), small_name=Lower("name")).filter(
                Q(staff_code__in=wanted) | Q(small_email__in=small) | Q(small_name__in=small)
            )
            if wanted
            else ()
        )
        self._by: dict[str, dict[str, list[Person]]] = {"code": {}, "email": {}, "name": {}}
        for person in found:
            self._by["code"].setdefault(person.staff_code or "", []).append(person)
            self._by["email"].setdefault(person.email.casefold(), []).append(person)
            self._by["name"].setdefault(person.name.casefold(), []).append(person)

    def find(self, written: str) -> list[Person]:
        """Who may be meant: all of the first list that knows the word."""
        small = written.casefold()
        return (
            self._by["code"].get(written) or self._by["email"].get(small) or self._by["name"].get(small) or []
        )

    def resolve(self, row: Given, name: str, column: str) -> Person | None:
        """The one person a row names, or a problem written down."""
        written = row.values.get(name)
        if not isinstance(written, str) or not written:
            return None
        found = self.find(written)
        if len(found) == 1:
            return found[0]
        if found:
            row.trouble(column, f"several_of_that_{name}")
            return None
        near = self._like(written)
        if near and row.trouble(column, f"unknown_{name}", "nearest", near.shown):
            return near.record
        if not near:
            row.trouble(column, f"unknown_{name}")
        return None

    def _like(self, written: str) -> Nearest | None:
        everybody = list(Person.objects.filter(left_on=None).order_by("name", "pk"))
        at = nearest(written, [person.name for person in everybody])
        return None if at is None else Nearest(everybody[at], everybody[at].name)


def customers_of(written: Iterable[str]) -> Mapping[str, Customer]:
    """The customers by the reference or e-mail they go by; whoever was merged is the one kept."""
    wanted = {each for each in written if each}
    if not wanted:
        return {}
    found: dict[str, Customer] = {}
    mails = {each.casefold() for each in wanted if "@" in each}
    held = Customer.objects.filter(erased_at=None).select_related("merged_into")
    for customer in held.filter(reference__in=wanted):
        found[customer.reference] = _kept(customer)
    if mails:
        by_mail: dict[str, list[Customer]] = defaultdict(list)
        for customer in held.annotate(small=Lower("email")).filter(small__in=mails):
            by_mail[customer.email.casefold()].append(_kept(customer))
        for each in wanted:
            same = {one.pk: one for one in by_mail.get(each.casefold(), ())}
            if len(same) == 1:
                found.setdefault(each, next(iter(same.values())))
    return found


def is_erased(customer: Customer | None) -> bool:
    """Whether it belongs to somebody who was forgotten: a file that still has them changes nothing there."""
    return customer is not None and customer.erased_at is not None


def _kept(customer: Customer) -> Customer:
    while customer.merged_into:
        customer = customer.merged_into
    return customer
