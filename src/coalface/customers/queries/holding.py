"""What do you hold about me? Every row that belongs to a customer, with its words, for them to read."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db.models import Field, Model

from coalface.records.models import (
    Assignment,
    Attachment,
    CompetitorMention,
    Customer,
    Event,
    Format,
    HandOver,
    HandOverAnswer,
    Household,
    Mention,
    Person,
    Sighting,
    Touchpoint,
    Unit,
    Verbatim,
)

from .belongings import Ids, belongings_of, family, in_pieces, words_of

# Tables about how we work with what was said rather than about the customer, each with its reason.
NOT_ABOUT_THEM: Final[Mapping[type[Model], str]] = {
    Assignment.issues.through: "what we expected to hear",
    HandOver: "which of us answers for it",
    HandOverAnswer: "what we said to each other",
    CompetitorMention: "how we sorted it",
    Mention: "how we sorted it",
    Sighting: "which of us knows of it",
}
NOT_FOR_EYES: Final = {"id", "digest", "sha256", "key", "seed", "deficit", "about", "moved", "relayed_at"}
NAMED: Final = (Unit, Format, Touchpoint, Household)

Row = dict[str, Any]


def held(customer: Customer) -> dict[str, list[Row]]:
    """All rows by table; we ourselves appear as “one of us”, others as “another customer”."""
    found, ours = belongings_of(customer), {one.pk for one in family(customer)}
    texts = _texts(found)
    tables = {
        model._meta.model_name: [_row(one, ours, texts) for one in _rows(model, ids)]
        for model, ids in found.items()
        if model not in NOT_ABOUT_THEM
    }
    return dict(sorted(tables.items())) | {"event": _history(ours)}


def photos_held(customer: Customer) -> list[Attachment]:
    """The photos that came with what they said and are kept."""
    ids = belongings_of(customer).get(Attachment, set())
    return list(Attachment.objects.filter(pk__in=ids, kept_at__isnull=False).order_by("added_at", "id"))


def _rows(model: type[Model], ids: set) -> Iterator[Model]:
    names = [field.name for field in model._meta.concrete_fields if field.related_model in NAMED]
    rows = model._default_manager.all()
    for some in in_pieces(sorted(ids, key=str)):
        yield from (rows.select_related(*names) if names else rows).filter(pk__in=some).order_by("pk")


def _texts(found: Ids) -> dict[int, str]:
    texts: dict[int, str] = {}
    for some in in_pieces(words_of(found)):
        texts |= dict(Verbatim.objects.filter(pk__in=some).values_list("pk", "text"))
    return texts


def _row(one: Model, ours: set, texts: dict[int, str]) -> Row:
    row: Row = {}
    for field in one._meta.concrete_fields:
        if field.name in NOT_FOR_EYES:
            continue
        value = _value(one, field, ours, texts)
        if value not in (None, "", [], {}):
            row[field.name] = value
    return row


def _value(one: Model, field: Field, ours: set, texts: dict[int, str]) -> Any:
    value = field.value_from_object(one)
    if value is None or not field.is_relation:
        return value
    if field.related_model is Verbatim:
        return texts.get(value, "")
    if field.related_model is Person:
        return "one of us"
    if field.related_model is Customer:
        return "you" if value in ours else "another customer"
    if field.related_model in NAMED:
        return str(getattr(one, field.name))
    return None


def _history(ours: set) -> list[Row]:
    rows = Event.objects.filter(about_type="customer", about_id__in=[str(pk) for pk in ours]).order_by("id")
    return [{"kind": kind, "at": at} for kind, at in rows.values_list("kind", "at")]
