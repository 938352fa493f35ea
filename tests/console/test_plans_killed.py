"""A plan is made by a process of its own: killed half-way it is made again, and once."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.console.test_commands import coalface, environment
from tests.console.test_search_beside import ROOT, SOON, ask, until

MADE = "select count(*) from records_plan where made_at is not null"
MATCHES = "select count(*) from records_assignment"
TOLD = "select count(*) from records_event where kind = 'plan.made'"
SEATS = "select count(distinct slot_id), count(distinct customer_id) from records_assignment"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A quarter is wanted, and nobody has made it."""
    folder = tmp_path_factory.mktemp("house")
    command = [sys.executable, "-m", "tests.console.planning_house"]
    subprocess.run(command, env=environment(folder), cwd=ROOT, check=True, timeout=4 * SOON)
    return folder


@pytest.fixture
def home(house: Path, tmp_path: Path) -> Path:
    """The same house for each test."""
    return Path(shutil.copytree(house, tmp_path / "home"))


@pytest.fixture
def started(home: Path) -> Iterator[Callable[..., subprocess.Popen]]:
    """Starts a command, and ends it for good with the test."""
    processes: list[subprocess.Popen] = []

    def start(*words: str) -> subprocess.Popen:
        command = [sys.executable, "-m", "coalface", *words]
        processes.append(subprocess.Popen(command, env=environment(home), stdout=subprocess.PIPE, text=True))
        return processes[-1]

    yield start
    for process in processes:
        process.kill()
        process.communicate(timeout=SOON)


def is_computing(pid: int) -> bool:
    """Whether the maker of plans has loaded what it computes with."""
    there = Path(f"/proc/{pid}")
    return b"plans" in (there / "cmdline").read_bytes() and "numpy" in (there / "maps").read_text()


def child_of(worker: subprocess.Popen) -> int | None:
    """Its maker of plans in the midst of its work."""
    children = Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()
    return next((int(pid) for pid in children if is_computing(int(pid))), None)


def has_ended(pid: int) -> bool:
    """Whether it is at its end, even if nobody has asked how it ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def counted(home: Path) -> list[list[tuple]]:
    return [ask(home, question) for question in (MADE, MATCHES, TOLD, SEATS)]


NOTHING = [[(0,)], [(0,)], [(0,)], [(0, 0)]]
WHOLE = [[(1,)], [(6,)], [(1,)], [(6, 6)]]


def test_killed_half_way_nothing_of_it_is_there_and_begun_anew_it_is_made_once(home: Path, started):
    broken_off = started("plans")
    until(lambda: is_computing(broken_off.pid))
    broken_off.kill()
    assert (broken_off.wait(timeout=SOON), counted(home)) == (-signal.SIGKILL, NOTHING)
    assert [coalface(home, "plans").stdout for _ in range(2)] == ["1 made.\n", "0 made.\n"]
    assert counted(home) == WHOLE


def test_one_that_outlives_its_worker_comes_late_and_doubles_nothing(home: Path, started):
    worker = started("work")
    orphan = until(lambda: child_of(worker))
    os.kill(orphan, signal.SIGSTOP)
    try:
        worker.kill()
        worker.wait(timeout=SOON)
        assert counted(home) == NOTHING
        assert started("work", "--once").wait(timeout=4 * SOON) == 0
        assert counted(home) == WHOLE
    finally:
        os.kill(orphan, signal.SIGCONT)
    until(lambda: has_ended(orphan))
    assert counted(home) == WHOLE
