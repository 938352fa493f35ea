"""Whatever a program sends, the API answers as it promised, and never by accident."""

from collections.abc import Iterator

import pytest
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from schemathesis import Case

from coalface.people.actions import grant
from coalface.permissions import SCOPES
from coalface.records.models import Role
from tests.api.fuzzing import ASKED, OPERATIONS, PROMISE, Sender, sender, stay_connected
from tests.people import NOW

GENTLY = settings(max_examples=12, deadline=None, database=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def olga(cast, settings, tmp_path) -> Iterator[Sender]:
    """Olga with every role, her phone and her program."""
    settings.ATTACHMENTS = tmp_path
    for role in (Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR):
        grant(person=cast.olga, role=role, unit=cast.root, by=None, now=NOW)
    ours = sender(cast, cast.olga, *SCOPES)
    stay_connected(True)  # only now: a test client connects the signals again after each request
    yield ours
    stay_connected(False)


@pytest.mark.parametrize(("label", "mode"), ASKED, ids=str)
def test_an_operation_answers_as_promised(olga, label, mode):
    operation = OPERATIONS[label]
    operation.app = PROMISE.app = get_wsgi_application()

    @seed(20_260_302)
    @GENTLY
    @given(
        case=operation.as_strategy(generation_mode=mode),
        invented=st.sets(st.sampled_from(sorted(olga.known)), max_size=3),
        again=st.booleans(),
    )
    def answers_as_promised(case: Case, invented: set[str], again: bool) -> None:
        left = {"id"} if label != "PATCH /api/photos/{id}" and not again else set()
        olga.send(case, label, {name: olga.known[name] for name in set(olga.known) - invented - left})

    answers_as_promised()
