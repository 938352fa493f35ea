"""What a thing looked like when it was read: so that nothing is sent twice, and nobody overwrites unseen."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags
from ninja.renderers import JSONRenderer
from pydantic import BaseModel

from .answers import Refused

Run = Callable[..., HttpResponse]


def tag_of(content: bytes) -> str:
    """The same content has the same tag, and no other."""
    return f'"{sha256(content).hexdigest()[:32]}"'


def tag_of_one(one: BaseModel) -> str:
    """The tag under which this representation is read."""
    content = JSONRenderer().render(None, one.model_dump(), response_status=200)
    return tag_of(content.encode())


def tagged(run: Run) -> Run:
    """Give an answer its ETag; whoever has this one already is told so, and not sent it again."""

    @wraps(run)
    def answer(request: HttpRequest, **given: object) -> HttpResponse:
        response = run(request, **given)
        if response.status_code not in (200, 201):
            return response
        tag = response["ETag"] = tag_of(response.content)
        known = parse_etags(request.headers.get("If-None-Match", ""))
        if request.method == "GET" and ("*" in known or tag in {one.removeprefix("W/") for one in known}):
            response.status_code, response.content = 304, b""
            del response["Content-Type"]
        return response

    return answer


def as_expected(request: HttpRequest, there: BaseModel | None) -> None:
    """Refuse to write over something that is not what the sender saw, if they said what they saw."""
    seen = parse_etags(request.headers.get("If-Match", ""))
    tag = tag_of_one(there) if there else None
    if seen and (tag is None or not ({"*", tag} & set(seen))):
        raise Refused(412, "changed_meanwhile")
    if there and "*" in parse_etags(request.headers.get("If-None-Match", "")):
        raise Refused(412, "there_already")
