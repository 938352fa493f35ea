"""The search for themes runs beside the worker: nothing waits for it, and killed it is begun anew."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.console.test_commands import coalface, environment

ROOT = Path(__file__).parents[2]
JOB = "understand.discover_weekly"
SOON = 240.0  # a worker steps back behind everything else on the machine


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Everything is done but the search."""
    subprocess.run(
        [sys.executable, "-m", "tests.console.searching_house"],
        env=environment(tmp_path),
        cwd=ROOT,
        check=True,
        timeout=SOON,
    )
    return tmp_path


@pytest.fixture
def worker(home: Path) -> Iterator[subprocess.Popen]:
    """One that goes on until the test ends."""
    process = subprocess.Popen([sys.executable, "-m", "coalface", "work"], env=environment(home))
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=SOON)


def ask(home: Path, question: str) -> list[tuple]:
    with sqlite3.connect(home / "coalface.sqlite3", timeout=20) as ledger:
        return ledger.execute(question).fetchall()


def until(found) -> object:
    """What is found in the end."""
    end = time.monotonic() + SOON
    while not (answer := found()):
        assert time.monotonic() < end, "It never came"
        time.sleep(0.02)
    return answer


def search_of(process: subprocess.Popen) -> int | None:
    """Its child, once that is a program of its own."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return next(
        (int(pid) for pid in children if b"themes" in Path(f"/proc/{pid}/cmdline").read_bytes()), None
    )


def test_nothing_waits_for_a_search_and_one_that_was_killed_is_begun_anew(
    home: Path, worker: subprocess.Popen
):
    searching = until(lambda: search_of(worker))
    os.kill(searching, signal.SIGSTOP)  # a search that takes for ever
    until(lambda: ask(home, "select 1 from records_tick where name = 'importers.sweep'"))
    until(lambda: ask(home, "select count(*) from records_event where relayed_at is null") == [(0,)])
    assert search_of(worker) == searching
    os.kill(searching, signal.SIGKILL)
    failed = f"select error from records_tick where name = '{JOB}' and failed_at is not null"
    assert until(lambda: ask(home, failed)) == [("Killed",)]
    assert ask(home, "select count(*) from records_themerun") == [(0,)]
    worker.terminate()
    assert worker.wait(timeout=SOON) == 0
    ask(home, f"update records_tick set failed_at = '2020-01-01' where name = '{JOB}'")  # an hour later
    done = coalface(home, "work", "--once")
    assert (done.returncode, done.stderr) == (0, "")
    assert ask(home, "select clauses, ended_at is not null from records_themerun") == [(120, 1)]
    assert ask(home, f"select error, last_on is not null from records_tick where name = '{JOB}'") == [("", 1)]
