"""`coalface work`: the worker alone, where web and worker run on different machines."""

import os
import signal
import subprocess
import sys
import threading
import time
from argparse import ArgumentParser, Namespace
from contextlib import suppress
from pathlib import Path

HELP = "Carry out what follows from what happened, send mail, and do what is due each day."
PAUSE_SECONDS = 1.0
MAILBOX_EVERY_SECONDS = 60.0
IMPORT_SECONDS = 2.0
PLANS_PAUSE_SECONDS = 60.0
NICE = 15
_next_look = 0.0
_job = None
_search = None
_plans = None
_plans_broken_off = 0
_plans_again = 0.0
_import = None
_read_to = None
_asking = None


def arguments(parser: ArgumentParser) -> None:
    """How long to work."""
    parser.add_argument("--once", action="store_true", help="do what is due now, then stop")


def run(options: Namespace) -> int:
    """Work until told to stop; what is being carried out is finished first."""
    _let_pages_go_first()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    while not stop.is_set():
        done = _in_spite_of_the_database()
        if options.once:
            _leave_recordings(whole=True)
            _leave_search(whole=True)
            _leave_plans(whole=True)
            _wait_for_the_language_model()
            print(f"{done} done.")
            return 0
        if not done:
            stop.wait(PAUSE_SECONDS)
    _leave_recordings(whole=False)
    _leave_search(whole=False)
    _leave_plans(whole=False)
    return 0


def _let_pages_go_first() -> None:
    """Linux weighs whole sessions against each other before it looks at a process: step back as both."""
    os.nice(NICE)
    if os.getsid(0) == os.getpid():
        with suppress(OSError):  # not Linux, or without this feature
            Path("/proc/self/autogroup").write_text(str(NICE))


def _in_spite_of_the_database() -> int:
    """A database that is away for a while ends no worker: connections are made anew, and it goes on."""
    from django.db import InterfaceError, OperationalError, connections

    try:
        return work_once()
    except (InterfaceError, OperationalError) as away:
        print(f"The database does not answer ({type(away).__name__}); trying again.", file=sys.stderr)
        connections.close_all()
        time.sleep(PAUSE_SECONDS)
        return 0


def work_once() -> int:
    """One round: consequences, the day's work, replies, messages; reading through where none of these was."""
    from django.utils import timezone

    from coalface.importers.actions import sweep
    from coalface.plan.actions import arrange_published, refresh_calendars
    from coalface.understand.actions import keep_up
    from coalface.worker import actions
    from coalface.worker.actions.webhooks import send_deliveries

    now = timezone.now()
    done = actions.drain(now=now)
    _go_on_with_search()
    _go_on_with_plans()
    jobs = {name: job for name, job in actions.DAILY.items() if not (_search and name in actions.TAKES_LONG)}
    done += len(actions.run_ticks(now=now, jobs={**jobs, "importers.sweep": sweep}))
    done += keep_up(now=now)
    done += arrange_published(now=now)
    done += _in_spite_of_the_mailbox()
    _go_on_with_recordings()
    _go_on_with_the_language_model()
    done += _go_on_with_imports()
    done += refresh_calendars(now=now)
    done += send_deliveries(now=now)
    done += actions.send_messages(now=now)
    return done or _read_on()


def _read_on() -> int:
    """A few hundred of the words nobody has looked through, once nobody waits for anything else."""
    from django.utils import timezone

    from coalface.understand.actions import Mark, read_some

    global _read_to
    _read_to = _read_to or Mark()
    return read_some(now=timezone.now(), mark=_read_to)


def _go_on_with_imports() -> int:
    """Some seconds of a file that somebody handed in, then everything else has its turn again."""
    from coalface.importers.tasks import Hand

    global _import
    _import = _import or Hand()
    until = time.monotonic() + IMPORT_SECONDS
    return _import.go_on(stop=lambda: time.monotonic() > until)


def _go_on_with_recordings() -> None:
    """The transcriber runs beside us; each round looks whether it is done."""
    from django.conf import settings
    from django.utils import timezone

    from coalface.worker import actions

    global _job
    if settings.TRANSCRIBER:
        _job = actions.transcribe(
            job=_job, command=settings.TRANSCRIBER, folder=settings.RECORDINGS, now=timezone.now()
        )


def _go_on_with_search() -> None:
    """A search for themes takes a minute and runs beside us; one that was killed is begun anew in an hour."""
    from django.utils import timezone

    from coalface.understand.queries import would_search
    from coalface.worker import actions

    global _search
    if _search and _search.poll() is None:
        return
    if _search and _search.returncode:
        for name in actions.TAKES_LONG:
            actions.say_it_failed(name=name, error="Killed", now=timezone.now())
    _search, now = None, timezone.now()
    if actions.ticks_due(now=now, jobs=actions.TAKES_LONG) and would_search(now=now):
        _search = subprocess.Popen([sys.executable, "-m", "coalface", "themes"])


def _leave_search(*, whole: bool) -> None:
    """Wait for its end, or end it: nothing of it is lost, the next worker begins it anew."""
    while whole and _search:
        time.sleep(PAUSE_SECONDS)
        _go_on_with_search()
    if _search:
        _search.kill()
        _search.wait()


def _go_on_with_plans() -> None:
    """Making a plan runs beside us; broken off it is begun anew in a minute, and too often it is given up."""
    from django.utils import timezone

    from coalface.plan.actions import give_up_plan
    from coalface.plan.queries.plans import wanted_plans
    from coalface.policies import number

    global _plans, _plans_broken_off, _plans_again
    if _plans and _plans.poll() is None:
        return
    if _plans:
        _plans_broken_off = _plans_broken_off + 1 if _plans.returncode else 0
        _plans_again = time.monotonic() + (PLANS_PAUSE_SECONDS if _plans.returncode else 0)
        _plans = None
    longest = wanted_plans().first() if time.monotonic() >= _plans_again else None
    if longest and _plans_broken_off >= number("tries_before_giving_up"):
        give_up_plan(plan=longest, now=timezone.now())
        _plans_broken_off = 0
    elif longest:
        _plans = subprocess.Popen([sys.executable, "-m", "coalface", "plans"])


def _leave_plans(*, whole: bool) -> None:
    """Wait for its end, or end it: nothing of a plan is written before all of it is."""
    while whole and _plans:
        time.sleep(PAUSE_SECONDS)
        _go_on_with_plans()
    if _plans:
        _plans.kill()
        _plans.wait()


def _leave_recordings(*, whole: bool) -> None:
    """Wait for the one in work, or let the next worker begin it anew."""
    from coalface.edges.transcriber import put_back

    while whole and _job:
        time.sleep(PAUSE_SECONDS)
        _go_on_with_recordings()
    if _job:
        put_back(_job)


def _go_on_with_the_language_model() -> None:
    """Where one is connected it is asked beside everything else; who ends us meanwhile asks it again."""
    from django.conf import settings
    from django.utils import timezone

    from coalface.edges.language_model import Model
    from coalface.understand.actions import go_on_asking

    global _asking
    if settings.LANGUAGE_MODEL_URL:
        model = Model(settings.LANGUAGE_MODEL_URL, settings.LANGUAGE_MODEL_NAME, settings.LANGUAGE_MODEL_KEY)
        _asking = go_on_asking(asking=_asking, model=model, now=timezone.now())


def _wait_for_the_language_model() -> None:
    while _asking:
        time.sleep(PAUSE_SECONDS)
        _go_on_with_the_language_model()


def _in_spite_of_the_mailbox() -> int:
    """Look for replies once a minute; a mail server that is away ends no worker."""
    from django.conf import settings
    from django.utils import timezone

    from coalface.edges.mailbox import NotReached
    from coalface.worker import actions

    global _next_look
    if not settings.MAILBOX or time.monotonic() < _next_look:
        return 0
    _next_look = time.monotonic() + MAILBOX_EVERY_SECONDS
    try:
        return actions.read_mailbox(address=settings.MAILBOX, now=timezone.now())
    except NotReached as away:
        print(f"The mailbox cannot be read ({away}); trying again in a minute.", file=sys.stderr)
        return 0
