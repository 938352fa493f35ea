"""The customer's way with us: its touchpoints in their order, and the links between them."""

from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError

from coalface.records.history import note
from coalface.records.models import Handoff, Person, Stage, Touchpoint, Unit

from ..queries.journey import going_on_from, in_order


class Nameless(ValueError):
    """A touchpoint has a name."""


class InUse(Exception):
    """Something was said at the touchpoint, or an issue, a link or a count stands there: it stays."""


class AlreadyLinked(Exception):
    """The way parts nowhere: one link leads on from a touchpoint, and one leads to it."""


class Circle(Exception):
    """The way would lead back to where it began."""


@transaction.atomic
def change_touchpoint(
    *, touchpoint: Touchpoint, name: str, stage: str, owner: Unit | None, by: Person | None, now: datetime
) -> Touchpoint:
    """Call a touchpoint something else, or say who answers for it; in another stage it stands last."""
    if not name.strip():
        raise Nameless
    changed = Touchpoint.objects.select_for_update().get(pk=touchpoint.pk)
    changed.name, changed.owner = name.strip(), owner
    changed.save(update_fields=["name", "owner"])
    note("touchpoint.changed", about=changed, by=by, at=now)
    if Stage(stage) != changed.stage:
        move_touchpoint(touchpoint=changed, stage=stage, place=len(in_order()), by=by, now=now)
        changed.refresh_from_db()
    return changed


@transaction.atomic
def move_touchpoint(
    *, touchpoint: Touchpoint, stage: str, place: int, by: Person | None, now: datetime
) -> list[Touchpoint]:
    """Let a touchpoint stand at that place of a stage, counted from 0; the others make room."""
    list(Touchpoint.objects.select_for_update().order_by("pk"))
    whole = in_order()
    moved = next(each for each in whole if each.pk == touchpoint.pk)
    by_stage = {one: [each for each in whole if each.stage == one and each != moved] for one in Stage.values}
    moved.stage = Stage(stage)
    by_stage[moved.stage].insert(place, moved)
    ordered = [each for stops in by_stage.values() for each in stops]
    for number, each in enumerate(ordered, 1):
        each.order = number
    Touchpoint.objects.bulk_update(ordered, ["stage", "order"])
    note("touchpoint.moved", about=moved, by=by, at=now)
    return ordered


@transaction.atomic
def remove_touchpoint(*, touchpoint: Touchpoint, by: Person | None, now: datetime) -> None:
    """Take away a touchpoint at which nothing stands; links that ended long ago go with it."""
    gone = Touchpoint.objects.select_for_update().get(pk=touchpoint.pk)
    note("touchpoint.removed", about=gone, by=by, at=now)
    try:
        with transaction.atomic():
            for ended in (gone.handed_on, gone.taken_on):
                ended.filter(ended_at__isnull=False).delete()
            gone.delete()
    except ProtectedError as used:
        raise InUse(touchpoint) from used


@transaction.atomic
def connect(
    *, giver: Touchpoint, taker: Touchpoint, by: Person | None, now: datetime, owner: Unit | None = None
) -> Handoff:
    """Say that customers go on from one touchpoint to another, and who answers for those who do not."""
    list(Touchpoint.objects.select_for_update().filter(pk__in=(giver.pk, taker.pk)).order_by("pk"))
    _want_free(giver, taker)
    link = Handoff.objects.create(giver=giver, taker=taker, owner=owner)
    note("handoff.connected", about=link, by=by, at=now, giver=giver.pk, taker=taker.pk)
    return link


def _want_free(giver: Touchpoint, taker: Touchpoint) -> None:
    standing = Handoff.objects.filter(ended_at=None)
    if standing.filter(giver=giver).exists() or standing.filter(taker=taker).exists():
        raise AlreadyLinked(giver, taker)
    if giver.pk in going_on_from(taker.pk):
        raise Circle(giver, taker)


@transaction.atomic
def answer_for(*, link: Handoff, owner: Unit | None, by: Person | None, now: datetime) -> Handoff:
    """Say which unit answers for those who fall through between two touchpoints."""
    changed = Handoff.objects.select_for_update().get(pk=link.pk)
    changed.owner = owner
    changed.save(update_fields=["owner"])
    note("handoff.assigned", about=changed, by=by, at=now, owner=owner.pk if owner else None)
    return changed


@transaction.atomic
def disconnect(*, link: Handoff, by: Person | None, now: datetime) -> Handoff:
    """Customers go this way no longer; what was counted stays counted at the touchpoints."""
    ended = Handoff.objects.select_for_update().get(pk=link.pk)
    if ended.ended_at is None:
        ended.ended_at = now
        ended.save(update_fields=["ended_at"])
        note("handoff.disconnected", about=ended, by=by, at=now)
    return ended


@transaction.atomic
def reconnect(*, link: Handoff, by: Person | None, now: datetime) -> Handoff:
    """The link stands again, unless another has taken its place."""
    again = Handoff.objects.select_for_update().select_related("giver", "taker").get(pk=link.pk)
    if again.ended_at is not None:
        _want_free(again.giver, again.taker)
        again.ended_at = None
        again.save(update_fields=["ended_at"])
        note("handoff.reconnected", about=again, by=by, at=now)
    return again
