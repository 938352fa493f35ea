"""What the doors take and withstand: `make bench-doors` prints each bar beside what was measured."""

import importlib
import sys
import time

from benchmarks.bars import Bar

# One module per promise, each with `bars()`; the quick ones first.
PROMISES = (
    "benchmarks.doors_stranger",
    "benchmarks.doors_weight",
    "benchmarks.doors_search",
    "benchmarks.doors_taking_in",
    "benchmarks.doors_say",
    "benchmarks.doors_fuzz",
    "benchmarks.doors_kills",
)


def main(wanted: list[str]) -> int:
    """Measure every promise, or those named (`… doors say kills`); 1 if a bar is missed."""
    missed = 0
    for name in PROMISES:
        if wanted and name.removeprefix("benchmarks.doors_") not in wanted:
            continue
        began = time.monotonic()
        measured: list[Bar] = list(importlib.import_module(name).bars())
        for bar in measured:
            print(bar)
        missed += sum(not bar.held for bar in measured)
        print(f"    ({name.removeprefix('benchmarks.')}: {time.monotonic() - began:.0f} s)", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
