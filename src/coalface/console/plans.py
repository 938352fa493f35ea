"""`coalface plans`: the making of plans, in a process of its own so that nothing else waits for it."""

import os
from argparse import ArgumentParser, Namespace

HELP = "Make the plans that were asked for; the worker starts this by itself."


def arguments(parser: ArgumentParser) -> None:
    """Nothing: which plans are wanted stands in the ledger."""


def run(options: Namespace) -> int:
    """Make them; one that is broken off is made again as a whole."""
    from django.utils import timezone

    from coalface.plan.actions import make_wanted

    print(f"{make_wanted(now=timezone.now())} made.")
    return os.EX_OK
