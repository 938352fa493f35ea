"""`coalface work`: the worker alone, where web and worker run on different machines."""

import signal
import threading
from argparse import ArgumentParser, Namespace

HELP = "Carry out what follows from what happened, send mail, and do what is due each day."
PAUSE_SECONDS = 1.0


def arguments(parser: ArgumentParser) -> None:
    """How long to work."""
    parser.add_argument("--once", action="store_true", help="do what is due now, then stop")


def run(options: Namespace) -> int:
    """Work until told to stop; what is being carried out is finished first."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    while not stop.is_set():
        done = work_once()
        if options.once:
            print(f"{done} done.")
            return 0
        if not done:
            stop.wait(PAUSE_SECONDS)
    return 0


def work_once() -> int:
    """One round: consequences, the day's work, messages."""
    from django.utils import timezone

    from coalface.worker import actions

    now = timezone.now()
    done = actions.drain(now=now)
    done += len(actions.run_ticks(now=now))
    return done + actions.send_messages(now=now)
