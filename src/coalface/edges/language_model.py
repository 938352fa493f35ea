"""One question to a language model the operator named: any address that answers as OpenAI's does.

The address may be private, because the operator set it. Nothing is followed elsewhere, and nothing is read
for longer or further than an answer of a few sentences needs.
"""

import http.client
import json
import socket
import ssl
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Timer
from typing import Final
from urllib.parse import urlsplit

SECONDS: Final = 20.0
LONGEST: Final = 90.0
MOST_BYTES: Final = 256 * 1024
PORTS: Final = {"https": 443, "http": 80}
Message = Mapping[str, str]


class NotAnswered(Exception):
    """No answer; `kind` is a code that says why."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Model:
    """Where a model answers, under which name, and what opens the door."""

    url: str
    name: str
    key: str = ""


def ask(
    model: Model, messages: Sequence[Message], *, seconds: float = SECONDS, longest: float = LONGEST
) -> str:
    """What the model says to these messages: the text of its first choice, unread."""
    body = json.dumps({"model": model.name, "messages": list(messages), "temperature": 0, "stream": False})
    headers = {"Content-Type": "application/json", "User-Agent": "Coalface"}
    if model.key:
        headers["Authorization"] = f"Bearer {model.key}"
    connection, path = _connection(model.url, seconds)
    clock, late = None, Event()
    try:
        connection.connect()
        clock = Timer(longest, _cut, [connection.sock, late])
        clock.start()
        connection.request("POST", path, body.encode(), headers)
        with connection.getresponse() as answer:
            status, content = answer.status, answer.read(MOST_BYTES + 1)
    except TimeoutError:
        raise NotAnswered("timeout") from None
    except ssl.SSLError:
        raise NotAnswered("timeout" if late.is_set() else "tls") from None
    except (OSError, http.client.HTTPException, ValueError):
        raise NotAnswered("timeout" if late.is_set() else "not_reached") from None
    finally:
        if clock:
            clock.cancel()
        connection.close()
    if late.is_set():
        raise NotAnswered("timeout")
    return _text(status, content)


def _connection(url: str, seconds: float) -> tuple[http.client.HTTPConnection, str]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError):
        raise NotAnswered("no_address") from None
    if not host or parts.username or parts.password:
        raise NotAnswered("no_address")
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    path = f"{parts.path.rstrip('/').removesuffix('/v1')}/v1/chat/completions"
    return kind(host, port, timeout=seconds), path


def _cut(line: socket.socket, late: Event) -> None:
    """Hang up on who still sends a little now and then."""
    late.set()
    with suppress(OSError):  # they did so first
        line.shutdown(socket.SHUT_RDWR)


def _text(status: int, content: bytes) -> str:
    if status != 200:
        raise NotAnswered("redirected" if 300 <= status < 400 else "refused" if status < 500 else "broken")
    if len(content) > MOST_BYTES:
        raise NotAnswered("too_long")
    try:
        said = json.loads(content)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise NotAnswered("not_understood") from None
    if not isinstance(said, str):
        raise NotAnswered("not_understood")
    return said
