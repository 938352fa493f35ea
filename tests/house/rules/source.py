"""Where the source lies, and how the rules look at it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[3]
PACKAGE = ROOT / "src" / "coalface"
TESTS = ROOT / "tests"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One Python file: its place below the package (`act/actions.py`) and its text."""

    place: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed text."""
        return ast.parse(self.text, self.place)

    @property
    def parts(self) -> list[str]:
        """The place in pieces without the ending: `["act", "actions"]`."""
        return self.place.removesuffix(".py").split("/")

    def is_a(self, role: str) -> bool:
        """Whether this is a room's `role.py` or a file in its folder `role/`."""
        return role in self.parts[1:]

    def nodes(self, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
        """Every node of these kinds, in no particular order."""
        return (node for node in ast.walk(self.tree) if isinstance(node, kinds))

    def functions(self) -> list[Function]:
        """The public functions at the top of the module."""
        return [
            node
            for node in self.tree.body
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_")
        ]

    def at(self, node: ast.AST, complaint: str) -> str:
        """A complaint with the place it is about."""
        return f"{self.place}:{getattr(node, 'lineno', 1)}: {complaint}"


def modules(below: Path = PACKAGE) -> list[Module]:
    """Every Python file below a folder, in the order of their names."""
    return [
        Module(path.relative_to(below).as_posix(), path.read_text())
        for path in sorted(below.rglob("*.py"))
        if "__pycache__" not in path.parts
    ]


def dotted(node: ast.AST) -> str:
    """`a.b.c` for a chain of names and attributes; calls on the way leave `()`."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attr):
            return f"{dotted(value)}.{attr}"
        case ast.Call(func=func):
            return f"{dotted(func)}()"
        case ast.Subscript(value=value):
            return f"{dotted(value)}[]"
    return "?"
