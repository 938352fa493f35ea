"""How good, fair, quick and steady plans are: `make bench-plan` prints each bar beside its peers."""

import importlib
import sys
import time

from benchmarks.bars import Bar

# One module per promise, each with `bars()`.
PROMISES = (
    "benchmarks.plan_coverage",
    "benchmarks.plan_feasibility",
    "benchmarks.plan_fairness",
    "benchmarks.plan_replanning",
)


def main(wanted: list[str]) -> int:
    """Measure every promise, or those named (`… plan fairness replanning`); 1 if a bar is missed."""
    missed = 0
    for name in PROMISES:
        if wanted and name.removeprefix("benchmarks.plan_") not in wanted:
            continue
        began = time.monotonic()
        measured: list[Bar] = []
        for bar in importlib.import_module(name).bars():
            print(bar, flush=True)
            measured.append(bar)
        missed += sum(not bar.held for bar in measured)
        print(f"    ({name.removeprefix('benchmarks.')}: {time.monotonic() - began:.0f} s)", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
