"""The insight meeting at the bank: one was held and its minutes are the record, the next has its agenda."""

from datetime import datetime, timedelta
from typing import Final

from coalface.act import actions as act
from coalface.demo.actions.bank_changes import MANAGER, SATURDAYS
from coalface.demo.actions.bank_fixes import STILL_OPEN, called
from coalface.demo.actions.bank_year import DAYS, Year
from coalface.demo.actions.chance import at
from coalface.demo.queries import changes
from coalface.records.models import AgendaItem, Decided, InsightMeeting, News

CALLED, HELD, TOLD, NEXT = 336, 343, 344, DAYS + 7
DECIDED_AGAIN: Final = DAYS + 6
CHAIR: Final = "Verena Amsler"
PRESENT: Final = (
    CHAIR,
    "Thomas Rey",
    "Ines Caduff",
    "Judith Stettler",
    "Paul Wyss",
    "Claire Monnier",
    MANAGER,
    "Nadine Roth",
    "Salome Huber",
)
BY_HAND: Final = "Everybody at this table serves at a counter once within two months"
MINUTES_EACH: Final = 6


def meet_monthly(year: Year, number: int) -> None:
    """Called a week before, held, and what was declined there is told the next day."""
    manager = year.bank.named[MANAGER]
    if number == CALLED:
        call(year, number, HELD)
    if number == HELD:
        _hold(year)
    if number == TOLD:
        act.send_news(fix=called(SATURDAYS.title), news=News.DECLINED, by=manager, now=at(year.day(TOLD), 10))


def call_the_next(year: Year) -> None:
    """On the last evening, so that everything that waits by then is on the agenda."""
    call(year, DAYS, NEXT)


def call(year: Year, number: int, held: int) -> None:
    """Whoever runs the programme calls it, whoever leads the bank leads through it."""
    act.call_meeting(
        unit=year.bank.root,
        starts_at=at(year.day(held), 16),
        chair=year.bank.named[CHAIR],
        by=year.bank.named[MANAGER],
        now=at(year.day(number), 19),
    )


def _hold(year: Year) -> None:
    chair, begin = year.bank.named[CHAIR], at(year.day(HELD), 16)
    meeting = act.open_meeting(meeting=InsightMeeting.objects.get(closed_at=None), by=chair, now=begin)
    there = [year.bank.named[name] for name in PRESENT]
    act.say_who_is_present(meeting=meeting, people=there, by=chair, now=begin)
    act.add_point(meeting=meeting, title=BY_HAND, by=chair, now=begin)
    points = meeting.items.select_related("fix", "meeting").order_by("place")
    for place, item in enumerate(points, start=1):
        _talk_about(year, item, begin + timedelta(minutes=MINUTES_EACH * place))
    act.close_meeting(meeting=meeting, by=chair, now=at(year.day(HELD), 18))


def _talk_about(year: Year, item: AgendaItem, now: datetime) -> None:
    """Decided where something is to be decided, and written down; what is left open opens the next agenda."""
    chair, title = year.bank.named[CHAIR], item.fix.title if item.fix else item.title
    if title == SATURDAYS.title:
        reason = changes("bank")["declined"]["saturdays"]
        act.decide_there(item=item, answer=Decided.NO, reason=reason, by=chair, now=now)
    elif title == STILL_OPEN[0].title:
        reason, again = changes("bank")["not_yet"]["transfer"], year.day(DECIDED_AGAIN)
        act.decide_there(item=item, answer=Decided.NOT_YET, reason=reason, decide_by=again, by=chair, now=now)
    for said in changes("bank")["minutes"]:
        if said["about"] == title:
            act.minute(
                item=item,
                minutes=said["said"],
                owner=year.bank.named.get(said.get("owner", "")),
                due_on=year.day(HELD + said["due"]) if "due" in said else None,
                settled=said["settled"],
                by=chair,
                now=now,
            )
