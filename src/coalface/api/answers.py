"""What the API answers when it does not do as it was asked: one code, and never a page."""

from typing import Any, Final

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import BaseModel


class Answer(BaseModel):
    """Why not, and what a program has to know to go on."""

    code: str
    fields: list[str] | None = None
    kept_aside: bool | None = None
    see: str | None = None
    outcome: str | None = None
    wanted: list[str] | None = None
    received: int | None = None
    oldest_schema: int | None = None


class Refused(Exception):
    """What was asked for is not done; `status` and `answer` are what goes back."""

    def __init__(self, status: int, code: str, **more: Any) -> None:
        super().__init__(status, code)
        self.status, self.answer = status, {"code": code} | more


def invalid(*fields: str) -> Refused:
    """The answer to a body in which these fields cannot be what they say."""
    return Refused(422, "invalid", fields=list(fields))


# Which of them any operation behind a right may give, and any that takes a body.
GUARDED: Final = {401: Answer, 403: Answer, 404: Answer, 422: Answer}
READ: Final = GUARDED | {304: None, 400: Answer, 429: Answer}
WRITTEN: Final = GUARDED | {400: Answer, 409: Answer, 412: Answer, 413: Answer, 429: Answer}
TAKING: Final = GUARDED | {400: Answer, 409: Answer, 413: Answer, 426: Answer, 429: Answer, 503: Answer}


def answer_in_json(api: NinjaAPI) -> None:
    """Make every refusal of this API an answer with a code."""

    def answers(kind: type[Exception], status: int, code: str) -> None:
        @api.exception_handler(kind)
        def answer(request: HttpRequest, refused: Exception) -> HttpResponse:
            return api.create_response(request, {"code": code}, status=status)

    answers(AuthenticationError, 401, "signed_out")
    answers(PermissionDenied, 403, "not_yours")
    answers(Http404, 404, "not_there")
    answers(RequestDataTooBig, 413, "too_large")
    answers(UnreadablePostError, 400, "unreadable")
    answers(HttpError, 400, "unreadable")

    @api.exception_handler(Refused)
    def refuse(request: HttpRequest, refused: Refused) -> HttpResponse:
        response = api.create_response(request, refused.answer, status=refused.status)
        if refused.answer["code"] == "in_progress":
            response["Retry-After"] = "5"
        return response

    @api.exception_handler(ValidationError)
    def name_the_fields(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
        named = dict.fromkeys(_field(error["loc"]) for error in wrong.errors)
        return api.create_response(request, {"code": "invalid", "fields": list(named)}, status=422)


def _field(place: tuple) -> str:
    """The name as it was sent: what follows "body", the argument's own name and the union's left out."""
    names = [part for part in place if isinstance(part, str)]
    if names[0] == "body":
        return ".".join(names[2:4]) or "body"
    return names[-1]
