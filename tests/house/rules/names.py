"""What an operator can turn: the names of variables, commands and policies, as the code has them."""

import ast
from pathlib import Path

from tests.house.rules.source import Module, dotted

READS_THE_ENVIRONMENT = ("os.environ.get", "environ.get", "os.getenv", "getenv", "os.environ", "environ")
OF_LIBRARIES = {"dj_database_url.config": "DATABASE_URL"}

# Variables that we hand to somebody else, or that are not ours to explain.
NOT_SETTINGS = {"DJANGO_SETTINGS_MODULE"}


def variables(module: Module) -> set[str]:
    """The environment variables a module reads."""
    found = set()
    for node in module.nodes(ast.Call, ast.Subscript):
        if isinstance(node, ast.Call):
            name, first = dotted(node.func), (node.args or [None])[0]
            found |= {OF_LIBRARIES[name]} if name in OF_LIBRARIES else set()
        else:
            name, first = dotted(node.value), node.slice
        if name in READS_THE_ENVIRONMENT and isinstance(first, ast.Constant):
            found.add(first.value)
    return found - NOT_SETTINGS


def commands(console: Path) -> set[str]:
    """The commands: every file of the door is one, but for the list of them."""
    within = console / "commands" if (console / "commands").is_dir() else console
    names = {path.stem for path in within.glob("*.py")} - {"__init__", "commands"}
    return {name.rstrip("_").replace("_", "-") for name in names}  # `import_` is Python's way to say import


def undocumented(names: set[str], page: Path) -> list[str]:
    """The names that a page of the documentation does not show as `code`."""
    text = page.read_text() if page.exists() else ""
    return sorted(name for name in names if f"`{name}" not in text and f"`coalface {name}" not in text)
