"""`coalface serve`: the web server and the worker together, for one small server."""

import os
import signal
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace

HELP = "Serve the pages and carry out what follows, until Ctrl-C."

SECONDS_TO_FINISH = 8


def arguments(parser: ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="the port to listen on (8000)")


def run(options: Namespace) -> int:
    """Prepare this home, then serve it."""
    from coalface.console.prepare import prepare

    prepare()
    print(f"Serving http://localhost:{options.port} – Ctrl-C ends it.", flush=True)
    return serve(options.host, options.port)


def serve(host: str, port: int) -> int:
    """Run granian and a worker as children; when one ends, or on Ctrl-C, end both."""
    children: list[subprocess.Popen] = []
    signal.signal(signal.SIGTERM, _as_interrupt)
    try:
        children.append(
            _child([*_granian(), "--host", host, "--port", str(port), "coalface.wsgi:application"])
        )
        children.append(_child([sys.executable, "-m", "coalface", "work"]))
        _, status = os.wait()
    except KeyboardInterrupt:
        status = 0
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    _end(children)
    return os.waitstatus_to_exitcode(status) if status else 0


def _child(command: list[str]) -> subprocess.Popen:
    """A child in a session of its own: Ctrl-C reaches us alone, and we end each child once."""
    return subprocess.Popen(command, start_new_session=True)


def _end(children: list[subprocess.Popen]) -> None:
    """Ask each to finish what it is doing; who does not within seconds is ended with all it started."""
    running = [child for child in children if child.poll() is None]
    for child in running:
        child.terminate()
    until = time.monotonic() + SECONDS_TO_FINISH
    for child in running:
        try:
            child.wait(timeout=max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _granian() -> list[str]:
    threads = ["--blocking-threads", "4", "--no-ws", "--log-level", "warning"]
    workers = ["--workers", str(min(2, os.cpu_count() or 1))]
    return [sys.executable, "-m", "granian", "--interface", "wsgi", *workers, *threads]


def _as_interrupt(*_: object) -> None:
    raise KeyboardInterrupt
