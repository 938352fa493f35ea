"""No file says where it was made: no address of a package index, no path of somebody's machine."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

# Put together from pieces, so that this file is not found by its own search.
FORBIDDEN = {
    "an address of a package index": re.compile(
        "|".join(
            [
                r"pypi\." + "org",
                r"python" + r"hosted\.org",
                r"registry\." + r"npmjs\.org",
                "--(extra-)?index" + "-url",
                "find" + "-links",
                "/" + "simple/",
            ]
        )
    ),
    "a path of the workplace": re.compile(r"(?<![\w.])/" + r"work/|/" + r"tmp/cf\b|\." + r"library/"),
    "a home of somebody": re.compile(r"/" + r"(root|home/\w+)/"),
}
LOCKS_WITH_ADDRESSES = {"uv.lock", "pylock.toml", "poetry.lock", "Pipfile.lock"}


def addresses(place: str, text: str) -> Iterator[str]:
    """Lines that give away where they were written."""
    if Path(place).name in LOCKS_WITH_ADDRESSES:
        yield f"{place}: this kind of lock records addresses"
    for number, line in enumerate(text.splitlines(), 1):
        for name, pattern in FORBIDDEN.items():
            if pattern.search(line):
                yield f"{place}:{number}: {name}: {line.strip()[:80]}"


def tracked(root: Path) -> list[Path]:
    """Every file that is, or is about to be, under version control."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    return sorted(root / name for name in listed.split("\0") if name and (root / name).is_file())


def text_of(path: Path) -> str:
    """The text of a file; nothing for a picture, a font or a compiled catalogue."""
    content = path.read_bytes()
    return "" if b"\0" in content[:8192] else content.decode("utf-8", "replace")
