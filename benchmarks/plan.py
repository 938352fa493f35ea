"""How good, fair, quick and steady plans are: `make bench-plan` prints each bar beside its peers.

CP-SAT may try for 60 seconds in each of twelve cases; `make bench-plan PEER=5` is a quick look.
"""

import sys
from argparse import ArgumentParser

from benchmarks.bars import run
from benchmarks.plan_coverage import PEER_SECONDS

# One module per promise, each with `bars()`.
PROMISES = (
    "benchmarks.plan_coverage",
    "benchmarks.plan_exact",
    "benchmarks.plan_feasibility",
    "benchmarks.plan_fairness",
    "benchmarks.plan_replanning",
)

if __name__ == "__main__":
    asked = ArgumentParser(description="Print the bars of plans, or of those named (coverage, exact, …).")
    asked.add_argument("wanted", nargs="*")
    asked.add_argument("--peer", type=float, default=PEER_SECONDS, help="seconds for CP-SAT, 0 for none")
    given = asked.parse_args()
    sys.exit(run(PROMISES, given.wanted, peer_seconds=given.peer))
