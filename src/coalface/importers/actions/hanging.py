"""What hangs on a record: a person's work holds it back, what a machine derived goes along with it."""

from collections.abc import Sequence
from typing import Any, Final

from django.db.models import Model, Q

from coalface.customers.actions import forget_meaning
from coalface.records.models import Clause, Mention, Verbatim

# Rows that a machine derived: no reason to keep what they were derived from.
DERIVED: Final = {"mention": Q(settled_at=None)}
WORDS: Final = ("verbatim_id", "words_id")


def held_back(*, model: type[Model], pks: Sequence[Any]) -> dict[Any, str]:
    """Which of these records others refer to that a person made, and a code for the first of those."""
    held: dict[Any, str] = {}
    for relation in model._meta.related_objects:
        if relation.related_model._meta.auto_created or not hasattr(relation, "field"):
            continue
        name = relation.related_model._meta.model_name
        rows = relation.related_model._default_manager.filter(**{f"{relation.field.name}__in": pks})
        if name in DERIVED:
            rows = rows.exclude(DERIVED[name])
        for pk in rows.order_by().values_list(relation.field.attname, flat=True).distinct():
            held.setdefault(pk, f"has_{name}")
    return held


def take_along(*, model: type[Model], pks: Sequence[Any]) -> None:
    """Delete the records, what was derived from them, and their words."""
    if not pks:
        return
    words = [
        pk
        for name in WORDS
        if any(field.attname == name for field in model._meta.concrete_fields)
        for pk in model._default_manager.filter(pk__in=pks).order_by().values_list(name, flat=True)
        if pk
    ]
    if model._meta.model_name == "feedback":
        Mention.objects.filter(feedback__in=pks).delete()
    model._default_manager.filter(pk__in=pks).delete()
    if words:
        _forget_words(words=words)


def _forget_words(*, words: Sequence[int]) -> None:
    held = held_words(words=words)
    free = [pk for pk in words if pk not in held]
    forget_meaning(verbatims=free)
    Clause.objects.filter(verbatim__in=free).delete()
    Verbatim.objects.filter(pk__in=free).delete()


def held_words(*, words: Sequence[int]) -> set[int]:
    """Words that something else still quotes."""
    held: set[int] = set()
    for relation in Verbatim._meta.related_objects:
        if relation.related_model is not Clause:
            rows = relation.related_model._default_manager.filter(**{f"{relation.field.name}__in": words})
            held |= set(rows.order_by().values_list(relation.field.attname, flat=True))
    return held
