"""Whom a typed name means."""

from collections import Counter
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from coalface.records.models import Customer, Person, Position

MOST = 6
SUGGESTED = 400


def people_called(words: str, today: date) -> list[Person]:
    """Those who work here under exactly this name, "Sven Lund (North)" too, else whose name begins so."""
    name, _, unit = words.removesuffix(")").partition(" (")
    working = Person.objects.working(today).order_by("name", "id")
    if unit:
        there = Position.objects.held(today).filter(person=OuterRef("pk"), unit__name__iexact=unit)
        working = working.filter(Exists(there))
    exactly = list(working.filter(name__iexact=name)[:MOST])
    return exactly or list(working.filter(name__istartswith=name)[:MOST])


def colleagues(today: date, but: Person) -> list[str]:
    """Names to suggest; where several people share one, the unit is added."""
    working = Person.objects.working(today)
    held = Position.objects.held(today).filter(person__in=working).exclude(person=but)
    rows = list(
        held.order_by("person__name", "id").values_list(F("person__name"), F("unit__name"))[:SUGGESTED]
    )
    shared = Counter(name for name, _ in rows)
    return [name if shared[name] == 1 else f"{name} ({unit})" for name, unit in rows]


def customers_called(words: str, within: Q) -> list[Customer]:
    """By reference or full name anybody; by the beginning of a name only those within the asker's reach."""
    present = Customer.objects.present()
    exactly = _few(present.filter(reference__iexact=words)) or _few(present.filter(name__iexact=words))
    return exactly or _few(present.filter(within, name__istartswith=words))


def _few(customers: QuerySet) -> list[Customer]:
    return list(customers.order_by("name", "id")[:MOST])
