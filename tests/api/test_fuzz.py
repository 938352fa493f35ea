"""Whatever a program sends, the API answers as it promised, and never by accident."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.urls import Resolver404, resolve
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from coalface.api.urls import api
from coalface.meet.actions import announce_photo
from tests.api import Phone
from tests.meet import LATER, held, said

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
GENTLY = settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def phone(cast):
    """Olga's phone; after that no request closes its connection, for the test lives in its transaction."""
    yours = Phone(cast.olga)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield yours
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def known(cast, settings, tmp_path) -> dict[str, object]:
    """What is there, so that some of what is sent gets past the door."""
    settings.ATTACHMENTS = tmp_path
    met = held(cast)
    remark = said(met, cast.olga)
    photo = {"id": remark.pk, "size": 9, "sha256": "0" * 64, "encounter": met}
    announce_photo(by=cast.olga, now=LATER, **photo)
    return {
        "schema": 1,
        "encounter": str(met.pk),
        "customer": str(cast.petra.pk),
        "format": cast.visit.pk,
        "unit": cast.north.pk,
        "touchpoint": None,
        "of": {"remark": str(remark.pk)},
        "id": str(remark.pk),
    }


@pytest.mark.parametrize(("label", "mode"), ASKED, ids=str)
def test_an_operation_answers_as_promised(known, phone, label, mode):
    operation = OPERATIONS[label]
    operation.app = PROMISE.app = get_wsgi_application()
    known["account"] = phone.knows["account"]
    cookies = {name: one.value for name, one in phone.client.cookies.items()}
    headers = {"X-CSRFToken": phone.knows["csrf"]}

    @seed(20_260_302)
    @GENTLY
    @given(
        case=operation.as_strategy(generation_mode=mode),
        invented=st.sets(st.sampled_from(sorted(known)), max_size=3),
        again=st.booleans(),
    )
    def answers_as_promised(case: Case, invented: set[str], again: bool) -> None:
        left = {"id"} if label != "PATCH /api/photos/{id}" and not again else set()
        _mix(case, {name: known[name] for name in set(known) - invented - left})
        answer = case.call(headers=headers, cookies=cookies)
        assert answer.status_code < 500 or answer.status_code == 503
        if _is_an_operation(case.formatted_path):
            case.validate_response(answer, checks=AS_PROMISED)

    answers_as_promised()


def _mix(case: Case, real: dict[str, object]) -> None:
    """Put things that are there among those that were made up."""
    if isinstance(case.body, dict):
        case.body.update({name: value for name, value in real.items() if name in case.body})
    if "id" in real:
        case.path_parameters["id"] = real["id"]


def _is_an_operation(address: str) -> bool:
    try:
        return bool(resolve(address)) and "\0" not in address
    except Resolver404:
        return False
