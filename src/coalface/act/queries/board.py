"""The board: what waits for a yes, for a decision, for work; what is live; and where each card may go."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from coalface.permissions import Rights
from coalface.records.models import Fix, Person

from .fixes import Asked, shipped_lately
from .one_fix import may_change

SHIPPED_SHOWN = 10
ASKS = {"decide", "accept"}
COLUMN = {"accept": "accept", "decide": "decide", "register": "work", "ship": "work"}


@dataclass(frozen=True, slots=True)
class Card:
    """A fix, and what this person may do with it: codes of moves, each with the column it leads to."""

    fix: Fix
    moves: list[tuple[str, str]]

    @property
    def now(self) -> list[tuple[str, str]]:
        """What it waits for."""
        return [(move, column) for move, column in self.moves if move not in ASKS]

    @property
    def later(self) -> list[tuple[str, str]]:
        """What asks for more first: who, and by when."""
        return [(move, column) for move, column in self.moves if move in ASKS]


@dataclass(frozen=True, slots=True)
class Pillar:
    """One column."""

    code: str
    cards: list[Card]


def columns(page: Iterable[Fix], today: date, asked: Asked, person: Person, rights: Rights) -> list[Pillar]:
    """The open fixes of a page by what they wait for, and the newest that shipped."""
    rows = [(COLUMN.get(fix.waits_for, ""), Card(fix, moves(fix, person, rights))) for fix in page]
    found = [
        Pillar(code, [card for where, card in rows if where == code]) for code in ("accept", "decide", "work")
    ]
    live = [] if asked.waits_for else shipped_lately(today, asked, SHIPPED_SHOWN)
    return [*found, Pillar("shipped", [Card(fix, []) for fix in live])]


def moves(fix: Fix, person: Person, rights: Rights) -> list[tuple[str, str]]:
    """What somebody may do with a fix that is open, the likeliest first."""
    mine, asked = fix.owner_id == person.pk, fix.asked_of == person.pk
    after = "decide" if fix.decide_by else "work"
    wanted = {
        ("take", after): fix.waits_for == "accept" and (asked or (mine and not fix.accepted_at)),
        ("take_back", after): mine and bool(fix.asked_of and fix.accepted_at),
        ("do_it", "work"): fix.waits_for == "decide" and fix.decider_id == person.pk,
        ("shipped", "shipped"): mine and fix.waits_for in ("register", "ship"),
        ("decide", "decide"): not fix.decide_by and may_change(fix, person, rights),
        ("accept", "accept"): mine and not fix.asked_of,
    }
    return [move for move, may in wanted.items() if may]
