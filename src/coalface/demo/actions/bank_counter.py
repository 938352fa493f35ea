"""What Sofia Marques passes on from her counter in Altmatt, and the small fix that came of it."""

from coalface.act import actions as act
from coalface.demo.actions.bank_year import DAYS, Year
from coalface.demo.actions.chance import at
from coalface.hear import actions as hear
from coalface.records.models import Channel, Customer, CustomerAnswer, Fix, Kind, Lane, Purpose
from coalface.verify import actions as verify

TITLE = "A receipt on the screen, to photograph or to send home"
SHIPPED, ASKED, ANSWERED = DAYS - 52, DAYS - 26, DAYS - 19
SAID = {
    DAYS - 96: "She paid in the takings of the whole market day and the machine gave no receipt.",
    DAYS - 88: "He came in to ask whether his money had arrived: no slip, nothing on the screen either.",
    DAYS - 79: "Receipts out again, she wrote the amount on her hand and asked me to sign it.",
    DAYS - 4: "He photographed the receipt on the screen and said: now even I trust the machine.",
}


def pass_things_on(year: Year, number: int) -> None:
    """The days on which Sofia writes something down, and those on which somebody acts on it."""
    if number in SAID:
        _report(year, number)
    if number == SHIPPED:
        _change(year, number)
    if number == ASKED:
        fix = Fix.objects.get(title=TITLE)
        verify.ask_those_who_raised_it(fix=fix, by=fix.owner, now=at(year.day(number), 9))
    if number == ANSWERED:
        asked = CustomerAnswer.objects.filter(fix__title=TITLE).order_by("asked_at", "pk").first()
        verify.answer(customer_answer=asked, better=True, now=at(year.day(number), 12))


def _report(year: Year, number: int) -> None:
    unit = year.bank.units["altmatt"]
    agreed = Customer.objects.filter(
        unit=unit, consents__channel=Channel.EMAIL, consents__purpose=Purpose.TELLING, restrictions=None
    )
    guests = agreed.exclude(email="").order_by("reference")
    hear.report(
        text=SAID[number],
        kind=Kind.COMPLIMENT if number > ANSWERED else Kind.COMPLAINT,
        unit=unit,
        by=year.bank.named["Sofia Marques"],
        now=at(year.day(number), 13),
        customer=guests[sorted(SAID).index(number)],
        touchpoint=year.issues["atm_receipt"].touchpoint,
        language="en",
    )


def _change(year: Year, number: int) -> None:
    owner, now = year.bank.named["Nadine Roth"], at(year.day(number), 10)
    fix = act.open_fix(
        issue=year.issues["atm_receipt"],
        title=TITLE,
        lane=Lane.THIS_WEEK,
        owner=owner,
        due_on=year.day(number + 14),
        unit=year.bank.units["altmatt"],
        by=owner,
        now=now,
    )
    verify.ask_customers_instead(fix=fix, by=owner, now=now)
    act.ship(fix=fix, by=owner, now=at(year.day(number), 11))
