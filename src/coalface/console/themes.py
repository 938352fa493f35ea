"""`coalface themes`: the search for new themes, in a process of its own so that nothing else waits for it."""

import os
from argparse import ArgumentParser, Namespace

HELP = "Look for new themes, if that is due; the worker starts this by itself."


def arguments(parser: ArgumentParser) -> None:
    """Nothing: the policies say how far back, and how much."""


def run(options: Namespace) -> int:
    """Do it if it was not done today; what fails is written down and tried again."""
    from django.utils import timezone

    from coalface.worker.actions import TAKES_LONG, run_ticks

    done = run_ticks(now=timezone.now(), jobs=TAKES_LONG)
    print(f"{len(done)} done.")
    return os.EX_OK
