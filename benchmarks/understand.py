"""How well words are sorted, grouped and masked: `make bench-understand` prints each bar beside its peers."""

import sys

from benchmarks.bars import run

# One module per promise, each with `bars()`.
PROMISES = (
    "benchmarks.understand_languages",
    "benchmarks.understand_masking",
    "benchmarks.understand_themes",
    "benchmarks.understand_routing",
)

if __name__ == "__main__":
    sys.exit(run(PROMISES, sys.argv[1:]))
