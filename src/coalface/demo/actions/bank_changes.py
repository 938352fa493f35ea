"""What else is done about issues at the bank: fixes offered, given back, joined, decided on and paid for."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from coalface.act import actions as act
from coalface.demo.actions.bank_fixes import STORIES, Story, accept, called, open_fix
from coalface.demo.actions.bank_people import HEAD_OFFICE
from coalface.demo.actions.bank_year import DAYS, Year
from coalface.demo.actions.chance import at
from coalface.demo.queries import changes
from coalface.people import actions as people
from coalface.records.models import Encounter, Fix, FixOffer, IssueKind, Lane
from coalface.verify import actions as verify

MANAGER: Final = "Mirjam Kofler"
CASH, PHONE = "Fill the machines on Friday, not on Thursday", "A person after the second menu step"
SATURDAYS: Final = Story(
    "opening_hours",
    "Open on Saturday mornings in all six branches",
    "Nadine Roth",
    opened=322,
    shipped=0,
    smallest_effect=0.7,
    lane=Lane.NEEDS_A_DECISION,
    worth=3,
    effort=5,
)
RATE: Final = Story(
    "fx_rate",
    "Show the rate before somebody pays, not on the statement",
    "Claire Monnier",
    opened=DAYS - 16,
    shipped=0,
    smallest_effect=0.7,
    lane=Lane.NEEDS_A_DECISION,
    worth=4,
    effort=3,
    decider="Verena Amsler",
)
LINE: Final = Story(
    "phone_menu",
    "Two more people on the line at noon",
    "Judith Stettler",
    opened=343,
    shipped=0,
    smallest_effect=0.7,
    worth=3,
    effort=4,
    kind=IssueKind.PEOPLE,
)
LETTER: Final = Story(
    "mortgage_letter",
    "The mortgage letter on one page, with an example",
    "Henrik Lauber",
    opened=341,
    shipped=0,
    smallest_effect=0.7,
    worth=3,
    effort=2,
)
FORMS: Final = Story(
    "paper_forms",
    "One form that the adviser fills in together with the customer",
    "Konrad Bellmann",
    opened=346,
    shipped=0,
    smallest_effect=0.7,
    worth=4,
    effort=3,
)
ADVISER: Final = Story(
    "adviser_changed",
    "The old adviser introduces the new one before leaving",
    "Ines Caduff",
    opened=DAYS - 3,
    shipped=0,
    smallest_effect=0.7,
    worth=5,
    effort=2,
)
# Title, hours, whole francs.
PAID: Final = (
    (STORIES[0].title, 220, 41_000),
    (STORIES[1].title, 64, 12_400),
    (STORIES[2].title, 26, 3_150),
    (STORIES[3].title, 90, 0),
)
# Format, hours, whole francs.
HOSTED: Final = (("focus-group", 9, 640), ("customer-lunch", 6, 388))
HOUR, REPORT = 85, 48_000


def act_on_more(year: Year, number: int) -> None:
    """Whatever somebody does about an issue that day."""
    if act_now := ON_THE_DAY.get(number):
        act_now(year, number)
    for page in changes("bank")["published"]:
        if number == page["day"]:
            publish(year, page, number)
    _try_again(year, number)


def _choose_numbers(year: Year, number: int) -> None:
    by, now = year.bank.named["Andrea Frey"], at(year.day(number), 9)
    people.choose(key="hour_costs", value=HOUR, by=by, now=now)
    people.choose(key="report_costs", value=REPORT, by=by, now=now)


def _amend(year: Year, number: int) -> None:
    """The owner says openly what she wants left out, and everybody reads it beside the verdict."""
    verify.amend_plan(
        fix=called(STORIES[1].title),
        lag_days=14,
        reason=changes("bank")["amended"]["screen"],
        by=year.bank.named["Nadine Roth"],
        now=at(year.day(number), 14),
    )


def _ask_for_saturdays(year: Year, number: int) -> None:
    accept(year, SATURDAYS, open_fix(year, SATURDAYS, number), number)


def _ask_why(year: Year, number: int) -> None:
    for minute, text in enumerate(changes("bank")["whys"]):
        now = at(year.day(number), 16, 5 * minute)
        act.write_why(issue=year.issues["branch_wait"], text=text, by=year.bank.named["Nadine Roth"], now=now)


def _offer_the_letter(year: Year, number: int) -> None:
    """To somebody who answers nothing; after a week it is hers again."""
    open_fix(year, LETTER, number)


def _wait_for_people(year: Year, number: int) -> None:
    line = open_fix(year, LINE, number)
    accept(year, LINE, line, number)
    act.set_needs(
        fix=called(PHONE), needs=[line], by=year.bank.named["Nadine Roth"], now=at(year.day(number), 16)
    )


def _offer_the_forms(year: Year, number: int) -> None:
    open_fix(year, FORMS, number)


def _give_the_forms_back(year: Year, number: int) -> None:
    reason = changes("bank")["returned"]["forms"]
    by = year.bank.named["Konrad Bellmann"]
    act.return_fix(fix=called(FORMS.title), reason=reason, by=by, now=at(year.day(number), 11))


def _ask_for_the_rate(year: Year, number: int) -> None:
    accept(year, RATE, open_fix(year, RATE, number), number)


def _have_the_same_idea(year: Year, number: int) -> None:
    """A branch manager wants what somebody works on already; the two become one."""
    manager = year.bank.middle[len(HEAD_OFFICE)]
    same = act.open_fix(
        issue=year.issues["cash_empty"],
        title="More banknotes in the machine before a long weekend",
        lane=Lane.THIS_WEEK,
        owner=manager,
        due_on=year.day(number + 21),
        unit=year.bank.units["altmatt"],
        size=act.Size(4, 1),
        by=manager,
        now=at(year.day(number), 10),
    )
    by, later = year.bank.named["Nadine Roth"], at(year.day(number), 15)
    act.merge_fixes(fix=same, into=called(CASH), by=by, now=later)


def _put_down_costs(year: Year, number: int) -> None:
    for title, hours, francs in PAID:
        fix = called(title)
        now = at(year.day(number), 17)
        act.put_down_cost(about=fix, hours=hours, amount=francs * 100, currency="CHF", by=fix.owner, now=now)


def pay_for_gatherings(year: Year) -> None:
    """The last evening: what the room, the lunch and the tokens of thanks cost."""
    for format, hours, francs in HOSTED:
        held = Encounter.objects.held().get(format__key=format)
        now = at(year.day(DAYS), 18)
        act.put_down_cost(
            about=held, hours=hours, amount=francs * 100, currency="CHF", by=year.bank.named[MANAGER], now=now
        )


def _offer_the_hand_over(year: Year, number: int) -> None:
    """The newest offer, which nobody has answered yet."""
    open_fix(year, ADVISER, number)


def _try_again(year: Year, number: int) -> None:
    """Whenever it is known that the screen did nothing: two days later its owner tries a second time."""
    owner, since = year.bank.named["Nadine Roth"], at(year.day(number - 1), 0)
    asked = FixOffer.objects.waiting().filter(receiver=owner, fix__follows__isnull=False)
    for offer in asked.filter(offered_at__lt=since).select_related("fix"):
        act.accept_fix(fix=offer.fix, by=owner, now=at(year.day(number), 9))


def publish(year: Year, page: dict, number: int) -> None:
    """What we heard and what we did, in the languages of the bank's customers."""
    fix: Fix = called(page["about"])
    now = at(year.day(number), 9)
    for language, (heard, did) in page["words"].items():
        by = year.bank.named[MANAGER]
        act.publish_change(fix=fix, language=language, heard=heard, did=did, by=by, now=now)
        now += timedelta(minutes=4)


ON_THE_DAY: Final[dict[int, Callable[[Year, int], None]]] = {
    0: _choose_numbers,
    205: _amend,
    SATURDAYS.opened: _ask_for_saturdays,
    LETTER.opened: _offer_the_letter,
    LINE.opened: _wait_for_people,
    FORMS.opened: _offer_the_forms,
    FORMS.opened + 2: _give_the_forms_back,
    RATE.opened + 1: _ask_for_the_rate,
    350: _ask_why,
    353: _have_the_same_idea,
    355: _put_down_costs,
    ADVISER.opened: _offer_the_hand_over,
}
