"""Encounters: whose they are, how they stand, and what is still open in one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import (
    Count,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce

from coalface.records.models import (
    Attendance,
    Disposition,
    Encounter,
    Event,
    Finishing,
    Guest,
    HandOver,
    Outcome,
    Person,
    PromiseToCustomer,
    Remark,
)
from coalface.records.tables import Column, Of, Table

from .readiness import wanted_before_finishing

WHO: Final = (
    Prefetch("guests", Guest.objects.select_related("customer")),
    Prefetch("attendances", Attendance.objects.select_related("person")),
)
STATES: Final = ("next", "open", "finished", "off")


def _guests(encounter: Encounter) -> str:
    return "; ".join(guest.customer.name for guest in encounter.guests.all())


def _people(encounter: Encounter) -> str:
    return "; ".join(one.person.name for one in encounter.attendances.all())


ENCOUNTERS: Final = Table(
    "encounters",
    (
        Column("id"),
        Column("starts_at", Of.MOMENT),
        Column("minutes", Of.WHOLE),
        Column("format", read="format.name"),
        Column("depth", read="format.depth"),
        Column("unit_key", read="unit.key"),
        Column("unit", read="unit.name"),
        Column("outcome"),
        Column("announced", Of.YES_NO),
        Column("chosen_by"),
        Column("customers", read=_guests),
        Column("people", read=_people),
        Column("remarks", Of.WHOLE, "noted"),
        Column("unanswered", Of.WHOLE),
    ),
)


@dataclass(frozen=True, slots=True)
class Left:
    """What keeps an encounter from being finished; true while there is something."""

    remarks: list[Remark]
    hand_overs: list[HandOver]
    wanted: list[str]

    def __bool__(self) -> bool:
        return bool(self.remarks or self.hand_overs or self.wanted)

    @property
    def receivers(self) -> list[str]:
        """Whose yes is waited for, each name once."""
        return list(dict.fromkeys(hand_over.receiver.name for hand_over in self.hand_overs))


def still_open(encounter: Encounter, now: datetime) -> Left:
    """Remarks nobody answered for, hand-overs nobody accepted, and what its format wants done."""
    current = Disposition.objects.filter(remark=OuterRef("pk"), ended_at=None)
    waiting = HandOver.objects.waiting().filter(disposition__remark__encounter=encounter)
    return Left(
        remarks=list(encounter.remarks.filter(~Exists(current))),
        hand_overs=list(waiting.select_related("receiver")),
        wanted=wanted_before_finishing(encounter, now),
    )


def attended(encounter: Encounter, person: Person) -> bool:
    """Whether the person takes part."""
    return Attendance.objects.filter(encounter=encounter, person=person).exists()


def encounters_of(person: Person) -> QuerySet:
    """Encounters the person takes part in."""
    return Encounter.objects.filter(
        Exists(Attendance.objects.filter(encounter=OuterRef("pk"), person=person))
    )


def in_state(encounters: QuerySet, state: str) -> QuerySet:
    """Those to come (soonest first), open, finished, or off; all latest first but the first."""
    if state == "next":
        return encounters.filter(outcome=Outcome.PLANNED).order_by("starts_at", "id")
    if state == "off":
        return encounters.filter(outcome__in=(Outcome.CANCELLED, Outcome.NO_SHOW, Outcome.DELEGATED))
    held = encounters.filter(outcome=Outcome.HELD)
    return held.filter(~_finished()) if state == "open" else held.filter(_finished())


def counts_by_state(encounters: QuerySet) -> dict[str, int]:
    """How many there are in each state, in one query."""
    held = Q(outcome=Outcome.HELD)
    return encounters.annotate(done=_finished()).aggregate(
        next=Count("pk", filter=Q(outcome=Outcome.PLANNED)),
        open=Count("pk", filter=held & Q(done=False)),
        finished=Count("pk", filter=held & Q(done=True)),
        off=Count("pk", filter=~held & ~Q(outcome=Outcome.PLANNED)),
    )


def _finished() -> Exists:
    return Exists(Finishing.objects.standing().filter(encounter=OuterRef("pk")))


def is_finished(encounter: Encounter) -> bool:
    """Whether somebody finished it, so that what was said there stays as it is."""
    return encounter.finishings.standing().exists()


def shown(encounters: QuerySet) -> QuerySet:
    """With all a list shows of them: who, where, how many remarks and how many of those are open."""
    return _counted(encounters).prefetch_related(*WHO)


def at_a_glance(encounters: QuerySet, most: int) -> dict[str, list[Encounter]]:
    """The first few to come, open and finished, with who took part in all of them asked for at once."""
    lists = {state: list(_counted(in_state(encounters, state))[:most]) for state in STATES[:3]}
    prefetch_related_objects([one for rows in lists.values() for one in rows], *WHO)
    return lists


def _counted(encounters: QuerySet) -> QuerySet:
    rows = encounters.select_related("format", "unit")
    return rows.annotate(noted=_count(Remark.objects.all()), unanswered=_count(Remark.objects.open()))


def _count(remarks: QuerySet) -> Coalesce:
    there = remarks.filter(encounter=OuterRef("pk")).order_by().values("encounter")
    return Coalesce(Subquery(there.annotate(n=Count("pk")).values("n")), 0)


def history(encounter: Encounter, remarks: list[Remark], promises: list[PromiseToCustomer]) -> list[Event]:
    """What happened at and since an encounter, oldest first, in one query."""
    about = Q(about_type="encounter", about_id=str(encounter.pk))
    about |= Q(about_type="remark", about_id__in=[str(remark.pk) for remark in remarks])
    about |= Q(about_type="promisetocustomer", about_id__in=[str(made.pk) for made in promises])
    return list(Event.objects.filter(about).select_related("by").order_by("at", "id"))
