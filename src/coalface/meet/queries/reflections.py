"""What people will do differently: their own, and what others chose to share."""

from django.db.models import QuerySet

from coalface.records.models import Encounter, Person, Reflection
from coalface.records.tables import Column, Of, Table, words

REFLECTIONS = Table(
    "reflections",
    (
        Column("written_at", Of.MOMENT),
        Column("words", read=words("words", by="person_id")),
        Column("shared_at", Of.MOMENT),
        Column("format", read="encounter.format.name"),
        Column("unit", read="encounter.unit.name"),
        Column("starts_at", Of.MOMENT, "encounter.starts_at"),
        Column("encounter", read="encounter_id"),
    ),
)


def reflections_of(person: Person) -> QuerySet:
    """All of a person's own, the latest first: for nobody but them."""
    mine = Reflection.objects.filter(person=person)
    rows = mine.select_related("words", "encounter__format", "encounter__unit")
    return rows.order_by("-written_at", "-id")


def own_reflection(encounter: Encounter, person: Person) -> Reflection | None:
    """What the person wrote after this encounter."""
    return Reflection.objects.filter(encounter=encounter, person=person).select_related("words").first()


def shared_reflections(encounter: Encounter, but: Person) -> list[Reflection]:
    """What others chose to share of this encounter."""
    shared = Reflection.objects.filter(encounter=encounter, shared_at__isnull=False).exclude(person=but)
    return list(shared.select_related("words", "person").order_by("shared_at", "id"))
