"""Two entries become one customer, and two again: what moved is listed, so that exactly that moves back."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, Final

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import Model

from coalface.customers.queries import in_pieces, mark_of, pointing_at
from coalface.records.history import note
from coalface.records.models import Consent, Customer, Merging, Person

# What the two may differ in; of each the kept one has its own, or – if chosen – takes the other's.
CHOICES: Final = (
    "name", "is_company", "reference", "segment", "stage", "language", "country", "email", "phone", "unit",
    "account_owner", "household", "since_on", "yearly_value",
)  # fmt: skip
TOGETHER: Final = {"yearly_value": ("yearly_value", "currency")}


class CannotMerge(Exception):
    """They are one entry already, or one of them was merged away or erased."""


class CannotTakeApart(Exception):
    """Taken apart before, erased, or the kept one was merged into a third since: take that apart first."""


@transaction.atomic
def merge(
    *, kept: Customer, gone: Customer, chosen: Collection[str] = (), by: Person | None, now: datetime
) -> Merging:
    """Let everything of one belong to the other; `chosen` names what the kept one takes over.

    Of two answers about consent the stricter one wins, and restrictions of either hold. What would count
    twice – both were guests of one encounter, or asked about one fix – stays where it is.
    """
    kept, gone = _both(kept.pk, gone.pk)
    withdrawn = _stricter(kept, gone, now)
    moved = {name: ids for name, ids in _move_all(gone, kept) if ids}
    swapped = _swap(kept, gone, [field for name in chosen for field in TOGETHER.get(name, (name,))])
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    merging = Merging.objects.create(
        kept=kept,
        gone=gone,
        moved={"rows": moved, "withdrawn": withdrawn, "swapped": swapped},
        by=by,
        at=now,
    )
    note("customers.merged", about=kept, by=by, at=now, merging=merging.pk, gone=str(gone.pk))
    return merging


@transaction.atomic
def take_apart(*, merging: Merging, by: Person | None, now: datetime) -> Merging:
    """Make two of them again; what came since, and what was changed since, stays with the kept one."""
    merging = Merging.objects.select_for_update().get(pk=merging.pk)
    rows = Customer.objects.select_for_update().filter(pk__in=(merging.kept_id, merging.gone_id))
    found = {row.pk: row for row in rows.order_by("pk")}
    kept, gone = found[merging.kept_id], found[merging.gone_id]
    if merging.undone_at or kept.erased_at or kept.merged_into_id:
        raise CannotTakeApart(merging)
    for name, ids in merging.moved.get("rows", {}).items():
        model, field = name.split(".")
        _move(apps.get_model("records", model), field, kept, gone, ids)
    _give_again(merging)
    _swap(kept, gone, _unchanged(kept, merging.moved.get("swapped", {})))
    gone.merged_into = None
    gone.save(update_fields=["merged_into"])
    merging.undone_at, merging.undone_by = now, by
    merging.save(update_fields=["undone_at", "undone_by"])
    note("customers.taken_apart", about=kept, by=by, at=now, merging=merging.pk, gone=str(gone.pk))
    return merging


@transaction.atomic
def tell_apart(*, one: Customer, other: Customer, by: Person, now: datetime) -> None:
    """Say that two entries are two customers, so that they are not proposed again."""
    first, second = sorted((one, other), key=lambda each: str(each.pk))
    note("customers.told_apart", about=first, by=by, at=now, other=str(second.pk))


def _both(kept: Any, gone: Any) -> tuple[Customer, Customer]:
    """Both as they are now, locked in one order, whoever is to be kept."""
    rows = Customer.objects.select_for_update().filter(pk__in=(kept, gone), erased_at=None, merged_into=None)
    found = {row.pk: row for row in rows.order_by("pk")}
    if len(found) < 2:
        raise CannotMerge(kept, gone)
    return found[kept], found[gone]


def _move_all(source: Customer, target: Customer) -> Iterable[tuple[str, list[Any]]]:
    """Every relation there is, found by walking: a table that comes later moves too."""
    for relation in pointing_at(Customer):
        model, field = relation.related_model, relation.field.name
        rows = model._default_manager.filter(**{field: source}).order_by("pk")
        moved = _move(model, field, source, target, rows.values_list("pk", flat=True))
        yield f"{model._meta.model_name}.{field}", moved


def _move(
    model: type[Model], field: str, source: Customer, target: Customer, ids: Iterable[Any]
) -> list[Any]:
    """Move rows, hundreds at a time, and one by one where a rule of the ledger forbids some of them."""
    moved: list[Any] = []
    for some in in_pieces(ids):
        if _moves(model, field, source, target, some):
            moved += some
        else:
            moved += [one for one in some if _moves(model, field, source, target, [one])]
    return [one if isinstance(one, int) else str(one) for one in moved]


def _moves(model: type[Model], field: str, source: Customer, target: Customer, ids: list[Any]) -> bool:
    try:
        with transaction.atomic():
            rows = model._default_manager.filter(pk__in=ids, **{field: source})
            return bool(rows.update(**{field: target}))
    except IntegrityError:  # it would count twice
        return False


def _stricter(kept: Customer, gone: Customer, now: datetime) -> list[int]:
    """Take back each yes that the other entry took back; say which, so that they can be given again."""
    rows = list(Consent.objects.select_for_update().filter(customer__in=(kept, gone)).order_by("pk"))
    last = {(row.customer_id, row.channel, row.purpose): row for row in rows}
    withdrawn = []
    for (customer, *about), row in last.items():
        other = last.get((gone.pk if customer == kept.pk else kept.pk, *about))
        if other and row.withdrawn_at is None and other.withdrawn_at:
            withdrawn.append(row.pk)
    Consent.objects.filter(pk__in=withdrawn).update(withdrawn_at=now)
    return withdrawn


def _give_again(merging: Merging) -> None:
    """Let a yes hold again that was taken back by the merging alone."""
    ids = merging.moved.get("withdrawn", ())
    for row in Consent.objects.filter(pk__in=ids, withdrawn_at=merging.at).order_by("pk"):
        try:
            with transaction.atomic():
                Consent.objects.filter(pk=row.pk).update(withdrawn_at=None)
        except IntegrityError:  # a new yes was given since
            continue


def _swap(kept: Customer, gone: Customer, fields: Iterable[str]) -> dict[str, str]:
    """Exchange values between the two rows; a mark of what the kept one has now tells later changes."""
    names = [name for name in fields if getattr(kept, name) != getattr(gone, name)]
    if not names:
        return {}
    before = {name: getattr(kept, name) for name in names}
    for name in names:
        setattr(kept, name, getattr(gone, name))
        setattr(gone, name, None if name == "reference" else before[name])
    gone.save(update_fields=names)  # first, for two rows cannot hold one reference
    kept.save(update_fields=names)
    if "reference" in names:
        gone.reference = before["reference"]
        gone.save(update_fields=["reference"])
    return {name: _mark(kept, name) for name in names}


def _mark(customer: Customer, field: str) -> str:
    return mark_of(field, str(customer._meta.get_field(field).value_from_object(customer)))


def _unchanged(kept: Customer, swapped: dict[str, str]) -> list[str]:
    return [name for name, mark in swapped.items() if _mark(kept, name) == mark]
