"""A photo that came with what was said or seen, sent in pieces that may be sent again."""

from typing import Annotated, Any, Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from ninja import Header, Router, Status
from pydantic import BaseModel, ConfigDict, Field, model_validator

from coalface.hear.queries import reported
from coalface.meet import actions
from coalface.meet.queries import PhotoState, photo_state, received
from coalface.meet.views.access import remark_for
from coalface.permissions import Right
from coalface.records.models import Attachment, Remark

from .answers import GUARDED, TAKING, Refused, invalid
from .encounters import encounter_for
from .rights import needs
from .sent import Sent

router = Router(tags=["photos"])

LARGEST_PIECE: Final = 256 * 1024
PIECES: Final = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


class Of(BaseModel):
    """The one thing a photo came with."""

    model_config = ConfigDict(extra="forbid")

    remark: UUID | None = None
    feedback: UUID | None = None
    encounter: UUID | None = None

    @model_validator(mode="after")
    def _one(self) -> "Of":
        if len([one for one in (self.remark, self.feedback, self.encounter) if one]) != 1:
            raise ValueError("one of remark, feedback, encounter")
        return self


class Announced(Sent):
    """How large it is, and what it came with."""

    of: Of
    size: Annotated[int, Field(ge=0, le=2**63 - 1)]
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class Photo(BaseModel):
    """How much of it is here, and what became of it."""

    received: int
    state: str
    refusal: str
    location_removed: bool


@router.put("/{id}", auth=needs(Right.MEET_CUSTOMERS), response={200: Photo, 201: Photo} | TAKING)
def announce(request: HttpRequest, id: UUID, body: Announced) -> Status:
    """Say that a photo will come; sent again, it says how far it has come."""
    now = timezone.now()
    of = _what(request, body.of)
    there = Attachment.objects.filter(pk=id).exists()
    try:
        photo = actions.announce_photo(
            id=id, size=body.size, sha256=body.sha256, by=request.person, now=now, **of
        )
    except actions.IdTaken:
        raise Refused(409, "taken", kept_aside=False) from None
    if photo_state(photo).received == photo.size:  # all here, and stopped before it was looked at
        photo = _taken(request, photo, photo.size, b"")
    return Status(200 if there else 201, _state(photo))


@router.patch("/{id}", auth=needs(Right.MEET_CUSTOMERS), response={200: Photo} | TAKING, openapi_extra=PIECES)
def piece(
    request: HttpRequest, id: UUID, upload_offset: Annotated[int, Field(ge=0, le=2**63 - 1), Header()]
) -> Photo:
    """Take a piece of at most 256 KiB; with the last one it is looked at, and kept or refused."""
    if len(request.body) > LARGEST_PIECE:
        raise Refused(413, "too_large")
    photo = _mine(request, id)
    return _state(_taken(request, photo, upload_offset, request.body))


@router.get("/{id}", auth=needs(Right.MEET_CUSTOMERS), response={200: Photo} | GUARDED)
def photo(request: HttpRequest, id: UUID) -> Photo:
    """How far it has come."""
    return _state(_mine(request, id))


def _mine(request: HttpRequest, id: UUID) -> Attachment:
    found = Attachment.objects.filter(pk=id).first()
    if found is None:
        raise Refused(404, "no_such_photo")
    if found.added_by_id != request.person.pk:
        raise PermissionDenied(id)
    return found


def _state(photo: Attachment) -> Photo:
    state: PhotoState = photo_state(photo)
    return Photo(
        received=state.received,
        state=state.state,
        refusal=state.refusal,
        location_removed=state.location_removed,
    )


def _taken(request: HttpRequest, photo: Attachment, offset: int, piece: bytes) -> Attachment:
    try:
        return actions.take_piece(
            photo=photo, offset=offset, piece=piece, by=request.person, now=timezone.now()
        )
    except actions.Hole as hole:
        raise Refused(409, "hole", received=hole.received) from None
    except actions.Damaged:
        raise Refused(409, "damaged", received=received(photo.pk)) from None
    except actions.TooManyArriving:
        raise Refused(429, "too_many") from None
    except actions.TooMuch:
        raise invalid("body") from None


def _what(request: HttpRequest, of: Of) -> dict[str, Any]:
    """The thing itself, if the sender may see it."""
    if of.feedback:
        told = reported(of.feedback)
        if told is None:
            raise Refused(404, "no_such_feedback")
        if told.reported_by != request.person:
            raise PermissionDenied(of.feedback)
        return {"feedback": told}
    if of.remark:
        if not Remark.objects.filter(pk=of.remark).exists():
            raise Refused(404, "no_such_remark")
        return {"remark": remark_for(request, of.remark)}
    return {"encounter": encounter_for(request, of.encounter)}
