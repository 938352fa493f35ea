"""How a file of ours is written: short, named, documented, without clock, signals and towers."""

import ast
from collections.abc import Iterator

from tests.house.rules.source import Module, dotted

LONGEST_MODULE, LONGEST_FUNCTION, MOST_BASES = 400, 50, 2
SIGNALS = ("django.dispatch", "django.db.models.signals", "django.core.signals", "allauth.account.signals")
DRAWERS = {"utils", "util", "helpers", "helper", "common", "core", "misc"}
CLOCKS = {
    "timezone.now", "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "dt.now",
    "datetime.datetime.now", "datetime.date.today", "dt.datetime.now", "dt.date.today", "functions.Now",
}  # fmt: skip

# The room whose actions need no `by`: nobody asks for them by hand, time or an event does.
BY_NOBODY = {"worker"}

# The room which only calls the actions of others, day after day of an invented year.
BUILDERS = {"demo"}

# Functions that must outlive whatever the code they call raises, each with its reason.
CATCH_ANYTHING = {
    (
        "worker/actions/__init__.py",
        "carry_out",
    ): "a consequence that fails is written down, tried again and shown",
    ("worker/actions/__init__.py", "_tick"): "so is a daily job, and it stops no other",
}


def too_long(module: Module) -> Iterator[str]:
    """Modules over 400 lines and functions over 50."""
    lines = module.text.count("\n")
    if lines > LONGEST_MODULE and "/migrations/" not in module.place:
        yield module.at(module.tree, f"{lines} lines: make it a folder of the same name, one file per noun")
    for node in module.nodes(ast.FunctionDef, ast.AsyncFunctionDef):
        length = node.end_lineno - node.lineno + 1
        if length > LONGEST_FUNCTION:
            yield module.at(node, f"{node.name} has {length} lines")


def towers(module: Module) -> Iterator[str]:
    """Classes with more than two bases."""
    for node in module.nodes(ast.ClassDef):
        if len(node.bases) > MOST_BASES:
            yield module.at(node, f"{node.name} has {len(node.bases)} bases: compose instead")


def drawers(module: Module) -> Iterator[str]:
    """Files and folders named for nothing."""
    for name in DRAWERS & set(module.parts):
        yield module.at(module.tree, f"{name}: name it for what is in it")


def without_a_word(module: Module) -> Iterator[str]:
    """Modules, actions, queries and methods that do not say what they are for."""
    if "migrations" in module.parts or not module.tree.body:
        return
    if not ast.get_docstring(module.tree):
        yield module.at(module.tree, "the module does not open with a sentence")
    if module.is_a("actions") or module.is_a("queries") or module.parts[0] == "methods":
        for function in module.functions():
            if not ast.get_docstring(function):
                yield module.at(function, f"{function.name} has no docstring")


def positional_actions(module: Module) -> Iterator[str]:
    """Actions that could be called without naming what is what, or that write without saying who and when."""
    if not module.is_a("actions") or module.parts[0] in BUILDERS:
        return
    for function in module.functions():
        if function.args.args or function.args.posonlyargs or function.args.vararg:
            yield module.at(function, f"{function.name} takes arguments by position")
        names = {argument.arg for argument in function.args.kwonlyargs}
        if not _notes(function):
            continue
        if "now" not in names:
            yield module.at(function, f"{function.name} notes what happened without `now`")
        if not names & {"by", "event"} and module.parts[0] not in BY_NOBODY:
            yield module.at(function, f"{function.name} notes what happened without `by` or `event`")


def _notes(function: ast.AST) -> bool:
    return any(isinstance(node, ast.Call) and dotted(node.func) == "note" for node in ast.walk(function))


def clocks(module: Module) -> Iterator[str]:
    """Places that read the clock themselves where the time is to be handed in."""
    silent = module.parts[0] in {"methods", "records"} or module.is_a("queries") or module.is_a("actions")
    if not silent or "migrations" in module.parts:
        return
    for node in module.nodes(ast.Attribute, ast.Call, ast.keyword):
        match node:
            case ast.Attribute() if dotted(node) in CLOCKS:
                yield module.at(node, f"{dotted(node)} reads the clock: take `now`")
            case ast.Call(args=[], keywords=[]) if dotted(node.func).split(".")[-1] in {
                "localdate",
                "localtime",
            }:
                yield module.at(node, f"{dotted(node.func)}() reads the clock: pass it `now`")
            case ast.keyword(arg="auto_now" | "auto_now_add" as name):
                yield module.at(node.value, f"{name} reads the clock: the action says when")


def signals(module: Module) -> Iterator[str]:
    """Signals, and receivers of them."""
    for node in module.nodes(ast.Import, ast.ImportFrom):
        taken = (
            [node.module or ""] if isinstance(node, ast.ImportFrom) else [name.name for name in node.names]
        )
        if isinstance(node, ast.ImportFrom):
            taken += [f"{node.module}.{name.name}" for name in node.names]
        for name in taken:
            if name.startswith(SIGNALS):
                yield module.at(node, f"{name}: call it, or write a row in reactions.py")
                break


def overrides(module: Module) -> Iterator[str]:
    """Models that do more than save when saved."""
    for node in module.nodes(ast.ClassDef):
        for member in node.body:
            if isinstance(member, ast.FunctionDef) and member.name in {"save", "delete", "asave", "adelete"}:
                yield module.at(member, f"{node.name}.{member.name} is overridden: an action does this")


def catches_anything(module: Module) -> Iterator[str]:
    """`except Exception` and its like."""
    may = {name for place, name in CATCH_ANYTHING if place == module.place}
    functions = [node for node in module.nodes(ast.FunctionDef) if node.name in may]
    allowed = {handler for function in functions for handler in ast.walk(function)}
    for node in module.nodes(ast.ExceptHandler):
        caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
        anything = any(kind is None or dotted(kind) in {"Exception", "BaseException"} for kind in caught)
        if anything and node not in allowed:
            yield module.at(node, "catches whatever comes: name what you expect")


# A journey of months turns the wall clock, which lies outside as a mail server does, for pages that read it.
THE_CLOCK = ["journeys", "conftest"]


def mocks(module: Module) -> Iterator[str]:
    """Stand-ins for our own code, in tests (only what lies outside, in tests/edges, may be faked)."""
    if module.parts[0] == "edges" or module.parts == THE_CLOCK:
        return
    for node in module.nodes(ast.Import, ast.ImportFrom, ast.arg, ast.Attribute):
        match node:
            case ast.ImportFrom(module=name) if name in {"unittest.mock", "mock"}:
                yield module.at(node, "mocks: use real records and real actions")
            case ast.ImportFrom(module="unittest", names=names) if any(name.name == "mock" for name in names):
                yield module.at(node, "mocks: use real records and real actions")
            case ast.Import(names=names) if any(name.name in {"unittest.mock", "mock"} for name in names):
                yield module.at(node, "mocks: use real records and real actions")
            case ast.arg(arg="mocker"):
                yield module.at(node, "mocks: use real records and real actions")
            case ast.Attribute() if dotted(node) == "monkeypatch.setattr":
                yield module.at(node, "replaces code in a test: pass in what is to differ")


IN_THE_PACKAGE = [
    too_long, towers, drawers, without_a_word, positional_actions, clocks, signals, overrides,
    catches_anything,
]  # fmt: skip
IN_THE_TESTS = [too_long, towers, drawers, catches_anything, mocks]
