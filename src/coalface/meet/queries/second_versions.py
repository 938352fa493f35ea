"""What was sent under an id that was taken, and what stands there already."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from coalface.records.models import Attendance, Person, Remark, SecondVersion
from coalface.records.tables import Column, Of, Table, words

NOWHERE: Final = Q(pk__in=())
SECOND_VERSIONS: Final = Table(
    "second_versions",
    (
        Column("id", read="sent_id"),
        Column("sent_at", Of.MOMENT),
        Column("sent_by", read="sent_by.name"),
        Column("kind"),
        Column("words", read=words("verbatim", unit="encounter.unit", by="sent_by_id")),
        Column("reading", read=words("reading", unit="encounter.unit", by="sent_by_id")),
        Column("customer", read="customer.name"),
        Column("unit", read="encounter.unit.name"),
        Column("encounter", read="encounter_id"),
    ),
)


def second_versions_for(person: Person, within: Q = NOWHERE) -> QuerySet:
    """Those nobody has decided about: sent by the person, or about an encounter the person may see."""
    there = Attendance.objects.filter(encounter=OuterRef("encounter"), person=person)
    rows = SecondVersion.objects.filter(
        Q(sent_by=person) | within | Q(Exists(there)), settled_at=None
    ).select_related("encounter__format", "encounter__unit", "verbatim", "reading", "customer", "sent_by")
    return rows.order_by("sent_at", "id")


def first_versions(versions: Iterable[SecondVersion]) -> dict[UUID, Remark]:
    """What was written down first, by the id that both came under; of the same encounter or the same author.

    Two people who chose one id at two encounters do not get to read each other's words.
    """
    rows = Remark.objects.select_related("verbatim", "reading", "customer", "noted_by", "encounter__unit")
    found = {remark.pk: remark for remark in rows.filter(pk__in=[one.sent_id for one in versions])}
    return {
        one.sent_id: first
        for one in versions
        if (first := found.get(one.sent_id))
        and (first.encounter_id == one.encounter_id or first.noted_by_id == one.sent_by_id)
    }
