"""Walking our own customers' way, step by step."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from coalface.meet.queries import next_order
from coalface.records.history import note
from coalface.records.models import Encounter, Kind, Person, Remark, Speaker, Touchpoint, WalkStep

from .encounters import unfinished
from .remarks import note_remark

FELT = ("name", "seconds", "effort", "feeling", "broke", "human")


class NotBroken(Exception):
    """Only a step that broke becomes a remark."""


class StepRaised(Exception):
    """This step has its remark already."""


class NotTheLast(Exception):
    """Only the last step can be taken back."""


@transaction.atomic
def add_step(
    *,
    encounter: Encounter,
    order: int,
    name: str,
    seconds: int,
    effort: int,
    feeling: int,
    by: Person,
    now: datetime,
    broke: bool = False,
    human: bool = False,
) -> WalkStep:
    """Note the next step; sent twice it is one, and two different ones at once come one after the other."""
    walk = unfinished(pk=encounter.pk, by=by, now=now)
    step = WalkStep(
        encounter=walk, order=order, name=name.strip(), seconds=seconds, effort=effort, feeling=feeling,
        broke=broke, human=human,
    )  # fmt: skip
    for there in walk.steps.filter(order__gte=order):
        if _felt(there) == _felt(step):
            return there
    step.order = next_order(walk)
    step.save(force_insert=True)
    note("step.added", about=walk, by=by, at=now, step=step.pk)
    return step


@transaction.atomic
def change_step(
    *,
    step: WalkStep,
    name: str,
    seconds: int,
    effort: int,
    feeling: int,
    by: Person,
    now: datetime,
    broke: bool = False,
    human: bool = False,
) -> WalkStep:
    """Correct a step; its place stays."""
    walk = unfinished(pk=step.encounter_id, by=by, now=now)
    current = WalkStep.objects.get(pk=step.pk)
    before = _felt(current)
    current.name, current.seconds, current.effort = name.strip(), seconds, effort
    current.feeling, current.broke, current.human = feeling, broke, human
    if _felt(current) != before:
        current.save(update_fields=FELT)
        note("step.changed", about=walk, by=by, at=now, step=step.pk)
    return current


@transaction.atomic
def undo_step(*, encounter: Encounter, step: int, by: Person, now: datetime) -> None:
    """Take the last step back; pressed twice, only that one. A remark it became stays a remark."""
    walk = unfinished(pk=encounter.pk, by=by, now=now)
    last = walk.steps.order_by("-order").first()
    if not walk.steps.filter(pk=step).exists():
        return
    if last.pk != step:
        raise NotTheLast(step)
    last.delete()
    note("step.undone", about=walk, by=by, at=now, step=step)


@transaction.atomic
def raise_step(
    *,
    step: WalkStep,
    id: UUID,
    reading: str,
    by: Person,
    now: datetime,
    touchpoint: Touchpoint | None = None,
) -> Remark:
    """Make a remark of a step that broke: an obstacle, as the observer saw it; sent twice it is one."""
    walk = unfinished(pk=step.encounter_id, by=by, now=now)
    current = WalkStep.objects.get(pk=step.pk)
    if current.remark_id not in (None, id):
        raise StepRaised(step)
    if not current.broke:
        raise NotBroken(step)
    remark = note_remark(
        id=id, encounter=walk, kind=Kind.OBSTACLE, reading=reading, said_by=Speaker.EMPLOYEE,
        touchpoint=touchpoint, by=by, now=now,
    )  # fmt: skip
    if current.remark_id is None:
        current.remark = remark
        current.save(update_fields=["remark"])
        note("step.raised", about=walk, by=by, at=now, step=step.pk, remark=str(remark.pk))
    return remark


def _felt(step: WalkStep) -> tuple[object, ...]:
    return tuple(getattr(step, field) for field in FELT)
