"""A phone and a program: what they send, and what they are told."""

import json
from datetime import datetime

import uuid_utils.compat as uuid
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from coalface.people.actions.tokens import make_token
from coalface.records.models import Encounter, Person

NOBODY = "01900000-0000-7000-8000-000000000000"  # an id that nothing has


class Phone:
    """One of us with a phone in hand, whose session and token are fetched before it writes."""

    def __init__(self, person: Person | None = None) -> None:
        self.client = Client(enforce_csrf_checks=True)
        if person:
            self.client.force_login(person.account)
        self.knows = self.session()

    def session(self) -> dict:
        """What the server says at the door."""
        return self.client.get("/api/session").json()

    def put(self, address: str, body: object, **headers: str) -> tuple[int, dict]:
        """Send a body with whose it is, and what came back."""
        if isinstance(body, dict):
            body = {"schema": 1, "account": self.knows.get("account", "nobody")} | body
        content = body if isinstance(body, bytes | str) else json.dumps(body)
        return self._answered("put", address, content, "application/json", headers)

    def patch(self, address: str, piece: bytes, **headers: str) -> tuple[int, dict]:
        """Send a piece of a photo."""
        return self._answered("patch", address, piece, "application/octet-stream", headers)

    def get(self, address: str) -> tuple[int, dict]:
        """Ask."""
        answer = self.client.get(f"/api/{address}")
        return answer.status_code, answer.json()

    def _answered(
        self, verb: str, address: str, content: object, kind: str, headers: dict[str, str]
    ) -> tuple[int, dict]:
        headers = {"X-CSRFToken": self.knows["csrf"]} | headers
        answer = getattr(self.client, verb)(f"/api/{address}", content, content_type=kind, headers=headers)
        assert answer.headers["Content-Type"].startswith("application/json"), answer.content
        return answer.status_code, answer.json()


def remark(met: Encounter, **more: object) -> dict[str, object]:
    """A complaint of the first guest, as the phone sends it."""
    guest = met.guests.first()
    return {
        "encounter": str(met.pk),
        "kind": "complaint",
        "text": "Nobody told me.",
        "reading": "",
        "said_by": "customer",
        "customer": str(guest.customer_id) if guest else None,
        "touchpoint": None,
        "device": "a-phone",
        "sequence": 1,
        "age_seconds": 0,
        "told_afterwards": False,
    } | more


def fresh(noun: str) -> str:
    """The address of something that is not there yet."""
    return f"{noun}/{uuid.uuid7()}"


class Program:
    """A program with a token of somebody's, narrowed to scopes."""

    def __init__(self, person: Person, *scopes: str, now: datetime | None = None) -> None:
        self.client = Client(enforce_csrf_checks=True)
        made = make_token(
            name="a program", scopes=scopes, expires_on=None, by=person, now=now or timezone.now()
        )
        self.token, self.headers = made.token, {"Authorization": f"Bearer {made.secret}"}

    def ask(self, address: str, **headers: str) -> HttpResponse:
        """The whole answer to a GET."""
        return self.client.get(f"/api/{address}", headers=self.headers | headers)

    def get(self, address: str, **headers: str) -> tuple[int, dict]:
        """Ask."""
        answer = self.ask(address, **headers)
        return answer.status_code, answer.json()

    def put(self, address: str, body: object, **headers: str) -> tuple[int, dict]:
        """Write."""
        answer = self.client.put(
            f"/api/{address}",
            json.dumps(body),
            content_type="application/json",
            headers=self.headers | headers,
        )
        return answer.status_code, answer.json()

    def post(
        self, address: str, body: object, kind: str = "application/json", **headers: str
    ) -> tuple[int, dict]:
        """Send a batch."""
        content = body if isinstance(body, bytes) else json.dumps(body)
        answer = self.client.post(
            f"/api/{address}", content, content_type=kind, headers=self.headers | headers
        )
        return answer.status_code, answer.json()
