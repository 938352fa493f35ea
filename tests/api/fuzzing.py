"""What is sent to every operation that is promised, and what its answers have to keep."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.urls import Resolver404, resolve
from django.utils import timezone
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from coalface.api.urls import api
from coalface.meet.actions import announce_photo
from tests.api import Phone, Program
from tests.meet import LATER, held, said
from tests.people import Cast

PROMISE = schemathesis.openapi.from_dict(api.promise())
OPERATIONS = {one.ok().label: one.ok() for one in PROMISE.get_all_operations()}
AS_PROMISED = [
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
WRONGLY = sorted(set(OPERATIONS) - {"GET /api/session"})  # which takes nothing that could be wrong
ASKED = [(label, GenerationMode.POSITIVE) for label in sorted(OPERATIONS)]
ASKED += [(label, GenerationMode.NEGATIVE) for label in WRONGLY]


@dataclass
class Sender:
    """Somebody signed in, and a program of theirs; what they know of that is there."""

    phone: Phone
    program: Program
    known: dict[str, object] = field(default_factory=dict)

    def ways(self, label: str) -> dict[str, dict[str, str]]:
        """By token where a token will do, with the session otherwise."""
        ways = OPERATIONS[label].definition.raw.get("security") or [{}]
        if any("token" in way for way in ways):
            return {"headers": self.program.headers}
        cookies = {name: one.value for name, one in self.phone.client.cookies.items()}
        return {"headers": {"X-CSRFToken": self.phone.knows["csrf"]}, "cookies": cookies}

    def send(self, case: Case, label: str, real: Mapping[str, object]) -> None:
        """Put things that are there among those that were made up, and look at what comes back."""
        for part in (case.body, case.query, case.path_parameters):
            if isinstance(part, dict):
                part.update({name: value for name, value in real.items() if name in part})
        answer = case.call(**self.ways(label))
        assert answer.status_code < 500 or answer.status_code == 503, answer.status_code
        if is_an_operation(case.formatted_path):
            case.validate_response(answer, checks=AS_PROMISED)


def sender(cast: Cast, person: object, *scopes: str) -> Sender:
    """A person with a phone and a program, at a house where something is going on."""
    phone, program = Phone(person), Program(person, *scopes, now=timezone.now())
    met = held(cast, person)
    remark = said(met, person)
    photo = {"id": remark.pk, "size": 9, "sha256": "0" * 64, "encounter": met}
    announce_photo(by=person, now=LATER, **photo)
    known = {
        "schema": 1,
        "account": phone.knows["account"],
        "encounter": str(met.pk),
        "customer": str(cast.petra.pk),
        "format": cast.visit.pk,
        "unit": cast.north.pk,
        "touchpoint": None,
        "of": {"remark": str(remark.pk)},
        "id": str(remark.pk),
        "measure": "orders",
        "from_on": "2026-02-01",
        "reference": "C-7",
        "source": "survey",
        "Idempotency-Key": "first",
    }
    return Sender(phone, program, known)


def stay_connected(stay: bool) -> None:
    """A test lives in its transaction: no request closes its connection meanwhile."""
    for signal in (request_started, request_finished):
        (signal.disconnect if stay else signal.connect)(close_old_connections)


def is_an_operation(address: str) -> bool:
    """Whether this address is one of ours; a made-up part may lead elsewhere."""
    try:
        return bool(resolve(address)) and "\0" not in address
    except Resolver404:
        return False
