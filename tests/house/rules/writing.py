"""Law 3: only `actions.py` and `records/history.py` write to the ledger."""

import ast
import re
from collections.abc import Iterator

from tests.house.rules.source import Module, dotted

WRITERS = {"save", "create", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
WRITERS |= {f"a{verb}" for verb in WRITERS}
WRITING_SQL = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|TRUNCATE)\b", re.IGNORECASE)

# Things that have one of these verbs and are no record.
NOT_RECORDS = {"cache", "storage", "session", "request.session", "default_storage", "picture"}

# Files that write although they are neither actions nor the history, each with its reason.
EXEMPT = {
    "records/search.py": "its index is rewritten after an erasure; no record is changed",
    "records/models/us/account.py": "Django asks the manager of the user model for create_user",
}


def may_write(module: Module) -> bool:
    """Whether this file is one of those that write."""
    return (
        module.is_a("actions")
        or module.place == "records/history.py"
        or module.place.startswith("records/migrations/")
        or module.place in EXEMPT
    )


def writes_outside_actions(module: Module) -> Iterator[str]:
    """Calls that would change a record, in a file that may not."""
    if may_write(module):
        return
    for node in module.nodes(ast.Call, ast.ImportFrom):
        if isinstance(node, ast.ImportFrom):
            if node.module == "coalface.records.history" and any(name.name == "note" for name in node.names):
                yield module.at(node, "takes note() from the history: only actions note what happened")
        elif isinstance(node.func, ast.Attribute) and _changes_a_record(node, node.func):
            yield module.at(node, f"{dotted(node.func)}() writes: only actions do")


def _changes_a_record(call: ast.Call, func: ast.Attribute) -> bool:
    if dotted(func.value) in NOT_RECORDS:
        return False
    if func.attr in WRITERS:
        return True
    if func.attr in {
        "update",
        "aupdate",
    }:  # a queryset takes nothing but keywords; dict, set and hash take a value
        return bool(call.keywords) and not call.args
    return func.attr in {"execute", "executemany"} and any(
        isinstance(value, ast.Constant) and isinstance(value.value, str) and WRITING_SQL.match(value.value)
        for value in call.args
    )
