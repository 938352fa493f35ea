"""Somebody who has never seen Coalface, with a list of 43 customers as an old spreadsheet writes it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from playwright.sync_api import Page

FIRST = (
    "Anna", "Jürg", "Käthi", "René", "Béatrice", "Ueli", "Zoë", "Björn", "Søren", "François", "Lukas", "Noël",
)  # fmt: skip
LAST = (
    "Müller", "Meier", "Schmid", "Keller", "Weber", "Huber", "Schneider", "Frei", "Gerber", "Wyss", "Bühler",
)  # fmt: skip
CUSTOMERS = 43
# What a slow reader needs: to find the next thing on a page, and to type or press it.
SECONDS_A_DECISION, SECONDS_A_KEY = 20.0, 0.4


def list_of_customers(folder: Path) -> Path:
    """Semicolons, cp1252, days before months, one address with a slip."""
    chance, names = Random(4), []
    while len(names) < CUSTOMERS:
        name = (chance.choice(FIRST), chance.choice(LAST))
        if name not in names:
            names.append(name)
    lines = ["Kundennr.;Vorname;Nachname;Telefon;E-Mail;Kunde seit;Ort"]
    for place, (first, last) in enumerate(names, 1):
        since = f"{chance.randint(1, 28)}.{chance.randint(1, 12)}.{chance.randint(2009, 2024)}"
        reach = f"044 555 {place:02} 17;k{place}@home.example"
        lines.append(f"{1000 + place};{first};{last};{reach};{since};Zürich")
    path = folder / "Kunden März.csv"
    path.write_bytes("\r\n".join([*lines, ""]).encode("cp1252"))
    return path


@dataclass
class Stranger:
    """Counts each thing they decide, and the time a slow person takes for it."""

    page: Page
    decisions: list[str] = field(default_factory=list)
    slow_seconds: float = 0.0
    began: float = field(default_factory=time.monotonic)

    def press(self, words: str) -> None:
        """Find the one button or link of these words, and press it."""
        self._decide(words)
        self.page.get_by_role("button", name=words).or_(
            self.page.get_by_role("link", name=words)
        ).first.click()
        self.page.wait_for_load_state("load")

    def write(self, label: str, words: str) -> None:
        """Type into a field."""
        self._decide(label, keys=len(words))
        self.page.get_by_label(label).first.fill(words)

    def choose_file(self, path: Path) -> None:
        """Pick a file from the folder it lies in."""
        self._decide("a file")
        self.page.set_input_files("input[type=file]", path)

    def _decide(self, what: str, keys: int = 0) -> None:
        self.decisions.append(what)
        self.slow_seconds += SECONDS_A_DECISION + keys * SECONDS_A_KEY

    @property
    def seconds(self) -> float:
        """What it takes a slow person: reading and typing, and the machine's own time."""
        return self.slow_seconds + time.monotonic() - self.began


def first_morning(
    page: Page, site: str, *, email: str, password: str, path: Path, look: Callable[[str], object] = print
) -> Stranger:
    """From the sign-in to the page on which the first customer is thanked."""
    page.goto(f"{site}/")
    stranger = Stranger(page)
    stranger.write("Email", email)
    stranger.write("Password", password)
    stranger.press("Sign in")
    look("my week")
    stranger.press("Bring in your customers")
    look("bring in")
    stranger.choose_file(path)
    stranger.press("Look at it")
    look("columns")
    stranger.press("Try it out")
    look("trial")
    stranger.press(f"Take in {CUSTOMERS} customers")
    look("in")
    stranger.press("Thank the first one")
    look("thank")
    return stranger
