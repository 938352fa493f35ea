"""`coalface serve`: the web server and the worker together, for one small server."""

import os
import signal
import subprocess
import sys
from argparse import ArgumentParser, Namespace

HELP = "Serve the pages and carry out what follows, until Ctrl-C."


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
    children = [
        subprocess.Popen([*_granian(), "--host", host, "--port", str(port), "coalface.wsgi:application"]),
        subprocess.Popen([sys.executable, "-m", "coalface", "work"]),
    ]
    signal.signal(signal.SIGTERM, _as_interrupt)
    try:
        _, status = os.wait()
    except KeyboardInterrupt:
        status = 0
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        child.wait(timeout=20)
    return os.waitstatus_to_exitcode(status) if status else 0


def _granian() -> list[str]:
    threads = ["--blocking-threads", "4", "--no-ws", "--log-level", "warning"]
    return [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1", *threads]


def _as_interrupt(*_: object) -> None:
    raise KeyboardInterrupt
