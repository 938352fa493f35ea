"""Another system tells us of one message: signed, in time, and once."""

import hmac
import json
from datetime import datetime
from hashlib import sha256
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from ninja import Header, Router, Status
from pydantic import BaseModel, Field, StringConstraints

from coalface.edges.webhooks import signature
from coalface.permissions import ANYONE
from coalface.records.models import InboundHook, Kind
from coalface.shell.throttle import too_many

from .actions.hooks import Replayed, take_signed
from .answers import Answer, Refused
from .rights import needs
from .rows import understood

router = Router(tags=["hooks"])

LARGEST: Final = 256 * 1024
TOLERANCE_SECONDS: Final = 300
MOST, WITHIN_SECONDS = 600, 60
BODY: Final = {
    "requestBody": {
        "required": True,
        "description": "Whatever the other system sends; the hook knows which of its fields means what.",
        "content": {"application/json": {"schema": {"type": "object"}}},
    }
}
Id = Annotated[str, StringConstraints(pattern=r"^[!-~]{1,200}$")]
Signatures = Annotated[str, StringConstraints(min_length=1, max_length=1_000)]


class Taken(BaseModel):
    """It is taken in, or was here before."""

    code: Literal["taken_in", "already_there"]


@router.post(
    "/{id}",
    auth=needs(ANYONE),
    response={200: Taken, 201: Taken} | {code: Answer for code in (400, 401, 404, 409, 413, 422, 429)},
    openapi_extra=BODY,
)
def take_hook(
    request: HttpRequest,
    id: UUID,
    webhook_id: Annotated[Id, Header(alias="webhook-id")],
    webhook_timestamp: Annotated[int, Field(ge=0, le=2**40), Header(alias="webhook-timestamp")],
    webhook_signature: Annotated[Signatures, Header(alias="webhook-signature")],
) -> Status:
    """Take one message in; signed as Standard Webhooks has it, not older than five minutes, and not twice."""
    now = timezone.now()
    if too_many(request, what="hook", most=MOST, seconds=WITHIN_SECONDS, now=now):
        raise Refused(429, "too_many")
    hook = InboundHook.objects.select_related("unit").filter(pk=id, stopped_at=None).first()
    if hook is None:
        raise Refused(404, "not_there")
    content = request.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise Refused(413, "too_large")
    if not _is_signed(hook.secret, webhook_id, webhook_timestamp, content, webhook_signature):
        raise Refused(401, "bad_signature")
    if abs(now.timestamp() - webhook_timestamp) > TOLERANCE_SECONDS:
        raise Refused(401, "too_old")
    signed = sha256(f"{webhook_id}.{webhook_timestamp}.".encode() + content).hexdigest()
    return _taken(hook, signed, content, now)


def _is_signed(secret: str, id: str, timestamp: int, content: bytes, given: str) -> bool:
    wanted = signature(secret, id, timestamp, content).encode()
    return any(hmac.compare_digest(wanted, one.encode()) for one in given.split(" "))


def _taken(hook: InboundHook, signed: str, content: bytes, now: datetime) -> Status:
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        raise Refused(400, "unreadable") from None
    good, refused = understood(Q(pk=hook.unit_id), [_row(hook, told, now)], hook.source, now)
    if refused:
        status = 409 if refused[0].code == "other_words" else 422
        raise Refused(status, refused[0].code, fields=[refused[0].field])
    try:
        done = take_signed(hook=hook, signature=signed, row=good[0], now=now)
    except Replayed:
        raise Refused(409, "replayed") from None
    return Status(201, Taken(code="taken_in")) if done.taken_in else Status(200, Taken(code="already_there"))


def _row(hook: InboundHook, told: Any, now: datetime) -> dict[str, Any]:
    """What was told, in our fields; a kind we do not know is a complaint, a time nobody gave is now."""
    row = {field: value for field, place in hook.mapping.items() if (value := _at(told, place)) is not None}
    row |= {"unit": hook.unit.key, "channel": row.get("channel", "hook")}
    if row.get("kind") not in Kind.values:
        row["kind"] = Kind.COMPLAINT
    row.setdefault("received_at", now)
    if isinstance(row.get("id"), int):
        row["id"] = str(row["id"])
    return row


def _at(told: Any, place: str) -> Any:
    """The value at `answer.text`; nothing where there is no such place."""
    for name in place.split("."):
        if not isinstance(told, dict):
            return None
        told = told.get(name)
    return told
