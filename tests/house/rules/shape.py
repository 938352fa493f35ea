"""Where things lie: every room has one shape, and the package holds nothing nobody named."""

from collections.abc import Iterator
from pathlib import Path

ROOMS = [
    "people", "customers", "plan", "meet", "hear", "understand", "act", "verify", "measure", "practise",
    "home", "worker", "demo",
]  # fmt: skip
DOORS = ["api", "importers", "reports", "console"]
HALLS = ["records", "methods", "edges", "shell", "locale"]
FILES = [
    "__init__", "__main__", "settings", "urls", "wsgi", "middleware", "permissions", "policies", "reactions",
]  # fmt: skip

IN_A_ROOM = {"__init__", "apps", "urls", "views", "forms", "tasks", "actions", "queries"}
FOLDERS_IN_A_ROOM = {"templates", "static"}

# What a room holds beside that, each with its reason.
EXEMPT = {
    "people/sign_in.py": "allauth wants a class of its own for sign-in",
    "people/templates/account": "allauth looks for the pages of sign-in there",
    "people/templates/allauth": "allauth looks for the pieces of its pages there",
    "demo/words": "what the invented customers say, written by hand",
}


def strangers(package: Path) -> Iterator[str]:
    """Files and folders at the top of the package that the plan of the house does not name."""
    known = {*ROOMS, *DOORS, *HALLS, *(f"{name}.py" for name in FILES), "py.typed"}
    for path in _visible(package):
        if path.name not in known:
            yield f"{path.name}: not in the plan of the house"


def out_of_shape(package: Path) -> Iterator[str]:
    """What lies in a room and is not one of the files every room has."""
    for room in ROOMS:
        for path in _visible(package / room) if (package / room).is_dir() else ():
            place = path.relative_to(package).as_posix()
            if place in EXEMPT or (path.is_dir() and path.name in FOLDERS_IN_A_ROOM):
                continue
            if path.stem not in IN_A_ROOM or path.suffix not in {"", ".py"}:
                files = ", ".join(sorted(IN_A_ROOM - {"__init__"}))
                yield f"{place}: a room has {files}, templates and static only"
        yield from _misplaced_pages(package, room)


def _misplaced_pages(package: Path, room: str) -> Iterator[str]:
    for kind in FOLDERS_IN_A_ROOM:
        for path in _visible(package / room / kind) if (package / room / kind).is_dir() else ():
            place = path.relative_to(package).as_posix()
            if path.name != room and place not in EXEMPT:
                yield f"{place}: belongs into {room}/{kind}/{room}/"


def _visible(folder: Path) -> list[Path]:
    return sorted(
        path for path in folder.iterdir() if path.name != "__pycache__" and not path.name.startswith(".")
    )
