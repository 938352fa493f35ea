"""The execute wrapper lets actions write, and nobody else of ours."""

import pytest
from django.db import connection

from coalface.records.models import Unit
from tests.house.rules.stack import WroteOutsideActions, check, only_actions_write

VIEW, ACTION, HISTORY = "act/views.py", "act/actions/fixes.py", "records/history.py"


def called_from(*places: str, write):
    """Call `write` through functions that seem to stand in these files of the package, outermost first."""
    for place in reversed(places):
        code = compile("def through(write): return write()", f"/x/src/coalface/{place}", "exec")
        names: dict = {}
        exec(code, names)
        write = (lambda through, inner: lambda: through(inner))(names["through"], write)
    return write()


@pytest.mark.django_db
def test_every_connection_is_watched():
    connection.ensure_connection()
    assert connection.execute_wrappers.count(only_actions_write) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "write", [lambda: Unit.objects.create(name="Aarfeld"), lambda: Unit.objects.update(name="Aarfeld")]
)
def test_a_view_that_writes_is_stopped(write):
    with pytest.raises(
        WroteOutsideActions, match=r"records_unit by /x/src/coalface/act/views.py:1 in through"
    ):
        called_from(VIEW, write=write)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "places", [(VIEW, ACTION), (ACTION,), (HISTORY,), (VIEW, ACTION, "records/models/act/fix.py")]
)
def test_an_action_may_write(places):
    assert called_from(*places, write=lambda: Unit.objects.update(name="Aarfeld")) == 0


@pytest.mark.django_db
def test_a_view_may_read():
    assert called_from(VIEW, write=Unit.objects.count) == 0


@pytest.mark.parametrize("sql", ["insert", "update", "delete"])
def test_a_test_may_write_its_own_rows(sql):
    check(sql, "records_unit", None)
