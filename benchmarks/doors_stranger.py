"""How far a stranger with an old list comes on the first morning: decisions, and a slow person's minutes."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from benchmarks.bars import Bar

MOST_DECISIONS, MOST_SECONDS = 11, 600
EMAIL, PASSWORD = "hanna@berg.example", "a bicycle for everybody"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def found(environment: dict[str, str]) -> None:
    """A fresh organisation with one person, by the command a stranger is told to give."""
    command = [sys.executable, "-m", "coalface", "user", EMAIL, "--name", "Hanna Berg"]
    command += ["--organisation", "Berg Bicycles", "--role", "programme_manager", "--password-from-input"]
    subprocess.run(
        command, input=f"{PASSWORD}\n", text=True, check=True, env=environment, stdout=subprocess.DEVNULL
    )


def bars() -> Iterable[Bar]:
    """Walk it in a real Chromium, against the product's own server."""
    from playwright.sync_api import sync_playwright

    from tests.browser.server import Server
    from tests.browser.stranger import first_morning, list_of_customers

    with tempfile.TemporaryDirectory(prefix="coalface-stranger-") as folder:
        home = Path(folder)
        server = Server(home / "home")
        found(server.environment | {"COALFACE_SITE": server.site})
        server.environment |= {"COALFACE_SITE": server.site}
        server.start()
        try:
            server.wait()
            with sync_playwright() as playwright:
                chromium = next(filter(None, map(shutil.which, BROWSERS)))
                browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
                page = browser.new_context(locale="en-GB").new_page()
                stranger = first_morning(
                    page,
                    server.site,
                    email=EMAIL,
                    password=PASSWORD,
                    path=list_of_customers(home),
                    look=lambda place: None,
                )
                browser.close()
        finally:
            server.kill()
    machine = stranger.seconds - stranger.slow_seconds
    pace = f"{stranger.slow_seconds:.0f} s of a slow person, {machine:.1f} s of the machine"
    yield Bar(
        "decisions until the first of 43 customers is thanked",
        str(len(stranger.decisions)),
        f"≤ {MOST_DECISIONS}",
        len(stranger.decisions) <= MOST_DECISIONS,
        ", ".join(stranger.decisions),
    )
    yield Bar(
        "minutes until then",
        f"{stranger.seconds / 60:.1f}",
        f"≤ {MOST_SECONDS // 60}",
        stranger.seconds <= MOST_SECONDS,
        pace,
    )
