"""How rightly fixes are judged: `make bench-verify` prints each bar beside what people do today."""

import sys

from benchmarks.bars import run

# One module per promise, each with `bars()`.
PROMISES = (
    "benchmarks.verify_examples",
    "benchmarks.verify_luck",
    "benchmarks.verify_effects",
    "benchmarks.verify_speed",
)

if __name__ == "__main__":
    sys.exit(run(PROMISES, sys.argv[1:]))
