"""What the workshop changes: a few things, one talk a month, and customers who say whether it helped."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from coalface.act import actions as act
from coalface.demo.actions.chance import at
from coalface.demo.queries import changes
from coalface.people import actions as people
from coalface.records.models import (
    CustomerAnswer,
    Decided,
    Fix,
    InsightMeeting,
    Issue,
    IssueKind,
    Lane,
    Person,
    Unit,
)
from coalface.verify import actions as verify

PICK_UP: Final = "No pick-up day is promised before the parts are in the house"
CALL_FIRST: Final = "Nobody goes over fifty without a call first"
LOAN_BIKE: Final = "A second loan bike, a large one"
CARGO_BIKE: Final = "A cargo bike to lend"
BOOKED: Final = "Loan bikes to book together with the repair"
EVENING: Final = "A text the evening before: ready, or not ready"
TRAY: Final = "One tray for parts that wait for their bicycle"
SATURDAY: Final = "Who opens on Saturdays while Nell is away?"
SHIPPED, ASKED, FIRST_ANSWER = 120, 134, 141
COSTS, DECLINED, OFFERED, ACCEPTED, RINGS, OPENED = 125, 150, 155, 156, 165, 168
TALKED, TEXTED, NEXT = 176, 177, 201
HOUR, REPORT = 28, 1_800
WANTED, SHARE, ASKED_SO_FAR = 5, 0.3, (True, True, False, True)


@dataclass(frozen=True, slots=True)
class Workshop:
    """Whom and what the changes are about."""

    owner: Person
    unit: Unit
    issues: dict[str, Issue]
    start: date

    def called(self, name: str) -> Person:
        """One of the twelve."""
        return Person.objects.get(name=name)


def change_something(shop: Workshop, number: int) -> None:
    """What Mara decides, and what others take on, day by day."""
    day, owner = shop.start + timedelta(days=number), shop.owner
    if number == SHIPPED:
        _promise_no_day(shop, day)
    if number == COSTS:
        _put_down(shop, day)
    if number == DECLINED:
        fix = _open(shop, CARGO_BIKE, "no_loan_bike", owner, day, act.Size(2, 5))
        act.decline_fix(fix=fix, reason=changes("shop")["declined"], by=owner, now=at(day, 12))
    if number == OFFERED:
        _open(shop, CALL_FIRST, "cost_unknown", shop.called("Wilma Okonjo"), day, act.Size(4, 1))
    if number == ACCEPTED:
        act.accept_fix(fix=_fix(CALL_FIRST), by=shop.called("Wilma Okonjo"), now=at(day, 10))
    if number == RINGS:
        _ship(_fix(CALL_FIRST), day)
    if number == OPENED:
        _ask_for_more_bikes(shop, day)
    if number == TALKED - 2:
        _call(shop, day, TALKED)
    if number == TALKED:
        _talk(shop, day)
    if number == TEXTED:
        decided = {"lane": Lane.NEEDS_A_DECISION, "decider": owner, "decide_by": day + timedelta(days=10)}
        wilma = shop.called("Wilma Okonjo")
        _open(shop, EVENING, "missed_day", wilma, day, act.Size(4, 2), **decided)


def customers_answer(shop: Workshop, number: int) -> None:
    """Nobody at the workshop could judge its owner, so those who raised it are asked on a later day."""
    day = shop.start + timedelta(days=number)
    if number == ASKED:
        verify.ask_those_who_raised_it(fix=_fix(PICK_UP), by=shop.owner, now=at(day, 9))
    if number == TEXTED:
        fix = _fix(CALL_FIRST)
        verify.ask_those_who_raised_it(fix=fix, by=fix.owner, now=at(day, 9))
    if number >= FIRST_ANSWER:
        for asked in CustomerAnswer.objects.filter(better=None, fix__title=PICK_UP)[:1]:
            verify.answer(customer_answer=asked, better=True, now=at(day, 12))


def call_the_next(shop: Workshop, until: date) -> None:
    """The next talk, with everything that waits by then."""
    _call(shop, until, NEXT)


def _fix(title: str) -> Fix:
    return Fix.objects.get(title=title)


def _open(
    shop: Workshop, title: str, issue: str, owner: Person, day: date, size: act.Size, **more: object
) -> Fix:
    given = {"lane": Lane.THIS_WEEK, "due_on": day + timedelta(days=14)} | more
    now = at(day, 9)
    return act.open_fix(
        issue=shop.issues[issue], title=title, owner=owner, size=size, by=shop.owner, now=now, **given
    )


def _ship(fix: Fix, day: date) -> None:
    """Customers will be asked; the numbers of a workshop never say enough."""
    registered = verify.ask_customers_instead(fix=fix, by=fix.owner, now=at(day, 9))
    act.ship(fix=registered.fix, by=fix.owner, now=at(day, 9))


def _promise_no_day(shop: Workshop, day: date) -> None:
    for minute, text in enumerate(changes("shop")["whys"]):
        act.write_why(issue=shop.issues["missed_day"], text=text, by=shop.owner, now=at(day, 8, minute))
    size = act.Size(5, 2)
    _ship(_open(shop, PICK_UP, "missed_day", shop.owner, day, size, kind=IssueKind.RULE), day)


def _put_down(shop: Workshop, day: date) -> None:
    now, given = at(day, 18), {"by": shop.owner, "now": at(day, 18)}
    people.choose(key="hour_costs", value=HOUR, **given)
    people.choose(key="report_costs", value=REPORT, **given)
    act.put_down_cost(about=_fix(PICK_UP), hours=6, amount=0, currency="", by=shop.owner, now=now)
    said = changes("shop")["published"]
    act.publish_change(fix=_fix(PICK_UP), language="en", heard=said["heard"], did=said["did"], **given)


def _ask_for_more_bikes(shop: Workshop, day: date) -> None:
    """One that has to be decided, and an idea that has to be wanted before it is built."""
    tom, needs_no = shop.called("Tom Ashgrove"), {"kind": IssueKind.PRODUCT}
    decided = {"lane": Lane.NEEDS_A_DECISION, "decider": shop.owner, "decide_by": day + timedelta(days=10)}
    bike = _open(shop, LOAN_BIKE, "no_loan_bike", tom, day, act.Size(4, 2), **decided, **needs_no)
    act.accept_fix(fix=bike, by=tom, now=at(day, 11))
    later = {"lane": Lane.OPPORTUNITY, "due_on": day + timedelta(days=60)}
    booked = _open(shop, BOOKED, "no_loan_bike", shop.owner, day, act.Size(3, 3), **later)
    act.set_needs(fix=booked, needs=[bike], by=shop.owner, now=at(day, 12))
    wanted = act.register_opportunity(
        fix=booked, customers_wanted=WANTED, smallest_share=SHARE, by=shop.owner, now=at(day, 12)
    )
    guests = shop.unit.customers.order_by("reference")
    for turn, wants in enumerate(ASKED_SO_FAR):
        now = at(day, 13, 10 * turn)
        act.validate(opportunity=wanted, customer=guests[turn], wants=wants, by=shop.owner, now=now)


def _call(shop: Workshop, day: date, held: int) -> None:
    begins = at(shop.start + timedelta(days=held), 17)
    act.call_meeting(unit=shop.unit, starts_at=begins, chair=shop.owner, by=shop.owner, now=at(day, 20))


def _talk(shop: Workshop, day: date) -> None:
    """Over the terrible coffee: what waits, who does it."""
    given = {"by": shop.owner, "now": at(day, 17)}
    meeting = act.open_meeting(meeting=InsightMeeting.objects.get(closed_at=None), **given)
    names = (shop.owner.name, "Jonah Pell", "Tom Ashgrove", "Wilma Okonjo")
    act.say_who_is_present(meeting=meeting, people=[shop.called(name) for name in names], **given)
    for title in (TRAY, SATURDAY):
        act.add_point(meeting=meeting, title=title, **given)
    minutes = {said["about"]: said for said in changes("shop")["minutes"]}
    for item in meeting.items.select_related("fix", "meeting"):
        if item.fix and item.fix.title == LOAN_BIKE:
            act.decide_there(item=item, answer=Decided.DO_IT, **given)
        if said := minutes.get(item.fix.title if item.fix else item.title):
            told = {"minutes": said["said"], "settled": said["settled"]}
            owner = shop.called(said["owner"]) if "owner" in said else None
            act.minute(item=item, owner=owner, due_on=None, **told, **given)
    act.close_meeting(meeting=meeting, by=shop.owner, now=at(day, 18))
