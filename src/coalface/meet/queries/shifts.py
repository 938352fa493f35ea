"""How far a hands-on shift is prepared, and who may read what stood in the way there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from coalface.records.models import Encounter, Kind, OutgoingMessage, Person, Remark, Shift

# What a shift brings to light about a process, beside what customers say.
IN_THE_WAY: Final = (Kind.OBSTACLE, Kind.WORKAROUND, Kind.RULE)
IN_THE_WAY_MAIL: Final = "meet/in_the_way"


@dataclass(frozen=True, slots=True)
class Readiness:
    """One line of the checklist: its code, and whether it is done."""

    code: str
    done: bool


def shift_of(encounter: Encounter) -> Shift | None:
    """How the shift is prepared, if somebody has begun to."""
    rows = Shift.objects.select_related("buddy", "host", "did")
    return rows.filter(encounter=encounter).first()


def checklist(shift: Shift | None) -> list[Readiness]:
    """What has to be done before a shift, in the order in which one does it."""
    lines = [
        Readiness("no_buddy", shift is not None),
        Readiness("no_tasks", bool(shift and shift.tasks.strip())),
    ]
    if shift and shift.at_peak:
        lines.append(Readiness("peak_not_agreed", shift.host_agreed_at is not None))
    return [*lines, Readiness("no_induction", bool(shift and shift.inducted_at))]


def wanted_before_a_shift(encounter: Encounter, now: datetime) -> list[str]:
    """What of the checklist is missing."""
    return [line.code for line in checklist(shift_of(encounter)) if not line.done]


def in_the_way(encounter: Encounter, reader: Person) -> QuerySet:
    """What stood in the way at an encounter, of the processes this reader was told about."""
    told = OutgoingMessage.objects.filter(
        person=reader, template=IN_THE_WAY_MAIL, key__startswith=f"in-the-way-{encounter.pk}-"
    )
    units = [message.about["unit"] for message in told]
    found = encounter.remarks.filter(kind__in=IN_THE_WAY, touchpoint__owner__in=units)
    return found.select_related("verbatim", "reading", "touchpoint", "noted_by", "customer").order_by(
        "noted_at", "sequence", "id"
    )


def was_told_of(remark: Remark, reader: Person) -> bool:
    """Whether the reader looks after the process the remark is about, and was told."""
    return in_the_way(remark.encounter, reader).filter(pk=remark.pk).exists()
