"""How long ten thousand verdicts on two years of weeks take."""

import os
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context

import numpy as np

from benchmarks import verify_peers as peers
from benchmarks.bars import Bar
from benchmarks.verify_luck import Fixed, drifting
from coalface.methods.verification import judge

SEED, FIXES, CORES, AT_MOST, STRUCTURAL = 7, 10_000, 2, 60.0, 40


def bars() -> Iterable[Bar]:
    """The heaviest kind: nearly all of them have a trend or a season, and so a model to fit."""
    os.environ["OMP_NUM_THREADS"] = "1"
    fixes = list(islice(drifting(np.random.default_rng(SEED)), FIXES))
    with ProcessPoolExecutor(CORES, mp_context=get_context("spawn")) as cores:
        list(cores.map(judged, fixes[:CORES]))  # loads the libraries
        began = time.monotonic()
        busy = sum(cores.map(judged, fixes, chunksize=100))
        took = time.monotonic() - began
    began = time.thread_time()
    for fix in fixes[:STRUCTURAL]:
        peers.structural(fix.before, fix.after)
    peer = (time.thread_time() - began) / STRUCTURAL * FIXES / CORES
    yield Bar(
        f"{FIXES:,} verdicts on 104 weeks, {CORES} cores",
        f"{took:.0f} s (busy {busy / CORES:.0f} s)",
        f"<= {AT_MOST:.0f} s",
        took <= AT_MOST,
        f"structural series, as {STRUCTURAL} of them went: {peer:.0f} s",
    )


def judged(fix: Fixed) -> float:
    """Seconds of a core that one verdict took."""
    began = time.thread_time()
    judge(fix.before, fix.after, exposure=1)
    return time.thread_time() - began
