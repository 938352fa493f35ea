"""Another body, or author, under an id that was taken: kept beside the first until a person decides."""

import json
from datetime import datetime
from hashlib import sha256
from uuid import UUID

import uuid_utils.compat as uuid
from django.db import transaction

from coalface.records.history import note
from coalface.records.models import (
    About,
    Customer,
    Encounter,
    Kind,
    Person,
    Remark,
    SecondVersion,
    Speaker,
    Touchpoint,
    Verbatim,
)

from .encounters import locked
from .remarks import note_remark


class AlreadyDecidedUpon(Exception):
    """Somebody has decided before; `version` says how."""

    def __init__(self, version: SecondVersion) -> None:
        super().__init__(version.pk)
        self.version = version


@transaction.atomic
def keep_aside(
    *,
    id: UUID,
    encounter: Encounter,
    kind: str,
    by: Person,
    now: datetime,
    text: str = "",
    reading: str = "",
    said_by: str = Speaker.CUSTOMER,
    customer: Customer | None = None,
    touchpoint: Touchpoint | None = None,
    told_afterwards: bool = False,
    about: str = "",
    noted_at: datetime | None = None,
    language: str = "",
    device: str = "",
    sequence: int | None = None,
) -> SecondVersion:
    """Keep what `note_remark` could not write down because its id was taken; sent again it is kept once."""
    words, own_words = text.strip(), reading.strip()
    asks = {"customer": customer and str(customer.pk), "touchpoint": touchpoint and touchpoint.pk}
    asks |= {"about": about} if about else {}
    said = asks | {"kind": kind, "said_by": said_by, "text": words, "reading": own_words}
    digest = _digest(encounter=str(encounter.pk), device=device, sequence=sequence, **said)
    locked(pk=encounter.pk)
    known = SecondVersion.objects.filter(sent_id=id, sent_by=by, digest=digest).first()
    if known:
        return known
    version = SecondVersion.objects.create(
        sent_id=id,
        digest=digest,
        encounter=encounter,
        sent_by=by,
        sent_at=now,
        noted_at=noted_at,
        kind=Kind(kind),
        said_by=Speaker(said_by),
        customer=customer,
        touchpoint=touchpoint,
        told_afterwards=told_afterwards,
        about=About(about) if about else "",
        verbatim=Verbatim.objects.create(text=words, language=language) if words else None,
        reading=Verbatim.objects.create(text=own_words, language=by.language) if own_words else None,
    )
    note("second_version.kept", about=version, by=by, at=now, encounter=str(encounter.pk))
    return version


@transaction.atomic
def keep_both(*, version: SecondVersion, by: Person, now: datetime) -> Remark:
    """Make it a remark of its own, in its sender's name and the words it came in."""
    current = _unsettled(version)
    remark = note_remark(
        id=uuid.uuid7(),
        encounter=current.encounter,
        kind=current.kind,
        text=current.verbatim.text if current.verbatim else "",
        reading=current.reading.text if current.reading else "",
        said_by=current.said_by,
        customer=current.customer,
        touchpoint=current.touchpoint,
        told_afterwards=current.told_afterwards,
        about=current.about,
        noted_at=current.noted_at or current.sent_at,
        language=current.verbatim.language if current.verbatim else "",
        by=current.sent_by,
        now=now,
    )
    return _settle(version=current, remark=remark, by=by, now=now)


@transaction.atomic
def says_the_same(*, version: SecondVersion, by: Person, now: datetime) -> SecondVersion:
    """Nothing more is to be written down: the first says it already."""
    current = _unsettled(version)
    _settle(version=current, remark=None, by=by, now=now)
    return current


def _digest(**said: object) -> str:
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _unsettled(version: SecondVersion) -> SecondVersion:
    locked(pk=version.encounter_id)
    rows = SecondVersion.objects.select_related(
        "encounter", "verbatim", "reading", "customer", "touchpoint", "sent_by"
    )
    current = rows.get(pk=version.pk)
    if current.settled_at:
        raise AlreadyDecidedUpon(current)
    return current


def _settle(*, version: SecondVersion, remark: Remark | None, by: Person, now: datetime) -> Remark | None:
    version.settled_at, version.remark = now, remark
    version.save(update_fields=["settled_at", "remark"])
    note("second_version.settled", about=version, by=by, at=now, remark=remark and str(remark.pk))
    return remark
