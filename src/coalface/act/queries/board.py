"""The board: what waits for a yes, for a decision, for work; what is live; and where each card may go."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.db.models import Count

from coalface.permissions import Rights
from coalface.records.models import Fix, Person

from .fixes import Asked, fixes
from .one_fix import may_change

AT_FIRST: Final = 12  # cards of a column, and so many more with each look further down
AT_MOST: Final = 200  # after that the list is the better place
SHIPPED_SHOWN: Final = 10
ASKS: Final = {"decide", "accept"}
COLUMNS: Final = {"accept": ("accept",), "decide": ("decide",), "work": ("register", "ship")}


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
    """One column: its first cards, and how many there are."""

    code: str
    cards: list[Card]
    total: int

    @property
    def rest(self) -> int:
        return self.total - len(self.cards)


def columns(
    today: date, asked: Asked, person: Person, rights: Rights, at_most: int = AT_FIRST
) -> list[Pillar]:
    """The open fixes by what they wait for, the first of each column, and the newest that shipped."""
    found = fixes(today, replace(asked, show="open"))
    totals = dict(found.order_by().values_list("waits_for").annotate(n=Count("pk")))
    open_ones = [
        Pillar(
            code,
            [Card(fix, moves(fix, person, rights)) for fix in found.filter(waits_for__in=waits)[:at_most]],
            sum(totals.get(one, 0) for one in waits),
        )
        for code, waits in COLUMNS.items()
    ]
    live = fixes(today, replace(asked, show="shipped", waits_for=""))
    if asked.waits_for:
        live = live.none()
    return [*open_ones, Pillar("shipped", [Card(fix, []) for fix in live[:SHIPPED_SHOWN]], live.count())]


def moves(fix: Fix, person: Person, rights: Rights) -> list[tuple[str, str]]:
    """What somebody may do with a fix that is open, the likeliest first."""
    mine, asked = fix.owner_id == person.pk, fix.asked_of == person.pk
    after = "decide" if fix.decide_by else "work"
    wanted = {
        ("take", after): fix.waits_for == "accept" and (asked or (mine and not fix.accepted_at)),
        ("take_back", after): mine and bool(fix.asked_of and fix.accepted_at),
        ("do_it", "accept" if fix.waits_for == "accept" else "work"): fix.decider_id == person.pk,
        ("shipped", "shipped"): mine and fix.waits_for in ("register", "ship"),
        ("decide", "decide"): not fix.decide_by and may_change(fix, person, rights),
        ("accept", "accept"): mine and not fix.asked_of,
    }
    return [move for move, may in wanted.items() if may]
