"""A phone: what it sends, and what it is told."""

import json

import uuid_utils.compat as uuid
from django.test import Client

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
