"""A care walk: each letter, sign, refusal, form and hold message judged with its picture or its words."""

from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from coalface.meet.queries import care_walk_of
from coalface.records.history import note
from coalface.records.models import (
    Attachment,
    CareItem,
    CareKind,
    Encounter,
    Kind,
    Person,
    Remark,
    Speaker,
    Verbatim,
)

from .encounters import unfinished
from .photos import keep_upload
from .remarks import note_remark


class NothingToSee(Exception):
    """Nothing is judged without its picture; a hold message without its words."""


class Cares(Exception):
    """What says “we care” asks for nothing."""


class ItemRaised(Exception):
    """This has its remark already."""


def judge_item(
    *,
    encounter: Encounter,
    order: int,
    kind: str,
    name: str,
    cares: bool,
    by: Person,
    now: datetime,
    words: str = "",
    photo: BinaryIO | None = None,
    photo_id: UUID | None = None,
) -> CareItem:
    """Judge the next thing; sent twice it is one.

    Looking at the picture takes its time and happens between two transactions.
    """
    needed = words.strip() if kind == CareKind.HOLD_MESSAGE else photo
    if not needed:
        raise NothingToSee(kind)
    with transaction.atomic():
        walk = unfinished(pk=encounter.pk, by=by, now=now)
    kept = keep_upload(by=by, now=now, content=photo, encounter=walk, id=photo_id) if photo else None
    judged = {"kind": kind, "name": name.strip(), "cares": cares, "words": words.strip(), "photo": kept}
    return _judge(encounter=walk, order=order, by=by, now=now, **judged)


@transaction.atomic
def _judge(
    *,
    encounter: Encounter,
    order: int,
    kind: str,
    name: str,
    cares: bool,
    words: str,
    photo: Attachment | None,
    by: Person,
    now: datetime,
) -> CareItem:
    walk = unfinished(pk=encounter.pk, by=by, now=now)
    judged = (CareKind(kind), name, cares, words, photo and photo.pk)
    found = care_walk_of(walk)
    for there in found.items:
        same_form = there.photo_id == photo.pk if photo else there.order >= order
        if same_form and _as_judged(there) == judged:
            return there
    item = CareItem.objects.create(
        encounter=walk, order=found.next_order, kind=CareKind(kind), name=name, cares=cares,
        words=_kept(words, by), photo=photo,
    )  # fmt: skip
    note("care.judged", about=walk, by=by, at=now, item=item.pk)
    return item


@transaction.atomic
def change_item(
    *, item: CareItem, kind: str, name: str, cares: bool, by: Person, now: datetime, words: str = ""
) -> CareItem:
    """Correct a judgement; the picture stays what it was."""
    walk = unfinished(pk=item.encounter_id, by=by, now=now)
    current = CareItem.objects.select_related("words").get(pk=item.pk)
    if not words.strip() and (kind == CareKind.HOLD_MESSAGE or current.photo_id is None):
        raise NothingToSee(kind)
    before = _as_judged(current)
    current.kind, current.name, current.cares = CareKind(kind), name.strip(), cares
    if _said(current) != words.strip():
        current.words = _kept(words, by)
    if _as_judged(current) != before:
        current.save(update_fields=["kind", "name", "cares", "words"])
        note("care.changed", about=walk, by=by, at=now, item=item.pk)
    return current


@transaction.atomic
def raise_item(*, item: CareItem, id: UUID, reading: str, by: Person, now: datetime) -> Remark:
    """Make a remark of something that does not care; sent twice it is one."""
    walk = unfinished(pk=item.encounter_id, by=by, now=now)
    current = CareItem.objects.get(pk=item.pk)
    if current.remark_id not in (None, id):
        raise ItemRaised(item)
    if current.cares:
        raise Cares(item)
    remark = note_remark(
        id=id, encounter=walk, kind=Kind.DISLIKE, reading=reading, said_by=Speaker.EMPLOYEE, by=by, now=now
    )
    if current.remark_id is None:
        current.remark = remark
        current.save(update_fields=["remark"])
        note("care.raised", about=walk, by=by, at=now, item=item.pk, remark=str(remark.pk))
    return remark


def _kept(words: str, by: Person) -> Verbatim | None:
    return Verbatim.objects.create(text=words.strip(), language=by.language) if words.strip() else None


def _said(item: CareItem) -> str:
    return item.words.text if item.words else ""


def _as_judged(item: CareItem) -> tuple[object, ...]:
    return CareKind(item.kind), item.name, item.cares, _said(item), item.photo_id
