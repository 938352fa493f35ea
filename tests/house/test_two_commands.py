"""`make` on a bare machine: the right Python or one clear line, and no failed stage goes unseen."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.house.rules.source import ROOT

# Every program the stages of scripts/test call, and what it would install with.
CHECKS = ["ruff", "mypy", "lint-imports", "djlint", "bandit", "django-admin", "pytest", "coverage"]
SYSTEM = ["chromium", "msgfmt", "apt-get", "sudo"]


def program(folder: Path, name: str, script: str = "exit 0") -> Path:
    """A small program that stands in for one of the machine's."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def run(script: str, *arguments: str | Path, within: Path, **environment: str) -> subprocess.CompletedProcess:
    """Run one of our scripts in a folder of its own."""
    clean = {name: value for name, value in os.environ.items() if name not in {"CI", "PY"}}
    return subprocess.run(
        ["sh", ROOT / "scripts" / script, *arguments],
        cwd=within, env=clean | environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder with all programs, each content with whatever it is shown."""
    for name in [*CHECKS, *SYSTEM]:
        program(tmp_path, name)
    program(tmp_path, "pg_virtualenv", 'while [ "$1" != sh ]; do shift; done; exec "$@"')
    return tmp_path


def test_all_stages_pass_when_every_check_is_content(machine: Path):
    ran = run("test", machine, within=machine)
    assert (ran.returncode, ran.stdout.splitlines()[-1]) == (0, "All good.")


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_that_fails_fails_the_whole(machine: Path, name: str):
    program(machine, name, "exit 1")
    ran = run("test", machine, within=machine)
    assert (ran.returncode, "FAILED: " in ran.stdout.splitlines()[-1]) == (1, True)


def test_a_group_that_cannot_run_is_named_and_fails_only_in_ci(machine: Path):
    for name in ("chromium", "msgfmt", "pg_virtualenv", "apt-get", "sudo"):
        (machine / name).unlink()
    for name in ("sh", "date", "mkdir", "ls", "env", "dirname"):
        (machine / name).symlink_to(f"/bin/{name}")
    alone = run("test", machine, within=machine, PATH=str(machine))
    assert (alone.returncode, "Skipped: Tests on PostgreSQL, Pages in a browser" in alone.stdout) == (0, True)
    in_ci = run("test", machine, within=machine, PATH=str(machine), CI="true")
    assert (in_ci.returncode, "no chromium (Debian: apt install chromium)" in in_ci.stdout) == (1, True)


@pytest.mark.parametrize(
    ("script", "line"),
    [
        (
            'case "$*" in *ensurepip*) exit 1;; esac',
            "{python} cannot make virtual environments: install its venv (apt install python3-venv).",
        ),
        (
            'case "$*" in *version_info*) exit 1;; --version) echo Python 3.9.2;; esac',
            "Coalface needs Python 3.11 or newer; here is only Python 3.9.2.",
        ),
        ("exit 127", "Coalface needs Python 3.11 or newer."),
    ],
)
def test_a_machine_without_the_right_python_is_told_in_one_line(tmp_path: Path, script: str, line: str):
    python = program(tmp_path, "python", script)
    ran = run("install", tmp_path / "venv", "requirements.lock", within=tmp_path, PY=str(python))
    assert (ran.returncode, ran.stderr) == (1, line.format(python=python) + "\n")
