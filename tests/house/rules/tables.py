"""Law 3: only `records/tables.py` turns rows into tables; importers read the tables of others."""

import ast
from collections.abc import Iterator

from tests.house.rules.source import Module, dotted

WRITES, READS = {"xlsxwriter"}, {"pyarrow"}
CSV_WRITERS = {"writer", "DictWriter"}


def tables_elsewhere(module: Module) -> Iterator[str]:
    """Libraries that make tables, in a file that does not."""
    if module.place == "records/tables.py":
        return
    forbidden = WRITES if module.place.startswith("importers/reading") else WRITES | READS
    for node in module.nodes(ast.Import, ast.ImportFrom, ast.Attribute):
        match node:
            case ast.Import(names=names):
                taken = {name.name.split(".")[0] for name in names}
            case ast.ImportFrom(module=name, names=names):
                taken = {(name or "").split(".")[0]}
                taken |= (
                    {"xlsxwriter"} if name == "csv" and CSV_WRITERS & {one.name for one in names} else set()
                )
            case _:
                taken = {"xlsxwriter"} if dotted(node) in {f"csv.{one}" for one in CSV_WRITERS} else set()
        if taken & forbidden:
            yield module.at(node, "makes a table: only records/tables.py does")
