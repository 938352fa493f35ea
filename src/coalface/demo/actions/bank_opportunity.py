"""An opportunity at the bank: wanted by customers before it was built, and not yet surely adopted."""

from typing import Final

from coalface.act import actions as act
from coalface.demo.actions.bank_fixes import called
from coalface.demo.actions.bank_year import DAYS, Year
from coalface.demo.actions.chance import at
from coalface.records.models import IssueKind, Lane, Opportunity
from coalface.verify import actions as verify

TITLE: Final = "A limit that young customers set with their parents"
OPENED, LIVE, JUDGED = 300, 350, DAYS - 2
WANTED, SHARE = 8, 0.25
SHOWN: Final = (True, True, True, False, True, True, True, True, False, True, True)
OFFERED, TOOK_IT_UP = 61, 17


def pursue(year: Year, number: int) -> None:
    """From the idea to the first count of those who took it up."""
    if number == OPENED:
        _open(year)
    if 0 <= (turn := number - OPENED - 6) < len(SHOWN):
        _show(year, turn, number)
    if number == LIVE:
        _ship(year)
    if number == JUDGED:
        _count(year)


def _open(year: Year) -> None:
    owner, now = year.bank.named["Salome Huber"], at(year.day(OPENED), 10)
    fix = act.open_fix(
        issue=year.issues["youth_limit"],
        title=TITLE,
        lane=Lane.OPPORTUNITY,
        owner=owner,
        due_on=year.day(LIVE),
        kind=IssueKind.PRODUCT,
        size=act.Size(4, 4),
        by=owner,
        now=now,
    )
    act.register_opportunity(fix=fix, customers_wanted=WANTED, smallest_share=SHARE, by=owner, now=now)


def _show(year: Year, turn: int, number: int) -> None:
    """A customer a day is shown a drawing of it, and wants it or not."""
    young = sorted((one for one in year.customers if one.segment == "young"), key=lambda one: one.reference)
    act.validate(
        opportunity=Opportunity.objects.get(fix__title=TITLE),
        customer=young[turn],
        wants=SHOWN[turn],
        by=year.bank.named["Salome Huber"],
        now=at(year.day(number), 13),
    )


def _ship(year: Year) -> None:
    owner, now = year.bank.named["Salome Huber"], at(year.day(LIVE), 9)
    fix = verify.ask_customers_instead(fix=called(TITLE), by=owner, now=now).fix
    act.ship(fix=fix, by=owner, now=now)


def _count(year: Year) -> None:
    act.judge_adoption(
        opportunity=Opportunity.objects.get(fix__title=TITLE),
        offered=OFFERED,
        adopted=TOOK_IT_UP,
        by=year.bank.named["Mirjam Kofler"],
        now=at(year.day(JUDGED), 15),
    )
