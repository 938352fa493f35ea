"""Law 3 at run time: a statement that changes the ledger must come from an action."""

import re
import sys
from collections.abc import Callable
from types import FrameType

STATEMENT = re.compile(r'\s*(INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"(records_\w+)"')
WRITER = re.compile(r"/coalface/(?:\w+/)+actions(?:\.py|/\w+\.py)$|/coalface/records/history\.py$")
OURS = re.compile(r"/coalface/(?!records/models/)")

# Who else may change records: (end of the file's name, function), each with its reason.
EXEMPT = {
    ("django/contrib/auth/models.py", "update_last_login"): "Django keeps the day of the last sign-in",
    ("django/contrib/auth/base_user.py", "setter"): "a password is hashed again when the hasher got stronger",
    ("allauth/account/adapter.py", "set_password"): "allauth changes a password at its owner's wish",
    ("django/db/migrations/executor.py", "apply_migration"): "migrations move rows",
    ("django/db/migrations/executor.py", "unapply_migration"): "migrations move rows",
    ("django/core/management/commands/flush.py", "handle"): "test databases are emptied",
}


class WroteOutsideActions(AssertionError):
    """A view, a task, a query or a command changed a record itself."""


def only_actions_write(
    execute: Callable[..., object], sql: str, params: object, many: bool, context: dict[str, object]
) -> object:
    """Django's execute wrapper: look at a statement before it runs."""
    if found := STATEMENT.match(sql):
        check(*found.groups(), sys._getframe(1))
    return execute(sql, params, many, context)


def check(verb: str, table: str, frame: FrameType | None) -> None:
    """Follow the stack outwards to an action; a test that writes its own rows meets no code of ours."""
    culprit = ""
    while frame:
        path, name = frame.f_code.co_filename, frame.f_code.co_name
        if WRITER.search(path) or any(path.endswith(end) and name == of for end, of in EXEMPT):
            return
        if not culprit and OURS.search(path):
            culprit = f"{path}:{frame.f_lineno} in {name}"
        frame = frame.f_back
    if culprit:
        raise WroteOutsideActions(f"{verb} {table} by {culprit}: only actions and the history write")
