"""What the doors take and withstand: `make bench-doors` prints each bar beside what was measured."""

import sys

from benchmarks.bars import run

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

if __name__ == "__main__":
    sys.exit(run(PROMISES, sys.argv[1:]))
