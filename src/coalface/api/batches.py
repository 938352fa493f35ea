"""Many rows at once, under a key: sent again they are the same rows, and half-way is never the end."""

import json
from collections.abc import Iterator
from hashlib import sha256
from itertools import islice
from typing import Annotated, Any, Final, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Header, Query, Router, Status
from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from coalface.hear.actions import MOST_ROWS, OURS, NewFeedback
from coalface.permissions import Right

from .actions.batches import BeingTaken, KeyReused, begin_batch, finish_batch, take_in_some
from .answers import Answer, Refused
from .rights import needs
from .rows import FeedbackRow, RefusedRow, understood

router = Router(tags=["feedback"])

LARGEST: Final = 16 * 2**20
MOST: Final = 10_000
LINES: Final = "application/x-ndjson"
ROWS: Final = {"type": "array", "maxItems": MOST, "items": FeedbackRow.schema_of()}
BODY: Final = {
    "requestBody": {
        "required": True,
        "description": f"At most {MOST} rows and {LARGEST // 2**20} MiB; or one row a line.",
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["rows"],
                    "additionalProperties": False,
                    "properties": {
                        "rows": {"type": "array", "maxItems": MOST, "items": FeedbackRow.schema_of()}
                    },
                }
            },
            LINES: {"schema": {"type": "string"}},
        },
    }
}


def _anothers(source: str) -> str:
    if source in OURS:
        raise ValueError("ours")
    return source


Source = Annotated[str, StringConstraints(pattern=r"^[-a-z0-9_.]{1,40}$"), AfterValidator(_anothers)]
Name = Annotated[str, StringConstraints(pattern=r"^[!-~]{1,120}$")]


class BatchAsked(BaseModel):
    """Where the rows come from, and whether good ones are kept although others are refused."""

    source: Source = Field(description="your name for the system; row ids are told apart within it")
    keep_good: bool = Field(False, description="take the good rows in although others are refused")


class BatchAnswer(BaseModel):
    """What became of the rows. `line` counts rows from 1."""

    code: Literal["taken_in", "rows_refused"]
    rows: int
    taken_in: int
    already_there: int
    refused: list[RefusedRow]


@router.post(
    "/batch",
    auth=needs(Right.TAKE_IN, "feedback:write", only_tokens=True),
    response={200: BatchAnswer, 422: BatchAnswer | Answer}
    | {code: Answer for code in (400, 401, 403, 404, 409, 413, 429)},
    openapi_extra=BODY,
)
def take_batch(
    request: HttpRequest,
    response: HttpResponse,
    asked: Query[BatchAsked],
    idempotency_key: Annotated[Name, Header(alias="Idempotency-Key")],
) -> Status:
    """Take in up to 10,000 rows of feedback, at most a thousand in one transaction.

    The same batch under the same key gets the same answer, however often it is sent; one that was cut short
    goes on where it stood. One bad row refuses them all, unless `keep_good` is set; each bad row is named.
    """
    content = request.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise Refused(413, "too_large")
    body = sha256(
        content + f"\n{asked.source}\n{asked.keep_good}\n{request.content_type}".encode()
    ).hexdigest()
    rows = _rows(content, request.content_type)
    try:
        batch = begin_batch(token=request.token, key=idempotency_key, body=body, now=timezone.now())
    except KeyReused:
        raise Refused(409, "key_reused") from None
    except BeingTaken:
        raise Refused(409, "in_progress") from None
    if batch.status:
        response["Idempotent-Replayed"] = "true"
        return Status(batch.status, BatchAnswer(**batch.answer))
    status, answer = _taken(request, batch, rows, asked)
    finish_batch(
        batch=batch, status=status, answer=answer.model_dump(), by=request.person, now=timezone.now()
    )
    return Status(status, answer)


def _taken(request: HttpRequest, batch: Any, rows: list[Any], asked: BatchAsked) -> tuple[int, BatchAnswer]:
    good, refused = understood(request.rights.units(Right.TAKE_IN), rows, asked.source, timezone.now())
    answer = {"code": "taken_in", "rows": len(rows), "refused": refused, "taken_in": 0, "already_there": 0}
    if refused and not asked.keep_good:
        return 422, BatchAnswer(**answer | {"code": "rows_refused"})
    for some in _chunks(good):
        done = take_in_some(batch=batch, rows=some, by=request.person, now=timezone.now())
        answer["taken_in"] += done.taken_in
        answer["already_there"] += done.already_there
    return 200, BatchAnswer(**answer)


def _chunks(rows: list[NewFeedback]) -> Iterator[list[NewFeedback]]:
    left = iter(rows)
    while some := list(islice(left, MOST_ROWS)):
        yield some


def _rows(content: bytes, kind: str) -> list[Any]:
    """What was sent, row by row; a line that cannot be read is a row that will be refused."""
    if kind == LINES:
        rows = [_line(line) for line in content.split(b"\n") if line.strip()]
    else:
        rows = _read(content)
    if len(rows) > MOST:
        raise Refused(413, "too_many_rows")
    return rows


def _line(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _read(content: bytes) -> list[Any]:
    try:
        whole = json.loads(content)
    except (ValueError, RecursionError):
        raise Refused(400, "unreadable") from None
    if not isinstance(whole, dict) or not isinstance(whole.get("rows"), list) or len(whole) > 1:
        raise Refused(422, "invalid", fields=["rows"])
    return list(whole["rows"])
