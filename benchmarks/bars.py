"""A benchmark's table: what was promised, what was measured, and whether it held."""

import importlib
import inspect
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Bar:
    """`measured` and `promised` as they are printed; `beside` is the peer measured at the same time."""

    name: str
    measured: str
    promised: str
    held: bool
    beside: str = ""

    def __str__(self) -> str:
        mark = "ok    " if self.held else "MISSED"
        line = f"{mark} {self.name:<58} {self.measured:>22}   bar {self.promised}"
        return f"{line}   beside: {self.beside}" if self.beside else line


def measured(out: str) -> Any | None:
    """The last JSON object that a process of its own printed; libraries and servers print beside it."""
    return next((json.loads(line) for line in reversed(out.splitlines()) if line.startswith("{")), None)


def run(promises: Sequence[str], wanted: Sequence[str], **how: Any) -> int:
    """Print the bars of every module, or of those named by their last word; 1 if a bar is missed.

    Each is told of `how` what its `bars` asks for.
    """
    missed = 0
    for name in promises:
        if wanted and name.partition("_")[2] not in wanted:
            continue
        began = time.monotonic()
        bars = importlib.import_module(name).bars
        asked = inspect.signature(bars).parameters
        for bar in bars(**{key: value for key, value in how.items() if key in asked}):
            print(bar, flush=True)
            missed += not bar.held
        print(f"    ({name.removeprefix('benchmarks.')}: {time.monotonic() - began:.0f} s)", flush=True)
    return 1 if missed else 0
