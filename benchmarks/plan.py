"""How good, fair, quick and steady plans are: `make bench-plan` prints each bar beside its peers."""

import sys

from benchmarks.bars import run

# One module per promise, each with `bars()`.
PROMISES = (
    "benchmarks.plan_coverage",
    "benchmarks.plan_feasibility",
    "benchmarks.plan_fairness",
    "benchmarks.plan_replanning",
)

if __name__ == "__main__":
    sys.exit(run(PROMISES, sys.argv[1:]))
