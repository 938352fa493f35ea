"""Taking a match out of a plan, and calling off what was arranged for it."""

from datetime import datetime

from django.db import transaction

from coalface.plan.queries.plans import beside, encounter_of
from coalface.records.history import note
from coalface.records.models import Assignment, Encounter, Guest, Outcome, Person


@transaction.atomic
def withdraw(*, match: Assignment, by: Person | None, now: datetime, why: str = "") -> bool:
    """Take a match out of its plan; its customer, or the whole encounter, is called off. Twice is harmless.

    `why` is a code: it stands in the history, beside ids.
    """
    mine = Assignment.objects.select_for_update(of=("self",)).filter(pk=match.pk, withdrawn_at=None)
    held = mine.select_related("plan").first()
    if held is None:
        return False
    others = list(beside(held).order_by("id"))
    encounter = encounter_of(held)
    if encounter and encounter.outcome == Outcome.PLANNED:
        if others:
            _leave_to(others[0], held, encounter)
            Guest.objects.filter(encounter=encounter, customer=held.customer_id).delete()
            note("guest.called_off", about=encounter, by=by, at=now, customer=str(held.customer_id))
        else:
            call_off_planned(encounter=encounter, by=by, now=now)
    held.withdrawn_at = now
    held.save(update_fields=["withdrawn_at"])
    note("match.withdrawn", about=held, by=by, at=now, **({"why": why} if why else {}))
    return True


@transaction.atomic
def call_off_planned(*, encounter: Encounter, by: Person | None, now: datetime) -> bool:
    """Call off an encounter that is still to come; what was decided about it before stays."""
    held = Encounter.objects.select_for_update().get(pk=encounter.pk)
    if held.outcome != Outcome.PLANNED:
        return False
    held.outcome, held.outcome_at = Outcome.CANCELLED, now
    held.save(update_fields=["outcome", "outcome_at"])
    note("encounter.called_off", about=held, by=by, at=now)
    return True


def _leave_to(other: Assignment, held: Assignment, encounter: Encounter) -> None:
    if held.encounter_id != encounter.pk:
        return
    held.encounter = None
    held.save(update_fields=["encounter"])
    other.encounter = encounter
    other.save(update_fields=["encounter"])
