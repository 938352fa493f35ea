"""Fixes at Three Valleys Bank that ship: one works, one does nothing, one only looks so, one is too young."""

from dataclasses import dataclass
from datetime import timedelta

from coalface.act import actions as act
from coalface.demo.actions.bank_year import CARD_FIX, DAYS, FEE_FIX, FEE_SPIKE, QUEUE_FIX, Year
from coalface.demo.actions.chance import at
from coalface.records.models import Decided, Fix, IssueKind, Lane
from coalface.verify import actions as verify

APP_FIX = 322


@dataclass(frozen=True, slots=True)
class Story:
    """A fix from being opened until it is shipped, by day of the story."""

    issue: str
    title: str
    owner: str
    opened: int
    shipped: int
    smallest_effect: float
    branch: str = ""
    lane: str = Lane.THIS_WEEK
    spike: range | None = None
    worth: int | None = None
    effort: int | None = None
    decider: str = "Ines Caduff"
    kind: str = ""


STORIES = (
    Story(
        "card_block",
        "A text message before a card is blocked, with one key to say “that was me”",
        "Lukas Brand",
        opened=150,
        shipped=CARD_FIX,
        smallest_effect=0.7,
        lane=Lane.NEEDS_A_DECISION,
        worth=5,
        effort=3,
    ),
    Story(
        "branch_wait",
        "A screen at the entrance that shows whose turn it is",
        "Nadine Roth",
        opened=160,
        shipped=QUEUE_FIX,
        smallest_effect=0.9,
        worth=4,
        effort=2,
        kind=IssueKind.PRODUCT,
    ),
    Story(
        "statement_fee",
        "A leaflet at the counter in Bellerive that explains the fee",
        "Etienne Favre",
        opened=196,
        shipped=FEE_FIX,
        smallest_effect=0.7,
        branch="bellerive",
        spike=FEE_SPIKE,
        worth=2,
        effort=1,
    ),
    Story(
        "app_logout",
        "The app says a minute before that it is about to log out",
        "Salome Huber",
        opened=300,
        shipped=APP_FIX,
        smallest_effect=0.6,
        worth=3,
        effort=1,
    ),
)
STILL_OPEN = (
    Story(
        "app_logout",
        "Keep a half-written transfer for an hour",
        "Salome Huber",
        330,
        0,
        0.7,
        lane=Lane.NEEDS_A_DECISION,
        worth=4,
        effort=4,
    ),
    Story("phone_menu", "A person after the second menu step", "Nadine Roth", 342, 0, 0.7, worth=3, effort=2),
    Story(
        "cash_empty",
        "Fill the machines on Friday, not on Thursday",
        "Nadine Roth",
        318,
        0,
        0.7,
        worth=4,
        effort=1,
    ),
)


def work_on_fixes(year: Year, number: int) -> None:
    """Open, accept, register and ship what is due that day."""
    for story in STORIES:
        if number == story.opened:
            fix = open_fix(year, story, number)
            accept(year, story, fix, number)
            if story.lane == Lane.NEEDS_A_DECISION:
                decide(year, story, fix, number)
        if number == story.shipped:
            register_and_ship(year, story, number)
    for story in STILL_OPEN:
        if number == story.opened:
            accept(year, story, open_fix(year, story, number), number)


def called(title: str) -> Fix:
    """The first attempt of this name."""
    return Fix.objects.get(title=title, follows=None)


def open_fix(year: Year, story: Story, number: int) -> Fix:
    """Somebody decides that something is to change."""
    return act.open_fix(
        issue=year.issues[story.issue],
        title=story.title,
        lane=story.lane,
        owner=year.bank.named[story.owner],
        due_on=year.day(story.shipped or number + 42),
        unit=year.bank.units.get(story.branch),
        by=year.bank.named["Mirjam Kofler"],
        now=at(year.day(number), 10),
        kind=story.kind,
        size=act.Size(story.worth, story.effort),
        decider=year.bank.named[story.decider],
        decide_by=year.day(number + 21),
    )


def accept(year: Year, story: Story, fix: Fix, number: int) -> None:
    """The owner says yes."""
    act.accept_fix(fix=fix, by=year.bank.named[story.owner], now=at(year.day(number), 15))


def decide(year: Year, story: Story, fix: Fix, number: int) -> None:
    """Whoever has the say wants it done."""
    decider = year.bank.named[story.decider]
    act.decide(fix=fix, answer=Decided.DO_IT, by=decider, now=at(year.day(number), 16))


def register_and_ship(year: Year, story: Story, number: int) -> None:
    """Write down how it will be judged, then change it."""
    owner = year.bank.named[story.owner]
    fix = called(story.title)
    before = story.spike.start if story.spike else number - 14
    verify.register_plan(
        fix=fix,
        measure="contacts",
        baseline_from=year.day(0),
        baseline_until=year.day(before),
        spike_from=year.day(story.spike.start) if story.spike else None,
        spike_until=year.day(story.spike.stop) if story.spike else None,
        smallest_effect=story.smallest_effect,
        judge=year.bank.named["Mirjam Kofler"],
        by=owner,
        now=at(year.day(number), 8),
    )
    act.ship(fix=Fix.objects.get(pk=fix.pk), by=owner, now=at(year.day(number), 9))


def judge_at_the_end(year: Year) -> None:
    """The programme manager looks once more at all four with everything that was counted since."""
    for story in STORIES:
        verify.judge(
            fix=called(story.title),
            by=year.bank.named["Mirjam Kofler"],
            now=at(year.day(DAYS), 17) - timedelta(hours=1),
        )
