"""What belongs to a customer: found by walking the relations of the ledger, so no table is forgotten."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from django.db.models import ForeignObjectRel, Model

from coalface.records.models import Customer, Feedback, Merging, Receipt, Verbatim

AT_ONCE: Final = 500
Ids = dict[type[Model], set[Any]]

# What says only that two entries are one customer: it is walked by `family`, not as something they own.
OF_THE_FAMILY: Final = (Customer, Merging)


def pointing_at(model: type[Model]) -> Iterator[ForeignObjectRel]:
    """The relations by which rows of other tables belong to a row of this one."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and relation.related_model not in OF_THE_FAMILY:
            yield relation


def reachable(start: type[Model] = Customer) -> set[type[Model]]:
    """Every table that can hold a row about one customer, however many steps away."""
    found, waiting = {start}, [start]
    while waiting:
        for relation in pointing_at(waiting.pop()):
            if relation.related_model not in found:
                found.add(relation.related_model)
                waiting.append(relation.related_model)
    return found


def family(customer: Customer) -> list[Customer]:
    """The entry that was kept and every one that was merged into it, however often; the kept one first."""
    kept = kept_of(customer)
    found, waiting = [kept], [kept.pk]
    while waiting:
        merged = list(Customer.objects.filter(merged_into__in=waiting).order_by("id"))
        found += merged
        waiting = [one.pk for one in merged]
    return found


def kept_of(customer: Customer) -> Customer:
    """The entry that stands for this one today."""
    while customer.merged_into_id:
        customer = Customer.objects.get(pk=customer.merged_into_id)
    return customer


def known_by_reference(references: Iterable[str]) -> dict[str, Customer]:
    """Who stands in the directory under these references; a merged one is found as the one that was kept."""
    rows = Customer.objects.filter(reference__in=set(references), erased_at=None)
    return {row.reference: kept_of(row) for row in rows}


def belongings(start: Mapping[type[Model], Iterable[Any]]) -> Ids:
    """The ids of all rows that belong to the rows given, by table, those rows included."""
    found: Ids = {model: set(ids) for model, ids in start.items()}
    waiting = [(model, set(ids)) for model, ids in start.items()]
    while waiting:
        model, new = waiting.pop()
        for relation in pointing_at(model):
            other, name = relation.related_model, relation.field.name
            here = set(ids_where(other, name, new)) - found.get(other, set())
            if here:
                found.setdefault(other, set()).update(here)
                waiting.append((other, here))
    return found


def ids_where(model: type[Model], field: str, values: Iterable[Any]) -> Iterator[Any]:
    """The ids of rows whose field holds one of the values, asked for a few hundred at a time."""
    for some in in_pieces(values):
        yield from model._default_manager.filter(**{f"{field}__in": some}).values_list("pk", flat=True)


def in_pieces(values: Iterable[Any]) -> Iterator[list[Any]]:
    """The values, a few hundred at a time: a statement takes no more."""
    ordered = list(values)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]


def belongings_of(customer: Customer) -> Ids:
    """All that belongs to a customer and to what was merged into them."""
    return belongings({Customer: [one.pk for one in family(customer)]})


def belongings_of_receipt(receipt: Receipt) -> Ids:
    """All that belongs to what somebody without a name said, and holds a receipt for."""
    return belongings({Feedback: [receipt.feedback_id]})


def words_of(found: Ids) -> set[int]:
    """The ids of the verbatims in which these rows keep their words."""
    ids: set[int] = set()
    for model, rows in found.items():
        for name in fields_with_words(model):
            for some in in_pieces(rows):
                kept = model._default_manager.filter(pk__in=some).exclude(**{name: None})
                ids.update(kept.values_list(name, flat=True))
    return ids


def fields_with_words(model: type[Model]) -> list[str]:
    """The names of the fields by which a table points to words."""
    return [field.name for field in model._meta.concrete_fields if field.related_model is Verbatim]
