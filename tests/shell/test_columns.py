"""Every list that can be taken along has a name for each of its columns."""

import importlib
import pkgutil

import coalface
from coalface.records.tables import Table
from coalface.shell.columns import LABELS


def tables():
    for module in pkgutil.walk_packages(coalface.__path__, "coalface."):
        if ".queries" in module.name:
            found = vars(importlib.import_module(module.name)).values()
            yield from (one for one in found if isinstance(one, Table))


def test_every_column_of_every_table_has_its_label():
    named = {(table.name, column.key) for table in tables() for column in table.columns}
    assert len({name for name, _ in named}) > 40
    assert {one for one in named if one[1] not in LABELS} == set()
