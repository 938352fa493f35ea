"""What is refused before anything looks at it."""

import pytest
from django.test import Client

from coalface.records.models import Policy
from tests.people import NOW, client_for

pytestmark = pytest.mark.django_db
MIB = 2**20


@pytest.mark.parametrize(
    ("address", "length", "status"),
    [
        ("/c/say/", 2 * MIB, 200),
        ("/c/say/", 4 * MIB, 413),
        ("/import/", 4 * MIB, 413),
        ("/c/say/", "many", 413),
        ("/api/feedback/batch", 18 * MIB, 413),
        ("/api/feedback/batch", 4 * MIB, 405),
    ],
)
def test_from_somebody_unknown_little_is_read(cast, address: str, length: object, status: int):
    answer = Client().put(address, "kind=like", "multipart/form-data", CONTENT_LENGTH=str(length))
    assert answer.status_code == status


def test_who_brings_a_list_may_send_as_much_as_the_policy_says(cast):
    Policy.objects.create(key="import_megabytes", value=40, set_by=cast.ada, set_at=NOW)
    mina, sent = client_for(cast.mina), ("/import/", "kind=people", "multipart/form-data")
    statuses = [mina.put(*sent, CONTENT_LENGTH=str(size * MIB)).status_code for size in (40, 400)]
    assert statuses == [200, 413]
