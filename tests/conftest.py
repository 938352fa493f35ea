"""What every test stands on: groups by folder, only actions write, nothing skipped unseen, our browser."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from tests.house.rules.stack import only_actions_write

pytest_plugins = ["tests.people", "tests.edges.dovecot", "tests.edges.radicale", "tests.edges.smtp"]

HERE = Path(__file__).parent
IN_CI = os.environ.get("CI") == "true"
GROUP_OF_FOLDER = {"browser": "browser", "journeys": "journey"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def _watch(connection: BaseDatabaseWrapper, **_: object) -> None:
    if only_actions_write not in connection.execute_wrappers:
        connection.execute_wrappers.append(only_actions_write)


def pytest_configure() -> None:
    """Watch every connection, in whichever thread it is opened, from before the first."""
    connection_created.connect(_watch)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put each test into the groups its folder and its fixtures say; skip what wants real data in vain."""
    for item in items:
        group = GROUP_OF_FOLDER.get(item.path.relative_to(HERE).parts[0])
        if group:
            item.add_marker(group)
        if item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(item.fixturenames):
            item.add_marker("database")
        if item.get_closest_marker("real") and not os.environ.get("COALFACE_REAL_DATA"):
            item.add_marker(pytest.mark.skip(reason="COALFACE_REAL_DATA names no folder with real data"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[pytest.TestReport]:
    """In CI a test that is skipped has failed, unless it wants real data."""
    report = yield
    if IN_CI and report.skipped and not hasattr(report, "wasxfail") and not item.get_closest_marker("real"):
        report.outcome = "failed"
        report.longrepr = f"skipped under CI=true, where only the group `real` may be: {report.longrepr}"
    return report


@pytest.fixture(autouse=True)
def nothing_is_learnt_yet() -> Iterator[None]:
    """What a process has learnt in one test is of a ledger that no other test has."""
    yield
    memory = sys.modules.get("coalface.understand.actions.memory")
    if memory:
        memory.forget_all()


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder with real data that COALFACE_REAL_DATA names."""
    return Path(os.environ["COALFACE_REAL_DATA"])


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """The system's own Chromium: nothing is downloaded, and it does not call home."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    return browser_type_launch_args | {"executable_path": browser, "args": BROWSER_FLAGS}
